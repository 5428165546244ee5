import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { explained, noticeLines } from '../../../lambda/notice/notice';
import { retryCommand } from '../../../lambda/notice/retry-command';
import { en } from '../../../lambda/texts/en';
import { fixtureEvent } from '../../support/fixtures';

type Record = { [name: string]: unknown };

const BASE = 'cloudtrail-action-denied/takes--get-trail-status';
const HELPDESK = 'arn:aws:iam::444455556666:user/helpdesk';
const ORGANIZATION = { managementAccount: '111122223333', responderRole: null };
const SCP = 'with an explicit deny in a service control policy';
const IDENTITY = 'because no identity-based policy allows it';

/** A refusal to the help desk of account 444455556666, and what Trailmend says of it. */
function adviceOn(service: string, operation: string, on: string | null, why: string, changes: Record = {}) {
  const action = `${service}:${operation}`;
  const of = on === null ? '' : ` on resource: ${on}`;
  const detail = {
    ...(fixtureEvent(BASE) as { detail: Record }).detail,
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    userIdentity: { type: 'IAMUser', arn: HELPDESK, accountId: '444455556666', userName: 'helpdesk' },
    errorMessage: `User: ${HELPDESK} is not authorized to perform: ${action}${of} ${why}`,
    requestParameters: null,
    recipientAccountId: '444455556666',
    readOnly: /^(Get|List|Describe)/.test(operation),
    ...changes,
  };
  const { denial, ...finding } = classify(parseEvent(detail, ORGANIZATION.managementAccount), ORGANIZATION);
  if (denial === null) {
    throw new Error(finding.plan.reason);
  }
  const about = explained({ finding: { ...finding, denial }, remediation: null, accountName: null });
  const text = noticeLines(about, en, true)
    .map((line) => `${line.label}: ${line.text}`)
    .join('\n');
  return { ...about, denial, text };
}

describe('giving others access', () => {
  const policyArn = 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess';

  test('offers no command against a guardrail of the organization', () => {
    const { fix, text } = adviceOn('iam', 'AttachUserPolicy', 'user bob', SCP, { requestParameters: { policyArn } });

    expect(fix.commands).toEqual([]);
    expect(text).toContain('None offered');
  });

  test.each([
    [
      'AttachUserPolicy',
      'user role-viewer',
      `aws iam attach-user-policy --user-name role-viewer --policy-arn ${policyArn}`,
    ],
    [
      'AddUserToGroup',
      'group CloudTrailAdmins',
      'aws iam add-user-to-group --group-name CloudTrailAdmins --user-name <name>',
    ],
  ])('%s on %s is done by %s', (operation, on, command) => {
    expect(adviceOn('iam', operation, on, IDENTITY, { requestParameters: { policyArn } }).fix.commands).toEqual([
      command,
    ]);
  });

  test.each(['PutUserPolicy', 'CreatePolicyVersion'])('never offers %s without a condition', (operation) => {
    const { fix, explanation } = adviceOn('iam', operation, 'user cloudtrail-bot', IDENTITY);

    expect(fix.allowStatement).toBeNull();
    expect(explanation.step).toBe('let-others-in');
  });
});

describe('trails of other accounts', () => {
  const ofMember = 'arn:aws:cloudtrail:eu-west-1:333344445555:trail/main';
  const ofOrganization = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/organization';

  test.each([IDENTITY, ''])('cannot be reached by an Allow (%s)', (why) => {
    const { finding, fix, explanation } = adviceOn('cloudtrail', 'GetTrailStatus', ofMember, why);

    expect(finding.case).toBe('cross-account-denied');
    expect([fix.allowStatement, explanation.step]).toEqual([null, 'share-trail']);
  });

  test('can be changed by no member, whatever is allowed', () => {
    const { fix, explanation } = adviceOn('cloudtrail', 'StopLogging', ofOrganization, IDENTITY);

    expect([fix.allowStatement, explanation.step]).toEqual([null, 'call-from-trail-owner']);
  });
});

test.each(['VPC endpoint policy', 'session policy', 'role trust policy'])(
  'a Deny in a %s is not taken for a missing Allow',
  (layer) => {
    const { text } = adviceOn('cloudtrail', 'StopLogging', null, `with an explicit deny in a ${layer}`);

    expect(/Next step: ([^\n]+)/.exec(text)?.[1]).toMatch(/meant to (hold|be limited)/);
  },
);

test('a clause with a kind of policy that is not known is said to be so, and nothing is offered', () => {
  const { text, fix } = adviceOn('cloudtrail', 'StopLogging', null, 'because no declarative policy allows it');

  expect(text).toContain('A kind of policy that Trailmend does not know');
  expect(fix.allowStatement).toBeNull();
});

test('where CloudTrail itself is refused, the owner of the resource gets the policy for it', () => {
  const { explanation, fix, text } = adviceOn('s3', 'PutObject', '"arn:aws:s3:::trail-logs/AWSLogs/x"', '', {
    userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
  });

  expect(explanation.owner).toBe('resource');
  expect(fix.policies.map(({ purpose }) => purpose)).toEqual(['bucket-policy']);
  expect(text).toContain('arn:aws:s3:::trail-logs');
});

test('a service-linked role is allowed to be read by its name and by its path', () => {
  const { fix } = adviceOn('iam', 'GetRole', 'role AWSServiceRoleForCloudTrail', IDENTITY);

  expect(fix.allowStatement?.Resource).toEqual([
    'arn:aws:iam::444455556666:role/AWSServiceRoleForCloudTrail',
    'arn:aws:iam::444455556666:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail',
  ]);
});

test('somebody of another account is not called its root user', () => {
  const { text } = adviceOn('cloudtrail', 'GetTrailStatus', null, '', {
    userIdentity: { type: 'AWSAccount', accountId: '999988887777', principalId: 'AIDAEXAMPLE' },
    errorMessage: 'Access Denied',
  });

  expect(text).toContain('Somebody of account 999988887777');
  expect(text).not.toContain('root user');
});

test('an event that several accounts got is looked up by the id of this copy', () => {
  const { text, denial } = adviceOn('cloudtrail', 'GetTrailStatus', null, '', {
    sharedEventID: 'shared',
    eventID: 'mine',
  });

  expect(denial.eventId).toBe('shared');
  expect(text).toContain('AttributeValue=mine ');
});

test('two integrations of one caller are two incidents', () => {
  const keys = ['InsufficientS3BucketPolicyException', 'InvalidCloudWatchLogsRoleArnException'].map((errorCode) => {
    const errorMessage = 'Access denied.';
    return adviceOn('cloudtrail', 'CreateTrail', null, '', { errorCode, errorMessage }).finding.incidentKey;
  });

  expect(new Set(keys).size).toBe(2);
});

test('an AWS service that may not read a service-linked role wakes nobody', () => {
  const arn = 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig';
  const { finding } = adviceOn('iam', 'GetRole', 'role AWSServiceRoleForCloudTrail', IDENTITY, {
    userIdentity: { type: 'AssumedRole', arn, sessionContext: { sessionIssuer: { type: 'Role', arn } } },
    recipientAccountId: '111122223333',
  });

  expect(finding.plan.kind).toBe('ignore');
});

test.each([
  ['DisableFederation', null, '--event-data-store <arn>'],
  ['DeregisterOrganizationDelegatedAdmin', null, '--delegated-admin-account-id <account-id>'],
  ['CreateTrail', { name: 'file:///etc/passwd', s3BucketName: 'b' }, '--name <name>'],
  ['PutEventSelectors', { trailName: 'main', eventSelectors: [{ readWriteType: 'All' }] }, '--trail-name <name>'],
])('%s is retried with options that the AWS CLI takes', (operation, requestParameters, options) => {
  const { denial } = adviceOn('cloudtrail', operation, null, '', { requestParameters });

  expect(retryCommand(denial)).toContain(options);
});

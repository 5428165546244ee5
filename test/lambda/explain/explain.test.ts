import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { explain } from '../../../lambda/explain/explain';
import { type Call, refusal } from './denials';
import { HOMES, type Home, IDENTITIES, type Identity } from './identities';

const [USER, , PERMISSION_SET] = IDENTITIES as [Identity, Identity, Identity];
const [HOME] = HOMES as [Home];
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:333344445555:trail/main';
const NO_ALLOW = ' because no identity-based policy allows it';
const ORGANIZATION = { managementAccount: '111122223333', responderRole: null };

function explainedOf(
  action: string,
  { resource = null, reason = '', by = USER, of }: Partial<Asked> = {},
): ReturnType<typeof explain> {
  const finding = classify(parseEvent(refusal(action, resource, reason, of)(by, HOME)), ORGANIZATION);
  if (finding.denial === null) {
    throw new Error(`no denial: ${finding.plan.reason}`);
  }
  return explain(finding.case, finding.denial);
}

type Asked = { resource: string | null; reason: string; by: Identity; of: Partial<Call> };

const answered = (errorCode: string): Partial<Call> => ({
  service: 'cloudtrail',
  operation: 'CreateTrail',
  errorCode,
  errorMessage: 'Access denied.',
});

describe('the layer decides who owns the refusal and what the next step is', () => {
  test.each([
    [' because no identity-based policy allows it', 'user', 'attach-statement'],
    [' with an explicit deny in an identity-based policy', 'user', 'remove-deny'],
    [' because no service control policy allows it', 'organization-policies', 'allow-in-organization-policy'],
    [' with an explicit deny in a service control policy', 'organization-policies', 'except-in-organization-policy'],
    [' with an explicit deny in a resource control policy', 'organization-policies', 'except-in-organization-policy'],
    [' because no permissions boundary allows it', 'permissions-boundary', 'change-boundary'],
    [' because no session policy allows it', 'session', 'change-session-policy'],
    [' with an explicit deny in a VPC endpoint policy', 'vpc-endpoint', 'change-endpoint-policy'],
    [' because no role trust policy allows it', 'assumed-role', 'change-trust-policy'],
    [' because no resource-based policy allows it', 'resource', 'change-resource-policy'],
    [' with an explicit deny', 'unknown', 'find-deny'],
    ['', 'user', 'check-permissions'],
  ])('"…StopLogging%s" is owned by %s: %s', (reason, owner, step) => {
    const { explanation } = explainedOf('cloudtrail:StopLogging', { resource: TRAIL, reason });

    expect(explanation).toMatchObject({ owner, step, evidence: reason === '' ? 'unknown' : 'stated' });
  });

  test('a permission set is extended in IAM Identity Center, never its role in IAM', () => {
    const { explanation, fix } = explainedOf('cloudtrail:StopLogging', { reason: NO_ALLOW, by: PERMISSION_SET });

    expect(explanation).toMatchObject({ owner: 'permission-set', step: 'extend-permission-set' });
    expect(fix.attachTo).toEqual({ kind: 'permission-set', name: 'CloudTrail_Admin' });
  });
});

describe('the code of a record shows the layer where its message does not', () => {
  test.each([
    ['InsufficientS3BucketPolicyException', 'resource-policy', 'resource', 'repair-delivery'],
    ['InsufficientSnsTopicPolicyException', 'resource-policy', 'resource', 'repair-delivery'],
    ['InsufficientEncryptionPolicyException', 'resource-policy', 'resource', 'repair-delivery'],
    ['InvalidCloudWatchLogsRoleArnException', 'role-trust-policy', 'delivery-role', 'repair-delivery'],
    ['InvalidCloudWatchLogsLogGroupArnException', 'identity-policy', 'delivery-role', 'repair-delivery'],
    ['VpceAccessDenied', 'vpc-endpoint-policy', 'vpc-endpoint', 'change-endpoint-policy'],
  ])('%s infers %s, owned by %s: %s', (errorCode, layer, owner, step) => {
    const { explanation, fix } = explainedOf('cloudtrail:CreateTrail', { of: answered(errorCode) });

    expect(explanation).toMatchObject({ layer, effect: 'unknown', evidence: 'inferred', owner, step });
    expect(fix.allowStatement).toBeNull();
  });

  test.each([
    ['OrganizationsNotInUseException', 'organization', 'create-organization'],
    ['NoManagementAccountSLRExistsException', 'organization', 'create-role'],
  ])('%s infers no layer: %s, %s', (errorCode, owner, step) => {
    const { explanation, fix } = explainedOf('cloudtrail:CreateTrail', { of: answered(errorCode) });

    expect(explanation).toMatchObject({ layer: 'unknown', evidence: 'unknown', owner, step });
    expect(fix.allowStatement).toBeNull();
  });
});

describe('what full access to CloudTrail already allows', () => {
  const BEYOND = ['permissions-boundary', 'service-control-policy', 'session-policy'];

  test.each([
    ['cloudtrail:StopLogging', '', BEYOND],
    ['iam:PassRole', '', BEYOND],
    ['cloudtrail:StopLogging', NO_ALLOW, []],
    ['organizations:EnableAWSServiceAccess', '', []],
  ])('%s%s points beyond it: %j', (action, reason, beyond) => {
    const of = { service: 'cloudtrail', operation: 'CreateTrail' };

    expect(explainedOf(action, { reason, of }).explanation.beyondFullAccess).toEqual(beyond);
  });

  test('says nothing about a caller whom nobody can give permissions', () => {
    const root = IDENTITIES.filter(({ kind }) => kind === 'root user');

    expect(root.map((by) => explainedOf('cloudtrail:StopLogging', { by }).explanation.beyondFullAccess)).toEqual([[]]);
  });

  test.each([
    ['cloudtrail:LookupEvents', 'AWSCloudTrail_ReadOnlyAccess'],
    ['cloudtrail:GetTrailStatus', 'AWSCloudTrail_ReadOnlyAccess'],
    ['cloudtrail:StopLogging', 'AWSCloudTrail_FullAccess'],
    ['cloudtrail:StartQuery', 'AWSCloudTrail_FullAccess'],
    ['iam:CreateServiceLinkedRole', null],
  ])('the smallest managed policy with %s is %s', (action, policy) => {
    const of = { service: 'cloudtrail', operation: 'CreateTrail' };

    expect(explainedOf(action, { of }).fix.managedPolicy).toBe(policy);
  });
});

test.each(IDENTITIES.map((by) => [by.kind, by] as const))(
  'what a caller of the kind "%s" lacks is attached to what can be changed',
  (_kind, by) => {
    const { fix } = explainedOf('cloudtrail:StopLogging', { by });

    expect(fix.attachTo).toEqual(by.attachTo);
    expect(fix.allowStatement !== null).toBe(by.canBeGiven);
  },
);

import { classify } from '../../../lambda/classify';
import { parseBareMessage } from '../../../lambda/denial/parse-bare-message';
import { type ParsedEvent, parseEvent } from '../../../lambda/denial/parse-event';
import { fixtureEvent } from '../../support/fixtures';

type Envelope = { account: string; detail: Record<string, unknown> };

const DENIED = 'cloudtrail-action-denied/takes--get-trail-status';

function denialOf(parsed: ParsedEvent) {
  if (parsed.kind !== 'denial') {
    throw new Error(`expected a denial, got ${parsed.kind}: ${parsed.reason}`);
  }
  return parsed.denial;
}

function changed(changes: Record<string, unknown>): Envelope {
  const envelope = fixtureEvent(DENIED) as Envelope;
  return { ...envelope, detail: { ...envelope.detail, ...changes } };
}

function withIdentity(userIdentity: Record<string, unknown>) {
  return denialOf(parseEvent(changed({ userIdentity, errorMessage: 'Access Denied' }))).caller;
}

test('reads the same denial from an envelope and from its bare record', () => {
  const envelope = fixtureEvent(DENIED) as Envelope;

  expect(denialOf(parseEvent(envelope.detail))).toEqual(denialOf(parseEvent(envelope)));
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['an array', []],
  ['a scheduled event', { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }],
  ['an envelope whose detail-type is an object', { 'detail-type': { toString: 1 }, detail: {} }],
  ['an envelope without detail', { 'detail-type': 'AWS API Call via CloudTrail', detail: null }],
  ['a record without an operation', { eventSource: 'cloudtrail.amazonaws.com' }],
  ['a userIdentity that is null', changed({ userIdentity: null })],
  ['a userIdentity that is a string', changed({ userIdentity: 'root' })],
  ['a record without a userIdentity', changed({ userIdentity: undefined })],
])('says that %s is malformed', (_what, input) => {
  expect(parseEvent(input)).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(/^malformed: /) });
});

test.each([
  ['AccessDenied'],
  ['AccessDeniedException'],
  ['Client.UnauthorizedOperation'],
  ['UnauthorizedOperation'],
  ['VpceAccessDenied'],
  ['AuthorizationErrorException'],
  ['NotAuthorizedException'],
  ['InsufficientSnsTopicPolicyException'],
])('takes %s for a denial', (errorCode) => {
  expect(parseEvent(changed({ errorCode, errorMessage: 'text' })).kind).toBe('denial');
});

test.each([
  'ExpiredToken',
  'ThrottlingException',
  'TrailNotFoundException',
  'InvalidTrailNameException',
  'InvalidClientTokenId',
  '',
])('takes "%s" for no denial', (errorCode) => {
  expect(parseEvent(changed({ errorCode, errorMessage: 'text' })).kind).toBe('no-denial');
});

test('takes a message that refuses an action for a denial under any code', () => {
  const errorMessage = 'User: arn:aws:iam::111122223333:user/x is not authorized to perform: iam:PassRole';

  expect(denialOf(parseEvent(changed({ errorCode: 'ValidationException', errorMessage }))).action).toBe('iam:PassRole');
});

test('takes the action from the operation when the message names none, without an API version', () => {
  const record = changed({
    eventSource: 'lambda.amazonaws.com',
    eventName: 'CreateFunction20150331',
    errorMessage: undefined,
  });

  expect(denialOf(parseEvent(record)).action).toBe('lambda:CreateFunction');
});

test('marks an event whose envelope names another account than its record', () => {
  expect(denialOf(parseEvent({ ...changed({}), account: '999988887777' }))).toMatchObject({
    trusted: false,
    account: '111122223333',
  });
});

test('identifies copies of one call by their shared id', () => {
  expect(denialOf(parseEvent(changed({ sharedEventID: 'shared' }))).eventId).toBe('shared');
  const addendum = { reason: 'UPDATED_DATA', originalEventID: 'original' };
  expect(denialOf(parseEvent(changed({ eventID: 'again', addendum })))).toMatchObject({
    eventId: 'original',
    recordId: 'again',
  });
});

test('completes the names of trails, users and roles to ARNs', () => {
  const refused = (action: string, resource: string) =>
    denialOf(
      parseEvent(changed({ errorMessage: `User: x is not authorized to perform: ${action} on resource: ${resource}` })),
    );

  expect(refused('cloudtrail:GetTrailStatus', 'main').resource).toBe(
    'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
  );
  expect(refused('iam:GetRole', 'role Deployer').resource).toBe('arn:aws:iam::111122223333:role/Deployer');
  expect(refused('iam:GetPolicy', 'policy arn:aws:iam::aws:policy/X').resource).toBe('arn:aws:iam::aws:policy/X');
});

describe('the caller', () => {
  test('is the role, with its path, instead of its session', () => {
    const caller = withIdentity({
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/kim',
      accountId: '111122223333',
      sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/team/Deployer' } },
    });

    expect(caller).toMatchObject({ principal: 'arn:aws:iam::111122223333:role/team/Deployer', session: 'kim' });
  });

  test('is the role also when the record lacks the session issuer', () => {
    const arn = 'arn:aws-cn:sts::111122223333:assumed-role/Deployer/kim';

    expect(withIdentity({ type: 'AssumedRole', arn })).toMatchObject({
      principal: 'arn:aws-cn:iam::111122223333:role/Deployer',
      account: '111122223333',
    });
  });

  test('is the federated user, whose issuer is kept', () => {
    const issuer = 'arn:aws:iam::111122223333:user/broker';
    const arn = 'arn:aws:sts::111122223333:federated-user/kim';

    expect(
      withIdentity({ type: 'FederatedUser', arn, sessionContext: { sessionIssuer: { arn: issuer } } }),
    ).toMatchObject({
      principal: arn,
      issuer,
    });
  });

  test.each([
    [{ type: 'AWSService', invokedBy: 'config.amazonaws.com' }, 'config.amazonaws.com'],
    [{ type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' }, 'anonymous'],
    [{ type: 'AWSAccount', accountId: '111122223333', principalId: 'AIDA' }, 'arn:aws:iam::111122223333:root'],
    [{ type: 'Root', arn: 'arn:aws:iam::111122223333:root' }, 'arn:aws:iam::111122223333:root'],
    [{ type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } }, 'arn:aws:identitystore:::user/u-1'],
    [{ type: 'Unknown' }, null],
  ])('of %j is %s', (identity, principal) => {
    expect(withIdentity(identity).principal).toBe(principal);
  });
});

describe('a bare message', () => {
  test('yields what it says and nothing else', () => {
    const message =
      'User: arn:aws:sts::111122223333:assumed-role/R/s is not authorized to perform: cloudtrail:StopLogging';

    expect(denialOf(parseBareMessage(message))).toMatchObject({
      service: 'cloudtrail',
      operation: null,
      action: 'cloudtrail:StopLogging',
      account: '111122223333',
      region: null,
      caller: { principal: 'arn:aws:iam::111122223333:role/R', session: 's', type: null },
    });
  });

  test('that refuses nothing is no denial', () => {
    expect(parseBareMessage('all is well').kind).toBe('no-denial');
  });
});

test('looks into request parameters of any depth without failing', () => {
  let policyDocument: unknown = 'cloudtrail:StopLogging';
  for (let depth = 0; depth < 20_000; depth += 1) {
    policyDocument = [policyDocument];
  }
  const record = changed({
    eventSource: 'iam.amazonaws.com',
    eventName: 'PutUserPolicy',
    requestParameters: { policyDocument },
  });

  expect(() => classify(parseEvent(record), { managementAccount: null, responderRole: null })).not.toThrow();
});

test('leaves out request parameters that are nested too deeply to be written down', () => {
  const nested = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  const of = (requestParameters: object) => denialOf(parseEvent(changed({ requestParameters }))).parameters;

  expect(of({ name: 'main', deep: nested })).toBeNull();
  expect(of({ name: 'main' })).toEqual({ name: 'main' });
});

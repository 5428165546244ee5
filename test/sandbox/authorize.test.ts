import { type Guard, refusalMessage, refusalOf } from '../../sandbox/iam/authorize';
import type { Caller } from '../../sandbox/iam/principal';
import { readPolicy } from '../../sandbox/iam/read-policy';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:queue`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/R`;
const EVENTS: Caller = { kind: 'service', service: 'events.amazonaws.com' };

const allow = (fields: object = {}) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, ...fields });
const deny = (fields: object = {}) => allow({ Effect: 'Deny', ...fields });

function role(statements: object[] = [], account = ACCOUNT): Caller {
  return {
    kind: 'identity',
    arn: `arn:aws:iam::${account}:role/R`,
    shownAs: `arn:aws:sts::${account}:assumed-role/R/session`,
    account,
    organization: 'o-examplesandbox',
    statements: readPolicy({ Statement: statements }, 'identity'),
  };
}

function refusal(
  caller: Caller,
  resource: object[] = [],
  more: Partial<Guard> & { context?: Record<string, string> } = {},
) {
  const { context = {}, ...guard } = more;
  const request = { caller, action: 'sqs:SendMessage', resource: QUEUE, context };
  return refusalOf(request, { account: ACCOUNT, policy: readPolicy({ Statement: resource }, 'resource'), ...guard });
}

describe('within one account', () => {
  test('the identity policy alone allows', () => {
    expect(refusal(role([allow()]))).toBeNull();
  });

  test('the resource policy alone allows when it names the role', () => {
    expect(refusal(role(), [allow({ Principal: { AWS: ROLE } })])).toBeNull();
  });

  test('a resource policy that names the account leaves it to the identity policy', () => {
    const root = [allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } })];

    expect(refusal(role(), root)).toBe('because no identity-based policy allows the sqs:SendMessage action');
  });

  test('a deny on either side outweighs every allow', () => {
    expect(refusal(role([allow(), deny()]))).toBe('with an explicit deny in an identity-based policy');
    expect(refusal(role([allow()]), [deny({ Principal: '*' })])).toBe(
      'with an explicit deny in a resource-based policy',
    );
  });
});

describe('across accounts', () => {
  const organization = [allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })];
  const context = { 'aws:PrincipalOrgID': 'o-1' };

  test('both sides must allow', () => {
    expect(refusal(role([allow()], OTHER), organization, { context })).toBeNull();
    expect(refusal(role([], OTHER), organization, { context })).toMatch('identity-based');
    expect(refusal(role([allow()], OTHER), organization)).toMatch('resource-based');
  });

  test('the resource policy may name the account', () => {
    expect(refusal(role([allow()], OTHER), [allow({ Principal: { AWS: OTHER } })])).toBeNull();
  });
});

describe('a service', () => {
  const fromRule = allow({
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/r' } },
  });

  test('needs the resource policy and its conditions', () => {
    const context = { 'AWS:sourcearn': 'arn:aws:events:us-east-1:111122223333:rule/r' };

    expect(refusal(EVENTS, [fromRule], { context })).toBeNull();
    expect(
      refusal(EVENTS, [fromRule], { context: { 'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/x' } }),
    ).toMatch('no resource-based policy');
    expect(refusal(EVENTS)).toMatch('no resource-based policy');
  });
});

describe('a key', () => {
  const isSovereign = true;

  test('is out of reach of identity policies unless its own policy lets the account decide', () => {
    expect(refusal(role([allow()]), [], { isSovereign })).toMatch('resource-based');
    expect(refusal(role([allow()]), [allow({ Principal: { AWS: ACCOUNT } })], { isSovereign })).toBeNull();
    expect(refusal(role([]), [allow({ Principal: { AWS: ACCOUNT } })], { isSovereign })).toMatch('identity-based');
    expect(refusal(role([]), [allow({ Principal: { AWS: ROLE } })], { isSovereign })).toBeNull();
  });
});

describe('a statement', () => {
  test.each<[string, object, boolean]>([
    ['an action in other case', { Action: 'SQS:sendmessage' }, true],
    ['a wildcard in the action', { Action: 'sqs:Send*' }, true],
    ['a question mark', { Action: 'sqs:SendMessag?' }, true],
    ['another action', { Action: 'sqs:SendMessages' }, false],
    ['NotAction of another action', { Action: undefined, NotAction: 'sqs:Delete*' }, true],
    ['NotAction of this one', { Action: undefined, NotAction: 'sqs:*' }, false],
    ['a wildcard in the resource', { Resource: 'arn:aws:sqs:*:queue' }, true],
    ['a resource in other case', { Resource: QUEUE.toUpperCase() }, false],
    ['NotResource of another resource', { Resource: undefined, NotResource: 'arn:aws:sqs:::other' }, true],
    ['StringLike', { Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }, true],
    ['StringEquals of one of several', { Condition: { StringEquals: { 'aws:PrincipalOrgID': ['x', 'o-1'] } } }, true],
    ['StringEquals in other case', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'O-1' } } }, false],
    [
      'StringNotEquals of any of several',
      { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ['x', 'o-1'] } } },
      false,
    ],
    ['StringNotEquals of a missing key', { Condition: { StringNotEquals: { 'aws:Nothing': 'x' } } }, true],
    ['StringEquals of a missing key', { Condition: { StringEquals: { 'aws:Nothing': 'x' } } }, false],
    ['StringEqualsIfExists of a missing key', { Condition: { StringEqualsIfExists: { 'aws:Nothing': 'x' } } }, true],
    ['Bool', { Condition: { Bool: { 'aws:SecureTransport': true } } }, true],
    ['Null of a missing key', { Condition: { Null: { 'aws:Nothing': 'true' } } }, true],
    ['Null of a key that is there', { Condition: { Null: { 'aws:SecureTransport': true } } }, false],
    ['ArnLike part by part', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:*:events:*:*:rule/*' } } }, true],
    ['ArnLike across parts', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*' } } }, false],
    [
      'two conditions of which one fails',
      { Condition: { Bool: { 'aws:SecureTransport': true }, StringLike: { a: '*' } } },
      false,
    ],
  ])('%s', (_, fields, allows) => {
    const context = {
      'aws:PrincipalOrgID': 'o-1',
      'aws:SecureTransport': 'true',
      'aws:SourceArn': 'arn:aws:events:us-east-1:111122223333:rule/r',
    };

    expect(refusal(role([allow(fields)]), [], { context }) === null).toBe(allows);
  });

  test.each<[string, object, string]>([
    [
      'a condition operator',
      { Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026' } } },
      'condition operator DateGreaterThan',
    ],
    ['an element', { NotPrincipal: '*' }, 'cannot enforce the policy element NotPrincipal'],
    ['a kind of principal', { Principal: { Federated: 'x' } }, 'no Federated principals'],
    ['a policy variable', { Resource: `arn:aws:s3:::\${aws:username}` }, 'policy variables'],
    ['an effect', { Effect: 'Maybe' }, 'Effect is Maybe'],
  ])('with %s that the sandbox does not know is an error', (_, fields, message) => {
    expect(() => refusal(role([allow(fields)]))).toThrow(message);
  });
});

test('a refusal reads as AWS writes it', () => {
  const request = { caller: role(), action: 'iam:GetRole', resource: ROLE, context: {} };
  const reason = 'because no identity-based policy allows the iam:GetRole action';

  expect(refusalMessage(request, reason, 'role R')).toBe(
    'User: arn:aws:sts::111122223333:assumed-role/R/session is not authorized to perform: iam:GetRole on resource: role R because no identity-based policy allows the iam:GetRole action',
  );
  expect(refusalMessage({ ...request, resource: '*' }, reason)).not.toMatch('on resource');
});

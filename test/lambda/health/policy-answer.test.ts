import { type Asker, policyAnswer } from '../../../lambda/health/policy-answer';
import { likes } from '../../../lambda/health/policy-match';
import { statements } from '../../support/health';

const ROLE = 'arn:aws:iam::111122223333:role/Responder';
const ASKERS = {
  role: { kind: 'role', arn: ROLE },
  service: { kind: 'service', name: 'cloudwatch.amazonaws.com' },
  anybody: { kind: 'anybody' },
} as const satisfies Record<string, Asker>;

/** A policy variable. */
const VARIABLE = ['$', '{aws:ResourceOrgID}'].join('');

const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' };
const DENY = { ...ALLOW, Effect: 'Deny', Sid: 'Stop' };

function answer(asker: keyof typeof ASKERS, ...of: object[]) {
  const context = { 'aws:principalorgid': 'o-exampleorgid', 'aws:securetransport': 'true' };
  const request = { asker: ASKERS[asker], action: 'sns:Publish', resource: 'arn:aws:sns:us-east-1:1:Topic', context };
  const given = policyAnswer(statements(...of), request);
  return given.kind === 'unclear' ? `unclear: ${given.why}` : given.kind;
}

const when = (Condition: object) => ({ ...ALLOW, Condition });

test.each<[string, keyof typeof ASKERS, object[], string]>([
  ['nothing is said', 'role', [], 'not-allowed'],
  ['everybody is allowed', 'role', [ALLOW], 'allowed'],
  ['everybody is allowed, in the long form', 'service', [{ ...ALLOW, Principal: { AWS: ['*'] } }], 'allowed'],
  ['the role is named', 'role', [{ ...ALLOW, Principal: { AWS: [ROLE] } }], 'allowed'],
  ['a deleted role is named', 'role', [{ ...ALLOW, Principal: { AWS: 'AROAEXAMPLE' } }], 'not-allowed'],
  [
    'another service is named',
    'service',
    [{ ...ALLOW, Principal: { Service: 'events.amazonaws.com' } }],
    'not-allowed',
  ],
  ['the service is named', 'service', [{ ...ALLOW, Principal: { Service: ['cloudwatch.amazonaws.com'] } }], 'allowed'],
  [
    'an account is named instead of everybody',
    'anybody',
    [{ ...ALLOW, Principal: { AWS: '222233334444' } }],
    'not-allowed',
  ],
  ['the action is another', 'role', [{ ...ALLOW, Action: ['sns:Subscribe'] }], 'not-allowed'],
  ['the action fits a wildcard, in any spelling', 'role', [{ ...ALLOW, Action: 'SNS:Pub*' }], 'allowed'],
  ['the resource is another', 'role', [{ ...ALLOW, Resource: 'arn:aws:sns:us-east-1:1:Other' }], 'not-allowed'],
  ['a condition holds', 'anybody', [when({ StringEquals: { 'aws:PrincipalOrgID': ['o-exampleorgid'] } })], 'allowed'],
  [
    'a condition does not hold',
    'anybody',
    [when({ StringEquals: { 'aws:PrincipalOrgID': 'o-otherorgid' } })],
    'not-allowed',
  ],
  [
    'a negated condition holds',
    'anybody',
    [when({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-otherorgid' } })],
    'allowed',
  ],
  [
    'a negated condition does not hold',
    'role',
    [when({ StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } })],
    'not-allowed',
  ],
  ['somebody denies it', 'role', [ALLOW, DENY], 'denied'],
  [
    'the account is denied',
    'role',
    [ALLOW, { ...DENY, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    'denied',
  ],
  ['others are denied', 'role', [ALLOW, { ...DENY, Principal: { AWS: '222233334444' } }], 'allowed'],
  [
    'only plain text is denied',
    'role',
    [ALLOW, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    'allowed',
  ],
])('when %s', (_what, asker, policy, expected) => {
  expect(answer(asker, ...policy)).toBe(expected);
});

test.each<[string, keyof typeof ASKERS, object[], string]>([
  [
    'a key that is not known',
    'role',
    [when({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })],
    'StringEquals aws:SourceVpce',
  ],
  [
    'an operator that is not known',
    'role',
    [when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    'IpAddress aws:SourceIp',
  ],
  [
    'a set',
    'role',
    [when({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgID': 'o-*' } })],
    'ForAllValues:StringLike aws:PrincipalOrgID',
  ],
  [
    'a variable',
    'role',
    [when({ StringEquals: { 'aws:PrincipalOrgID': VARIABLE } })],
    'StringEquals aws:PrincipalOrgID',
  ],
  [
    'a negated principal',
    'role',
    [{ Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: '*', Resource: '*' }],
    'NotPrincipal',
  ],
  [
    'a negated action',
    'role',
    [ALLOW, { Effect: 'Deny', Principal: '*', NotAction: 'sns:Publish', Resource: '*' }],
    'NotAction',
  ],
  [
    'the policies of the account',
    'role',
    [{ ...ALLOW, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    'Principal 111122223333',
  ],
  ['whom a deny names', 'anybody', [ALLOW, { ...DENY, Principal: { AWS: '222233334444' } }], 'Principal'],
  [
    'a deny that may hold',
    'role',
    [ALLOW, { ...DENY, Condition: { Null: { 'aws:TokenIssueTime': 'true' } } }],
    'Null aws:TokenIssueTime',
  ],
])('never says allowed when it rests on %s', (_what, asker, policy, why) => {
  expect(answer(asker, ...policy)).toBe(`unclear: ${why}`);
});

test.each(['', 'null', '{"Statement":["x"]}', '<xml>'])('never says allowed of what is no policy: %j', (policy) => {
  const request = { asker: ASKERS.role, action: 'a', resource: 'r', context: {} };
  expect(['unclear', 'not-allowed']).toContain(policyAnswer(policy, request).kind);
});

test.each([
  ['*', '', true],
  ['a*c', 'abbc', true],
  ['a*c', 'abbd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['abc', 'abcd', false],
  ['*a*b', 'xxaxxabb', true],
  [`${'*a'.repeat(50)}b`, 'a'.repeat(5_000), false],
])('%s and %s', (pattern, text, expected) => {
  expect(likes(pattern, text)).toBe(expected);
});

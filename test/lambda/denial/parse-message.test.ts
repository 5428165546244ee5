import { assert, property, string } from 'fast-check';
import { type Effect, type Layer, parseMessage } from '../../../lambda/denial/parse-message';

const USER = 'arn:aws:iam::111122223333:user/mateo';
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main';
const SCP = 'arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-examplepolicyid';
const REFUSED = `User: ${USER} is not authorized to perform: cloudtrail:StopLogging`;
const ON_TRAIL = `${REFUSED} on resource: ${TRAIL}`;

const NAMES: readonly (readonly [string, Layer])[] = [
  ['identity-based policy', 'identity-policy'],
  ['resource-based policy', 'resource-policy'],
  ['permissions boundary', 'permissions-boundary'],
  ['session policy', 'session-policy'],
  ['sessions policy', 'session-policy'],
  ['service control policy', 'service-control-policy'],
  ['resource control policy', 'resource-control-policy'],
  ['VPC endpoint policy', 'vpc-endpoint-policy'],
  ['role trust policy', 'role-trust-policy'],
];

describe('the reason clause', () => {
  test.each(NAMES)('reads an implicit deny of the %s', (name, layer) => {
    const text = `${ON_TRAIL} because no ${name} allows the cloudtrail:StopLogging action`;

    expect(parseMessage(text)).toEqual({
      principal: USER,
      action: 'cloudtrail:StopLogging',
      resource: TRAIL,
      layer,
      effect: 'implicit-deny',
      policyArn: null,
      evidence: 'stated',
    });
  });

  test.each(NAMES)('reads an explicit deny of the %s, with and without resource', (name, layer) => {
    for (const article of ['a', 'an', 'the']) {
      for (const refused of [REFUSED, ON_TRAIL]) {
        const parsed = parseMessage(`${refused} with an explicit deny in ${article} ${name}`);

        expect(parsed).toMatchObject({ layer, effect: 'explicit-deny', evidence: 'stated', policyArn: null });
        expect(parsed.resource).toBe(refused === REFUSED ? null : TRAIL);
      }
    }
  });

  test.each([
    ['alone', SCP],
    ['with a full stop', `${SCP}.`],
    ['before an encoded message', `${SCP}. Encoded authorization failure message: aGVsbG8`],
    [
      'before an authorization id',
      `${SCP}. Go to https://console.example/authorization-details/x, authorization id: x`,
    ],
  ])('reads the policy ARN %s', (_where, suffix) => {
    const text = `${ON_TRAIL} with an explicit deny in a service control policy: ${suffix}`;

    expect(parseMessage(text)).toMatchObject({ layer: 'service-control-policy', policyArn: SCP, resource: TRAIL });
  });

  test.each([
    ['masked', 'arn:aws:iam::****:policy/Deny'],
    ['cut short', SCP.slice(0, 50)],
    ['no ARN', 'DenyEverything'],
  ])('does not quote a policy ARN that is %s', (_what, arn) => {
    const text = `${ON_TRAIL} with an explicit deny in a service control policy: ${arn}`;

    expect(parseMessage(text)).toMatchObject({ layer: 'service-control-policy', policyArn: null });
  });

  test('does not quote a policy ARN that touches the cut at 1,024 bytes, though it looks whole', () => {
    const clause = ` with an explicit deny in a service control policy: ${SCP}`;
    const resource = `arn:aws:s3:::${'b'.repeat(1024 - `${REFUSED} on resource: arn:aws:s3:::${clause}`.length)}`;
    const cut = `${REFUSED} on resource: ${resource}${clause}`;

    expect(Buffer.byteLength(cut)).toBe(1024);
    expect(parseMessage(cut)).toMatchObject({ layer: 'service-control-policy', policyArn: null });
    expect(parseMessage(cut.replace('bb', ''))).toMatchObject({ policyArn: SCP });
  });

  test('names the layer behind "transitively through"', () => {
    const text = `${ON_TRAIL} with an explicit deny in a VPC endpoint policy transitively through a service control policy: ${SCP}`;

    expect(parseMessage(text)).toMatchObject({ layer: 'service-control-policy', policyArn: SCP });
  });

  test('knows an explicit deny whose layer AWS does not name', () => {
    expect(parseMessage(`${ON_TRAIL} with an explicit deny`)).toMatchObject({
      layer: 'unknown',
      effect: 'explicit-deny',
      evidence: 'stated',
      resource: TRAIL,
    });
  });

  test('leaves the reason unknown without a clause, and for one that names no policy type', () => {
    const unknown: { layer: Layer; effect: Effect } = { layer: 'unknown', effect: 'unknown' };

    expect(parseMessage(ON_TRAIL)).toMatchObject({ ...unknown, evidence: 'unknown', resource: TRAIL });
    expect(parseMessage(`${ON_TRAIL} because public policies are prevented by a setting`)).toMatchObject(unknown);
  });

  test('is not changed by text behind it', () => {
    const clause = `${ON_TRAIL} because no identity-based policy allows the cloudtrail:StopLogging action`;
    const forged = `${clause} with an explicit deny in a service control policy: ${SCP}`;

    expect(parseMessage(forged)).toEqual(parseMessage(clause));
  });
});

describe('who, what and on what', () => {
  test.each([
    [
      'a quoted resource',
      's3:GetObject on resource: "arn:aws:s3:::b/a key" because no session policy allows it',
      'arn:aws:s3:::b/a key',
    ],
    [
      "IAM's form",
      'iam:GetRole on resource: role Deployer because no identity-based policy allows it',
      'role Deployer',
    ],
    ['a bare trail name', 'cloudtrail:GetTrailStatus on resource: My-Trail', 'My-Trail'],
    ['a resource with a full stop behind it', 'cloudtrail:GetTrailStatus on resource: My-Trail.', 'My-Trail'],
    [
      'the text an SDK adds',
      'iam:PassRole on resource: arn:aws:iam::1:role/R (Service: X; Status Code: 403)',
      'arn:aws:iam::1:role/R',
    ],
    ['no resource at all', 'iam:PassRole', null],
    ['an unnamed resource', 'cloudtrail:GetChannel on the specified resource', null],
  ])('reads %s', (_what, rest, resource) => {
    expect(parseMessage(`User: ${USER} is not authorized to perform: ${rest}`)).toMatchObject({
      principal: USER,
      resource,
    });
  });

  test.each([
    ['User with accountId: 111122223333 is not authorized to perform: logs:PutSubscriptionFilter', '111122223333'],
    ['User: anonymous is not authorized to perform: execute-api:Invoke', 'anonymous'],
    [`${USER} is not authorized to perform: s3:ListBucket`, USER],
    [
      `You are not authorized to perform this operation. User: ${USER} is not authorized to perform: ec2:RunInstances`,
      USER,
    ],
    ['User is not authorized to perform: s3:ListBucket', null],
  ])('reads the caller of %s', (text, principal) => {
    expect(parseMessage(text)).toMatchObject({ principal, action: expect.stringContaining(':') });
  });

  test('reads a message broken over lines', () => {
    expect(parseMessage(ON_TRAIL.replaceAll(' ', '\r\n  '))).toMatchObject({ principal: USER, resource: TRAIL });
  });

  test('has no action where the message names none', () => {
    expect(parseMessage(`User: ${USER} is not authorized to access this resource`)).toMatchObject({
      principal: USER,
      action: null,
      resource: null,
    });
  });

  test.each(['Access Denied', 'You are not authorized to perform this operation.', 'Unknown', ''])(
    'makes nothing up from "%s"',
    (text) => {
      expect(parseMessage(text)).toEqual({
        principal: null,
        action: null,
        resource: null,
        layer: 'unknown',
        effect: 'unknown',
        policyArn: null,
        evidence: 'unknown',
      });
    },
  );
});

test('reads any text without failing, and text behind a clause never changes what stands before it', () => {
  const clause = `${ON_TRAIL} because no identity-based policy allows the cloudtrail:StopLogging action`;
  const expected = parseMessage(clause);

  assert(
    property(string({ unit: 'binary', maxLength: 200 }), (noise) => {
      parseMessage(noise);
      expect(parseMessage(`${clause} ${noise}`)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

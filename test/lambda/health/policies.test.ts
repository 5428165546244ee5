import { busPolicy } from '../../../lambda/health/checks/bus-policy';
import { topicKey, topicPolicy } from '../../../lambda/health/checks/notice-policies';
import { EXPECTATION, look, POLICIES, statements } from '../../support/health';

const all = (policy: string): Record<string, unknown>[] => JSON.parse(policy).Statement;
const ALARMS = 'cloudwatch.amazonaws.com';

describe('the bus admits the organization', () => {
  const verdict = async (policy: string | null, expectation = {}) => {
    const [only] = await busPolicy.run(look({ busPolicy: async () => policy }, expectation));
    return only;
  };

  test('by its statement', async () => {
    expect(await verdict(POLICIES.bus)).toMatchObject({ status: 'ok', saw: { kind: 'policy-allows' }, mend: [] });
  });

  test.each<[string, string | null]>([
    ['has no policy', null],
    ['admits another organization', POLICIES.bus.replace('o-exampleorgid', 'o-otherorgid')],
    ['admits one account', statements({ ...all(POLICIES.bus)[0], Principal: { AWS: '222233334444' } })],
  ])('fails when it %s, and the statement is put back', async (_what, policy) => {
    expect(await verdict(policy)).toMatchObject({
      status: 'failed',
      saw: { kind: 'policy-refuses', who: 'o-exampleorgid', denied: null },
      mend: [
        `aws events put-permission --statement-id cdk-AllowOrganizationToPutEvents --action events:PutEvents --principal '*' --condition '{"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":"o-exampleorgid"}' --event-bus-name trailmend --region us-east-1`,
      ],
    });
  });

  test('fails when a statement denies it, which is taken away', async () => {
    const deny = { ...all(POLICIES.bus)[0], Sid: 'Maintenance', Effect: 'Deny', Condition: {} };

    expect(await verdict(statements(...all(POLICIES.bus), deny))).toMatchObject({
      status: 'failed',
      saw: { denied: { sid: 'Maintenance' } },
      mend: ['aws events remove-permission --statement-id Maintenance --event-bus-name trailmend --region us-east-1'],
    });
  });

  test('is not checked when the policy is not understood, or no organization is asked for', async () => {
    const odd = { ...all(POLICIES.bus)[0], Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };

    expect(await verdict(statements(odd))).toMatchObject({
      status: 'not-checked',
      saw: { kind: 'policy-unclear', why: 'StringEquals aws:SourceVpc' },
    });
    expect(await verdict(null, { organizationId: null })).toMatchObject({
      status: 'not-checked',
      saw: { kind: 'not-asked-for', setting: 'organizationId' },
    });
  });
});

/** CloudFormation cannot read the policy of a topic, so a change set would find nothing to put back. */
const SET_POLICY = [
  /^aws sns set-topic-attributes --topic-arn \S+ --attribute-name Policy --attribute-value '\{.*\}' --region us-east-1$/,
];
const REVERT = [
  /^aws cloudformation create-change-set --stack-name TrailmendHub .*--deployment-mode REVERT_DRIFT/,
  /^aws cloudformation wait change-set-create-complete/,
  /^aws cloudformation execute-change-set/,
];
const topicWith = (policy: string) => ({ topic: async () => ({ policy, key: EXPECTATION.keyArn }) });

describe.each([
  ['topic', topicPolicy, POLICIES.topic, topicWith, SET_POLICY],
  ['key', topicKey, POLICIES.key, (policy: string) => ({ keyPolicy: async () => policy }), REVERT],
] as const)('the policy of the %s', (_what, check, policy, edgesOf, mend) => {
  const verdicts = (of: string) => check.run(look(edgesOf(of)));
  const publishers = [EXPECTATION.responderRoleArn, EXPECTATION.probeRoleArn, ALARMS];

  test('lets responder, probe and alarms publish', async () => {
    expect((await verdicts(policy)).map(({ subject, status }) => [subject, status])).toEqual(
      publishers.map((who) => [who, 'ok']),
    );
  });

  test.each(publishers)('fails for %s when its statement is gone', async (who) => {
    const without = all(policy).filter(({ Principal }) => !JSON.stringify(Principal).includes(`"${who}"`));
    const account = without.filter(({ Principal }) => !JSON.stringify(Principal).includes(':root'));
    const failing = (await verdicts(statements(...account))).filter(({ status }) => status !== 'ok');

    expect(failing).toMatchObject([
      { subject: who, status: 'failed', saw: { kind: 'policy-refuses', who, denied: null } },
    ]);
    expect(failing[0]?.mend).toEqual(mend.map((command) => expect.stringMatching(command)));
  });

  test('fails when somebody denies it', async () => {
    const deny = { Sid: 'Freeze', Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };

    expect(await verdicts(statements(...all(policy), deny))).toMatchObject(
      publishers.map(() => ({ status: 'failed', saw: { denied: { sid: 'Freeze' } } })),
    );
  });
});

test('with the policy that its command sets, the topic is well', async () => {
  const [first] = await topicPolicy.run(look(topicWith(statements())));
  const [, policy = ''] = /--attribute-value '(.*)' --region/.exec(first?.mend[0] ?? '') ?? [];

  expect((await topicPolicy.run(look(topicWith(policy)))).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
});

test('a key that leaves a role to the policies of its account is not said to be well', async () => {
  const left = all(POLICIES.key).filter(({ Principal }) => !JSON.stringify(Principal).includes('Responder'));
  const [responder] = await topicKey.run(look({ keyPolicy: async () => statements(...left) }));

  expect(responder).toMatchObject({
    status: 'not-checked',
    saw: { kind: 'policy-unclear', why: 'Principal 111122223333' },
  });
});

test.each([null, 'alias/aws/sns'])('a topic whose key is %s gets its own back', async (key) => {
  const [first] = await topicKey.run(look({ topic: async () => ({ policy: POLICIES.topic, key }) }));

  expect(first).toMatchObject({
    status: 'failed',
    saw: { kind: 'another-key', key },
    mend: [
      `aws sns set-topic-attributes --topic-arn ${EXPECTATION.topicArn} --attribute-name KmsMasterKeyId --attribute-value ${EXPECTATION.keyArn} --region us-east-1`,
    ],
  });
});

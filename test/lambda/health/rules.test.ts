import { HEARS_READS, RULES } from '../../../lambda/health/checks/heard-rules';
import { rules } from '../../../lambda/health/checks/rules';
import type { HealthEdges, RuleSeen, TargetSeen } from '../../../lambda/health/edges';
import { hubTemplate } from '../../lib/hub-template';
import { EXPECTATION, look, rulesNamed } from '../../support/health';

/** The rules of the hub bus, of the home Region and of the other Region. */
type Everywhere = { hub?: RuleSeen[]; home?: RuleSeen[]; other?: RuleSeen[]; target?: Partial<TargetSeen> };

async function verdicts({ hub = rulesNamed('hub'), home, other, target }: Everywhere) {
  const of = { 'us-east-1': home ?? rulesNamed('home'), 'eu-west-1': other ?? rulesNamed('other') };
  const on = (region: string) => of[region as keyof typeof of];
  const given: Partial<HealthEdges> = {
    rulesOn: async () => hub,
    rulesTo: async (_target, region) => on(region).map(({ name }) => name),
    rule: async (name, region) => on(region).find((rule) => rule.name === name) as RuleSeen,
    ...(target && {
      targets: async (rule, bus, region) => {
        const [usual] = await look().aws.targets(rule, bus, region);
        return [{ ...(usual as TargetSeen), ...(bus === null && region === 'eu-west-1' && target) }];
      },
    }),
  };
  return rules.run(look(given));
}

const said = async (of: Everywhere) => (await verdicts(of)).map(({ status, saw }) => `${status} ${saw.kind}`);
const change = (at: number, of: Partial<RuleSeen>, prefix = 'other') =>
  rulesNamed(prefix).map((rule, index) => (index === at ? { ...rule, ...of } : rule));

test('are well on the hub bus and in every Region', async () => {
  const well = await verdicts({});

  expect(well.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    `${EXPECTATION.busArn} ok`,
    '111122223333 us-east-1 ok',
    '111122223333 eu-west-1 ok',
  ]);
  expect(well[2]?.saw).toEqual({ kind: 'rules-hear', rules: ['other-CloudTrail', 'other-Neighbours'], version: 1 });
});

test('one that is ENABLED only does not hear reads, and is set right with everything that it has', async () => {
  const [hub, home, other] = await verdicts({ other: change(0, { state: 'ENABLED' }) });

  expect([hub?.status, home?.status]).toEqual(['ok', 'ok']);
  expect(other).toMatchObject({
    status: 'failed',
    place: { account: '111122223333', region: 'eu-west-1' },
    saw: { kind: 'rules-broken', problems: [{ rule: 'other-CloudTrail', problem: 'no-reads' }] },
  });
  expect(other?.mend).toEqual([
    `aws events put-rule --name other-CloudTrail --state ${HEARS_READS} --event-pattern '${rulesNamed('x')[0]?.pattern}' --description 'Trailmend: rule 1 (patterns 1)' --region eu-west-1`,
  ]);
});

test('one on the hub bus that is disabled is set right there', async () => {
  const [hub] = await verdicts({ hub: change(1, { state: 'DISABLED' }, 'hub') });

  expect(hub).toMatchObject({
    status: 'failed',
    saw: { problems: [{ rule: 'hub-Neighbours', problem: 'disabled' }] },
    mend: [
      expect.stringMatching(
        /^aws events put-rule --name hub-Neighbours --event-bus-name trailmend .* --region us-east-1$/,
      ),
    ],
  });
});

test.each<[string, Everywhere, object, string]>([
  [
    'all of a Region',
    { other: [] },
    { rule: 'Trailmend: rule 1 (patterns 1)', problem: 'missing' },
    'TrailmendForwarder-eu-west-1',
  ],
  [
    'one of a Region',
    { other: rulesNamed('other').slice(0, 1) },
    { rule: 'Trailmend: rule 2 (patterns 1)', problem: 'missing' },
    'TrailmendForwarder-eu-west-1',
  ],
  [
    'the target’s role',
    { target: { roleArn: null } },
    { rule: 'other-CloudTrail', problem: 'no-role' },
    'TrailmendForwarder-eu-west-1',
  ],
  [
    'the target’s dead letters',
    { target: { deadLetterArn: null } },
    { rule: 'other-CloudTrail', problem: 'no-dead-letters' },
    'TrailmendForwarder-eu-west-1',
  ],
  [
    'its pattern',
    { other: change(0, { pattern: '{"source":["aws.cloudtrail"]}' }) },
    { rule: 'other-CloudTrail', problem: 'stale' },
    'TrailmendForwarder-eu-west-1',
  ],
])('lost: %s', async (_what, everywhere, problem, stack) => {
  const [hub, , other] = await verdicts(everywhere);

  expect(hub?.status).toBe('ok');
  expect(other).toMatchObject({ status: 'failed', mend: [`npx cdk deploy ${stack} --revert-drift`] });
  expect(other?.saw).toMatchObject({ problems: expect.arrayContaining([problem]) });
});

test('lost in the home Region or on the hub bus: the hub stack puts it back, and no Region is blamed for the hub', async () => {
  const [hub, home, other] = await verdicts({ hub: rulesNamed('hub').slice(0, 1), home: [] });

  expect([hub, home].map((verdict) => verdict?.mend)).toEqual(
    Array(2).fill(['npx cdk deploy TrailmendHub --revert-drift']),
  );
  expect(hub?.saw).toEqual({ kind: 'rules-broken', problems: [{ rule: '', problem: 'missing' }] });
  expect(other?.status).toBe('ok');
});

test('a rule on the hub bus without its target is named', async () => {
  const targets: HealthEdges['targets'] = async (rule, bus, region) =>
    rule === 'hub-CloudTrail' ? [] : look().aws.targets(rule, bus, region);
  const [hub] = await rules.run(look({ targets }));

  expect(hub?.saw).toMatchObject({ problems: [{ rule: 'hub-CloudTrail', problem: 'no-target' }] });
});

test('rules of others on the hub bus are none of ours', async () => {
  const foreign = { name: 'mine', state: 'DISABLED', description: 'archive', pattern: '{}' };
  const targets: HealthEdges['targets'] = async (rule, bus, region) =>
    rule === 'mine' ? [] : look().aws.targets(rule, bus, region);

  const [hub] = await rules.run(look({ rulesOn: async () => [...rulesNamed('hub'), foreign], targets }));
  expect(hub?.status).toBe('ok');
});

test('a Region may lag behind as long as the hub takes its patterns', async () => {
  const old = rulesNamed('old').map((rule) => ({ ...rule, pattern: rule.pattern.replace('aws.', 'aws.x') }));
  const hub = [...rulesNamed('hub', 2), ...old];

  const [, , lagging] = await verdicts({ hub, home: rulesNamed('home', 2), other: old });
  expect(lagging).toMatchObject({ status: 'ok', saw: { kind: 'rules-lag', version: 1, hub: 2 } });
  expect(await said({ hub: rulesNamed('hub', 2), home: rulesNamed('home', 2), other: old })).toEqual([
    'ok rules-hear',
    'ok rules-hear',
    'failed rules-broken',
  ]);
});

test('the way in which a pattern is written does not matter', async () => {
  const [first] = rulesNamed('other');
  const pattern = JSON.stringify(
    Object.fromEntries(Object.entries(JSON.parse(first?.pattern ?? '')).reverse()),
    null,
    1,
  );

  expect(await said({ other: change(0, { pattern }) })).toEqual(Array(3).fill('ok rules-hear'));
});

test('there are as many rules on a bus as the checks expect', () => {
  const all = Object.values(hubTemplate().toJSON().Resources as Record<string, { Type: string; Properties: object }>);
  const onHub = all.filter(({ Type, Properties }) => Type === 'AWS::Events::Rule' && 'EventBusName' in Properties);

  expect(onHub).toHaveLength(RULES);
});

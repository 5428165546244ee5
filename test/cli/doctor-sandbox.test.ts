import { HEALTH_ACTIONS } from '../../lambda/health/actions';
import type { Verdict } from '../../lambda/health/check';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { addOrganizationTrail } from '../../sandbox/doctor';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import { roleSession } from '../../sandbox/organization/identity';
import { defaultBusArn } from '../../sandbox/organization/place';
import { Sandbox } from '../../sandbox/sandbox';
import {
  dropStatement,
  removeForwarder,
  setInstanceStatus,
  setRulePattern,
  setRuleState,
  unconfirm,
} from '../../sandbox/tampering';
import { inProcess } from '../sandbox/play';
import { admitTo } from '../support/call-sandbox';
import { runCli } from '../support/run-cli';

const EMAIL = 'platform-team@example.com';

let app: Synthesis;
let sandbox: Sandbox;
const admit = admitTo(() => sandbox);

beforeAll(async () => {
  app = await synthesize({ emails: [EMAIL], remediation: 'auto', locale: 'en' });
});

afterAll(() => app.remove());

beforeEach(async () => {
  sandbox = await Sandbox.open(app, { faults: new FaultPlan([]), startFunction: inProcess });
  addOrganizationTrail(sandbox);
  await sandbox.settle();
  admit(roleSession(HUB.account, 'Operator', 'on-call', { allowed: HEALTH_ACTIONS }));
});

afterEach(() => sandbox.close());

/** A verdict as `--json` tells it. */
type Told = Verdict & { readonly seen: string };

/** What doctor says: its exit code and its verdicts. */
async function doctor(): Promise<{ code: number; verdicts: Told[] }> {
  const { code, out } = await runCli(['doctor', '--json']);
  const lines = out.trimEnd().split('\n');
  return { code, verdicts: lines.slice(0, -1).map((line) => JSON.parse(line)) };
}

const HOME_BUS = `arn:aws:events:us-east-1:${HUB.account}:event-bus/trailmend`;
const IRELAND = { account: HUB.account, region: 'eu-west-1' };
const MEMBER = { account: '333344445555', region: 'eu-west-1' };

const keyOf = ({ deployment }: Sandbox) => [...deployment.keys][0] ?? '';
const topicOf = ({ deployment }: Sandbox) => [...deployment.topics.keys()][0] ?? '';
const trailOf = ({ organization }: Sandbox) =>
  [...organization.trails.values()].find(({ arn }) => arn.includes(HUB.account));

const TRAIL = `arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/audit`;
const EVERYWHERE = ['us-east-1', 'eu-west-1', 'eu-central-1'].map((region) => `trail ${HUB.account} ${region}`);

/** What a version long before this one heard. */
const OLDER = { source: ['aws.cloudtrail'], detail: { errorCode: ['AccessDenied'] } };

/** What somebody breaks, what fails then, what of it is said, and how the command begins that mends it. */
const BROKEN: readonly [what: string, (sandbox: Sandbox) => unknown, string[], RegExp, string][] = [
  [
    'the forwarder of a member account',
    (sandbox) => removeForwarder(sandbox, MEMBER),
    ['forwarders accounts'],
    /Payments \(333344445555\) in eu-west-1\.$/,
    'aws cloudformation create-stack-instances --stack-set-name trailmend-forwarders --deployment-targets OrganizationalUnitIds=r-exam,Accounts=333344445555,AccountFilterType=INTERSECTION --regions eu-west-1 ',
  ],
  [
    'an update that did not reach a member account',
    (sandbox) => setInstanceStatus(sandbox, MEMBER, 'OUTDATED'),
    ['forwarders instances'],
    /Payments \(333344445555\) eu-west-1 OUTDATED \(FAILED\)\.$/,
    'aws cloudformation update-stack-set --use-previous-template ',
  ],
  [
    'a Region of the management account',
    (sandbox) => removeForwarder(sandbox, IRELAND),
    [`rules ${HUB.account} eu-west-1`],
    /^the rule "Trailmend: .*" is missing; the rule "Trailmend: .*" is missing\.$/,
    'npx cdk deploy TrailmendForwarder-eu-west-1 --revert-drift',
  ],
  [
    'the pattern of a rule, in a Region of the management account: it is none that the hub takes',
    (sandbox) => setRulePattern(sandbox, defaultBusArn(IRELAND), OLDER, 'failed calls to CloudTrail'),
    [`rules ${HUB.account} eu-west-1`],
    /(^|; )TrailmendForwarder-eu-west-1-\S*CloudTrail\S* has a pattern that the hub does not take any more\.$/,
    'npx cdk deploy TrailmendForwarder-eu-west-1 --revert-drift',
  ],
  [
    'the state that hears reads, in a Region',
    (sandbox) => setRuleState(sandbox, defaultBusArn(IRELAND), 'ENABLED', 'failed calls to CloudTrail'),
    [`rules ${HUB.account} eu-west-1`],
    /is only ENABLED: it does not hear refused reads, such as GetTrailStatus\.$/,
    'aws events put-rule --name TrailmendForwarder-eu-west-1-',
  ],
  [
    'the state that hears reads, on the hub bus',
    (sandbox) => setRuleState(sandbox, HOME_BUS, 'ENABLED', 'failed calls to CloudTrail'),
    [`rules ${HOME_BUS}`],
    /is only ENABLED/,
    'aws events put-rule --name TrailmendHub-',
  ],
  [
    'the bus policy',
    (sandbox) => dropStatement(sandbox, HOME_BUS, 'cdk-AllowOrganizationToPutEvents'),
    ['bus-policy '],
    /does not allow o-examplesandbox events:PutEvents\.$/,
    'aws events put-permission --statement-id cdk-AllowOrganizationToPutEvents ',
  ],
  [
    'the key policy',
    (sandbox) => dropStatement(sandbox, keyOf(sandbox), 'AllowAlarmsToPublishEncrypted'),
    ['topic-key cloudwatch.amazonaws.com'],
    /does not allow cloudwatch\.amazonaws\.com kms:GenerateDataKey, kms:Decrypt\.$/,
    'aws cloudformation create-change-set --stack-name TrailmendHub ',
  ],
  [
    'the topic policy',
    (sandbox) => dropStatement(sandbox, topicOf(sandbox), 'AllowAlarmsToPublish'),
    ['topic-policy cloudwatch.amazonaws.com'],
    /does not allow cloudwatch\.amazonaws\.com sns:Publish\.$/,
    'aws sns set-topic-attributes --topic-arn arn:aws:sns:us-east-1:111122223333:TrailmendHub-',
  ],
  [
    'a subscription',
    (sandbox) => unconfirm(sandbox, EMAIL),
    ['subscribers '],
    /still to confirm: platform-team@example\.com\.$/,
    'aws sns subscribe --topic-arn arn:aws:sns:us-east-1:111122223333:TrailmendHub-',
  ],
  [
    'the trail: stopped',
    (sandbox) => Object.assign(trailOf(sandbox) ?? {}, { isLogging: false }),
    EVERYWHERE,
    /^not logging: .*trail\/audit\. Nothing is heard in us-east-1\.$/,
    `aws cloudtrail start-logging --name ${TRAIL} --region us-east-1`,
  ],
  [
    'the trail: deleted',
    ({ organization }) => organization.trails.delete(TRAIL),
    EVERYWHERE,
    /^no trail covers account 111122223333 in us-east-1: /,
    'aws cloudtrail create-trail --name <name> ',
  ],
  [
    'trusted access',
    ({ organization }) => organization.trustedServices.delete('cloudtrail.amazonaws.com'),
    ['trusted-access '],
    /^cloudtrail\.amazonaws\.com may not act in the organization\.$/,
    'aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com',
  ],
  [
    "StackSets' access",
    ({ organization }) => organization.trustedServices.delete('member.org.stacksets.cloudformation.amazonaws.com'),
    ['stack-sets-access '],
    /may not act in the organization\.$/,
    'aws cloudformation activate-organizations-access --region us-east-1',
  ],
];

test.each(BROKEN)(
  'broken: %s; doctor names exactly that, and what mends it',
  async (_what, breakIt, names, seen, mend) => {
    breakIt(sandbox);

    const { code, verdicts } = await doctor();
    const fails = verdicts.filter(({ status }) => status === 'failed');
    expect(code).toBe(1);
    expect(fails.map(({ check, subject }) => `${check} ${subject}`)).toEqual(names);
    expect(fails[0]?.seen).toMatch(seen);
    expect(fails[0]?.mend[0]?.startsWith(mend)).toBe(true);
  },
);

test('nothing is broken: all is well once the probe has run, and its canary has come back from every Region', async () => {
  const { code, verdicts } = await doctor();
  const others = verdicts.filter(({ status }) => status !== 'ok');

  expect(others.map(({ check, subject, status }) => `${check} ${subject} ${status}`)).toEqual([
    'accounts silent not-checked',
  ]);
  expect(verdicts.filter(({ check }) => check === 'canary')).toHaveLength(3);
  expect(code).toBe(0);
});

test('the topic gets back the policy that was deployed', async () => {
  const policies = sandbox.deployment.policies;
  const deployed = (policies.get(topicOf(sandbox)) ?? []).map(({ source }) => source);
  policies.set(topicOf(sandbox), []);

  const { verdicts } = await doctor();
  const [command = ''] = verdicts.find(({ check }) => check === 'topic-policy')?.mend ?? [];
  const { Statement } = JSON.parse(/--attribute-value '(.*)' --region/.exec(command)?.[1] ?? '{}');
  expect(deployed).toHaveLength(4);
  expect(Statement).toHaveLength(4);
  expect(Statement).toEqual(expect.arrayContaining(deployed));
});

test('with a trail of the management account alone nobody says that members are heard', async () => {
  Object.assign(trailOf(sandbox) ?? {}, { isOrganizationTrail: false });

  const { code, verdicts } = await doctor();
  const unknown = verdicts.filter(({ saw }) => saw.kind === 'members-unknown');
  expect(code).toBe(1);
  expect(verdicts.filter(({ check, status }) => check === 'trail' && status === 'ok')).toHaveLength(3);
  expect(unknown.map(({ subject, status }) => `${subject} ${status}`)).toEqual(
    ['us-east-1', 'eu-west-1', 'eu-central-1'].map((region) => `members ${region} not-checked`),
  );
  expect(unknown[0]?.seen).toMatch(/^no organization trail takes in us-east-1 all that Trailmend hears: .*Security/);
  expect(unknown[0]?.mend[0]).toMatch(/^aws cloudtrail create-trail .* --is-organization-trail /);
});

test('a caller who may not look is told which action is missing, and nothing looks well that was not seen', async () => {
  admit(
    roleSession(HUB.account, 'Intern', 'sam', {
      allowed: HEALTH_ACTIONS.filter((action) => !action.startsWith('kms:')),
    }),
  );

  const { code, verdicts } = await doctor();
  expect(code).toBe(1);
  expect(verdicts.filter(({ check }) => check === 'topic-key')).toMatchObject(
    Array(3).fill({ status: 'not-checked', saw: { kind: 'could-not-look', action: 'kms:GetKeyPolicy' } }),
  );
  expect(verdicts.filter(({ saw }) => saw.kind === 'could-not-look')).toHaveLength(3);
});

test('a member account is told to use the management account', async () => {
  admit(roleSession(DELEGATED_ADMINISTRATOR, 'Operator', 'on-call', { allowed: ['*'] }));

  const { code, verdicts } = await doctor();
  expect(code).toBe(1);
  expect(verdicts[0]).toMatchObject({
    check: 'account',
    status: 'failed',
    saw: { kind: 'member-account', account: DELEGATED_ADMINISTRATOR, managementAccount: HUB.account },
  });
});

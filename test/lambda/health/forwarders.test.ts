import { forwarders } from '../../../lambda/health/checks/forwarders';
import type { HealthEdges, InstanceSeen } from '../../../lambda/health/edges';
import type { Expectation } from '../../../lambda/health/expectation';
import { isExpected } from '../../../lambda/health/saw';
import { look, member, NOW } from '../../support/health';

const instance = (account: string, region: string, other: Partial<InstanceSeen> = {}): InstanceSeen => ({
  account,
  region,
  status: 'CURRENT',
  detail: 'SUCCEEDED',
  reason: null,
  ...other,
});
const [A, B] = ['222233334444', '333344445555'];
const COMPLETE = [A, B].flatMap((account) => ['us-east-1', 'eu-west-1'].map((region) => instance(account, region)));
const PREFERENCES =
  '--operation-preferences RegionConcurrencyType=PARALLEL,FailureTolerancePercentage=100,MaxConcurrentPercentage=100 --region us-east-1';

const run = (
  instances: InstanceSeen[] | null,
  other: Partial<HealthEdges> = {},
  expectation: Partial<Expectation> = {},
) => forwarders.run(look({ instances: async () => instances, ...other }, expectation));

test('are well when every account has a current one in every Region', async () => {
  expect(await run(COMPLETE)).toMatchObject([
    { subject: 'instances', status: 'ok', saw: { kind: 'forwarders-current', instances: 4 } },
    { subject: 'accounts', status: 'ok', saw: { kind: 'accounts-covered', accounts: 2, regions: 2 } },
  ]);
});

test('one that is not current is named with its account, Region and reason, and updated', async () => {
  const reason = 'Account 222233334444 should have a role';
  const [broken] = await run([
    ...COMPLETE.slice(1),
    instance(A, 'us-east-1', { status: 'OUTDATED', detail: 'FAILED', reason }),
  ]);

  expect(broken).toMatchObject({
    status: 'failed',
    saw: {
      kind: 'forwarders-broken',
      broken: {
        count: 1,
        list: [{ account: A, name: 'Security', region: 'us-east-1', status: 'OUTDATED (FAILED)', reason }],
      },
    },
    mend: [
      `aws cloudformation update-stack-set --use-previous-template --capabilities CAPABILITY_IAM --stack-set-name trailmend-forwarders --deployment-targets OrganizationalUnitIds=r-abcd,Accounts=${A},AccountFilterType=INTERSECTION --regions us-east-1 ${PREFERENCES}`,
    ],
  });
});

test('one that StackSets cannot work with is forgotten and made anew', async () => {
  const [broken] = await run([...COMPLETE.slice(1), instance(A, 'us-east-1', { status: 'INOPERABLE' })]);

  expect(broken?.mend.map((command) => command.split(' ').slice(2, 4).join(' '))).toEqual([
    'delete-stack-instances --retain-stacks',
    'create-stack-instances --stack-set-name',
  ]);
});

test('those that StackSets is working on are neither well nor failed', async () => {
  const [under] = await run([
    ...COMPLETE.slice(1),
    instance(A, 'us-east-1', { status: 'OUTDATED', detail: 'RUNNING' }),
  ]);

  expect(under).toMatchObject({ status: 'not-checked', saw: { kind: 'forwarders-under-way', under: 1, instances: 4 } });
});

test('those of a closed account, which nobody can update, are left out', async () => {
  const accounts = async () => [member(A), { ...member(B), isActive: false }];
  const skipped = instance(B, 'us-east-1', { status: 'OUTDATED', detail: 'SKIPPED_SUSPENDED_ACCOUNT' });
  const ofNobody = instance('444455556666', 'us-east-1', { status: 'INOPERABLE' });
  const instances = [...COMPLETE.slice(0, 2), skipped, ofNobody];

  expect((await run(instances, { accounts }))[0]).toMatchObject({
    subject: 'instances',
    status: 'ok',
    saw: { kind: 'forwarders-current', instances: 2 },
  });
  expect((await run([...COMPLETE.slice(0, 3), skipped]))[0]).toMatchObject({
    status: 'failed',
    saw: { broken: { list: [{ account: B, status: 'OUTDATED (SKIPPED_SUSPENDED_ACCOUNT)' }] } },
  });
});

test.each([
  'STS is not activated in this region for account:222233334444. Your account administrator can activate STS.',
  'RegionDisabledException: no',
  'Account 222233334444 has not opted in to region ap-east-1',
  'The region ap-east-1 is disabled for this account',
])('a Region that an account has not enabled is neither well nor failed: %s', async (reason) => {
  const disabled = instance(A, 'ap-east-1', { status: 'OUTDATED', detail: 'FAILED', reason });
  const [instances, regions, accounts, ...others] = await run([...COMPLETE, disabled]);

  expect([instances, accounts]).toMatchObject([
    { subject: 'instances', status: 'ok', saw: { kind: 'forwarders-current', instances: 4 } },
    { subject: 'accounts', status: 'ok' },
  ]);
  expect(regions).toMatchObject({
    subject: 'regions',
    status: 'not-checked',
    saw: {
      kind: 'forwarders-regions-disabled',
      accounts: { list: [{ account: A, regions: ['ap-east-1'] }], count: 1 },
    },
    mend: [expect.stringMatching(/^aws cloudformation update-stack-set .* --regions ap-east-1 /)],
  });
  expect(regions && isExpected(regions.saw)).toBe(false);
  expect(others).toEqual([]);
});

test.each([
  ['ap-east-1', 'ResourceLogicalId:Queue, a policy of the organization denies sqs:CreateQueue in this region'],
  ['ap-east-1', null],
  ['eu-west-1', 'STS is not activated in this region for account:222233334444.'],
])('any other failure in %s fails: %s', async (region, reason) => {
  const [instances] = await run([instance(A, region, { status: 'OUTDATED', detail: 'FAILED', reason })]);

  expect(instances).toMatchObject({ status: 'failed', saw: { kind: 'forwarders-broken' } });
});

test('accounts without one are named with the Regions, and get them', async () => {
  const [, uncovered] = await run(COMPLETE.filter(({ account, region }) => account === A && region === 'us-east-1'));

  expect(uncovered).toMatchObject({
    status: 'failed',
    saw: {
      kind: 'accounts-uncovered',
      accounts: {
        count: 2,
        list: [
          { account: A, name: 'Security', regions: ['eu-west-1'] },
          { account: B, name: null, regions: ['us-east-1', 'eu-west-1'] },
        ],
      },
    },
    mend: [
      `aws cloudformation create-stack-instances --stack-set-name trailmend-forwarders --deployment-targets OrganizationalUnitIds=r-abcd,Accounts=${A},${B},AccountFilterType=INTERSECTION --regions eu-west-1 us-east-1 ${PREFERENCES}`,
    ],
  });
});

test.each<[string, Partial<HealthEdges>, Partial<Expectation>]>([
  ['is suspended', { accounts: async () => [{ ...member(A), isActive: false }] }, {}],
  ['has joined just now', { accounts: async () => [member(A, null, NOW - 60_000)] }, {}],
  ['is the management account', { accounts: async () => [member('111122223333')] }, {}],
  ['is left out', { accounts: async () => [member(A)] }, { accountFilter: { exclude: [A] } }],
  ['is not among those named', { accounts: async () => [member(A)] }, { accountFilter: { include: [B] } }],
])('an account needs none when it %s', async (_what, other, expectation) => {
  const [, uncovered] = await run([], other, expectation);

  expect(uncovered).toMatchObject({ status: 'ok', saw: { kind: 'accounts-covered', accounts: 0 } });
});

test('accounts of organizational units, and of the units below them, are found', async () => {
  const accountsOf: Record<string, string> = { 'ou-abcd-aaaaaaaa': A, 'ou-abcd-bbbbbbbb': B };
  const other = {
    accountsIn: async (parent: string) => [member(accountsOf[parent] ?? '')],
    unitsIn: async (parent: string) => (parent === 'ou-abcd-aaaaaaaa' ? ['ou-abcd-bbbbbbbb'] : []),
  };

  const [, uncovered] = await run([], other, { organizationalUnits: ['ou-abcd-aaaaaaaa'] });
  expect(uncovered?.saw).toMatchObject({ accounts: { list: [{ account: A }, { account: B }] } });
});

test('a thousand accounts in 17 Regions: all in the verdict, a command that one can still copy', async () => {
  const accounts = Array.from({ length: 1_000 }, (_, at) => member(String(200_000_000_000 + at)));
  const regions = Array.from({ length: 17 }, (_, at) => `eu-west-${at}`);

  const [, uncovered] = await run([], { accounts: async () => accounts }, { regions });
  expect(uncovered?.saw).toMatchObject({ accounts: { count: 1_000, list: { length: 1_000 } } });
  expect(uncovered?.mend[0]).toContain(' --deployment-targets OrganizationalUnitIds=r-abcd --regions eu-west-0 ');
});

test('a StackSet that is gone is deployed again, and no account is said to have a forwarder', async () => {
  const mend = ['npx cdk deploy TrailmendMembers'];

  expect(await run(null)).toMatchObject([
    { subject: 'instances', status: 'failed', saw: { kind: 'no-stack-set' }, mend },
    { subject: 'accounts', status: 'not-checked', saw: { kind: 'no-stack-set' }, mend },
  ]);
});

test('are not asked for without a StackSet', async () => {
  expect(await run([], {}, { stackSetName: null })).toMatchObject([
    { status: 'not-checked', saw: { kind: 'not-asked-for', setting: 'organizationalUnits' } },
  ]);
});

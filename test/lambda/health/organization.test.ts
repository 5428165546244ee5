import { CHECKS } from '../../../lambda/health/checks';
import type { HealthEdges } from '../../../lambda/health/edges';
import type { Expectation } from '../../../lambda/health/expectation';
import { EXPECTATION, look } from '../../support/health';

const ORGANIZATION = { id: 'o-exampleorgid', managementAccount: '111122223333', featureSet: 'ALL' };

/** Verdicts as `<subject> <status> <kind>`, and the first command. */
async function run(id: string, other: Partial<HealthEdges> = {}, expectation: Partial<Expectation> | null = {}) {
  const check = CHECKS.find((each) => each.id === id);
  const verdicts = (await check?.run(look(other, expectation))) ?? [];
  return verdicts.map(({ subject, status, saw, mend }) => [`${subject} ${status} ${saw.kind}`.trim(), mend[0] ?? null]);
}

const organization = (other: object | null) => ({ organization: async () => other && { ...ORGANIZATION, ...other } });

test.each<[string, Partial<HealthEdges>, Partial<Expectation> | null, string, string | null]>([
  ['the management account', {}, {}, 'ok management-account', null],
  ['the management account before deployment', {}, null, 'ok management-account', null],
  [
    'a member account',
    { callerAccount: async () => '222233334444' },
    null,
    'failed member-account',
    'trailmend doctor --profile <profile of account 111122223333>',
  ],
  [
    'another account than that of the deployment',
    { callerAccount: async () => '222233334444' },
    {},
    'failed another-deployment',
    'trailmend doctor --profile <profile of account 111122223333>',
  ],
  [
    'no organization',
    organization(null),
    null,
    'failed no-organization',
    'aws organizations create-organization --feature-set ALL',
  ],
  ['no organization, and none asked for', organization(null), { organizationId: null }, 'ok single-account', null],
  [
    'another organization than that of the settings',
    organization({ id: 'o-otherorgid' }),
    {},
    'failed another-organization',
    'npx cdk deploy --all -c trailmend.organizationId=o-otherorgid',
  ],
])('account: %s', async (_what, other, expectation, verdict, command) => {
  expect(await run('account', other, expectation)).toEqual([[verdict, command]]);
});

test('all features', async () => {
  expect(await run('all-features')).toEqual([['ok all-features', null]]);
  expect(await run('all-features', organization({ featureSet: 'CONSOLIDATED_BILLING' }))).toEqual([
    ['failed few-features', 'aws organizations enable-all-features'],
  ]);
  expect(await run('all-features', organization(null))).toEqual([['not-checked not-in-organization', null]]);
});

test('trusted access', async () => {
  expect(await run('trusted-access')).toEqual([['ok service-trusted', null]]);
  expect(await run('trusted-access', { trustedServices: async () => ['sso.amazonaws.com'] })).toEqual([
    [
      'failed service-not-trusted',
      'aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com',
    ],
  ]);
  expect(await run('trusted-access', organization(null))).toEqual([['not-checked not-in-organization', null]]);
});

test.each([
  [{}, 'failed service-not-trusted'],
  [null, 'not-checked needed-for-members'],
])('StackSets access, deployed and before: %j', async (expectation, without) => {
  const none = { trustedServices: async () => [] };

  expect(await run('stack-sets-access', {}, expectation)).toEqual([['ok service-trusted', null]]);
  expect(await run('stack-sets-access', none, expectation)).toEqual([
    [without, 'aws cloudformation activate-organizations-access --region us-east-1'],
  ]);
});

test('StackSets access is not asked for without organizational units', async () => {
  expect(await run('stack-sets-access', {}, { organizationalUnits: [] })).toEqual([
    ['not-checked not-asked-for', null],
  ]);
});

describe('roles', () => {
  const [first, second] = ['AWSServiceRoleForCloudTrail', 'AWSServiceRoleForCloudTrailEventContext'];
  const absent = { hasRole: async () => false };
  const nobody = { delegatedAdministrators: async () => [] };
  const create = 'aws iam create-service-linked-role --aws-service-name cloudtrail.amazonaws.com';

  test('are there', async () => {
    expect(await run('roles')).toEqual([
      [`${first} ok role-there`, null],
      [`${second} ok role-there`, null],
    ]);
  });

  test('the first is missed when a delegated administrator is registered, the second never', async () => {
    expect(await run('roles', absent)).toEqual([
      [`${first} failed role-missing`, create],
      [`${second} ok role-not-needed`, null],
    ]);
  });

  test('the first is missed when trusted access is on', async () => {
    expect((await run('roles', { ...absent, ...nobody }))[0]).toEqual([`${first} failed role-missing`, create]);
  });

  test('none is missed when nothing needs it', async () => {
    const other = { ...absent, ...nobody, trustedServices: async () => [] };
    expect((await run('roles', other))[0]).toEqual([`${first} ok role-not-needed`, null]);
  });

  test('one that cannot be looked at does not hide the other', async () => {
    const hasRole = async (name: string) => {
      if (name === first) {
        throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      }
      return true;
    };
    expect((await run('roles', { hasRole })).map(([verdict]) => verdict)).toEqual([
      `${first} not-checked could-not-look`,
      `${second} ok role-there`,
    ]);
  });

  test('there is one only in AWS GovCloud, and none without an organization', async () => {
    expect(await run('roles', {}, { ...EXPECTATION, partition: 'aws-us-gov' })).toHaveLength(1);
    expect(await run('roles', organization(null))).toEqual([['not-checked not-in-organization', null]]);
  });
});

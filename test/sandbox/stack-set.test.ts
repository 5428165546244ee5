import { Clock } from '../../sandbox/clock';
import { deploy } from '../../sandbox/cloudformation/deploy';
import { HUB } from '../../sandbox/organization/accounts';
import { LocalOrganization } from '../../sandbox/organization/local-organization';
import type { Sandbox } from '../../sandbox/sandbox';
import { openSmall, smallApp, stackSetProperties } from './small-organization';

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

async function instancesWith(change: object): Promise<string[]> {
  sandbox = await openSmall(smallApp({ ...stackSetProperties, ...change }));
  const { instances = [] } = sandbox.deployment.stackSets.get('trailmend-forwarders') ?? {};
  return instances.map(({ place, status }) => `${place.account} ${place.region} ${status}`);
}

const group = (targets: object) => ({
  StackInstancesGroup: [
    { Regions: ['eu-west-1'], DeploymentTargets: { OrganizationalUnitIds: ['r-exam'], ...targets } },
  ],
});

test('a stack set has a current stack in every member and Region, and none in the management account', async () => {
  const instances = await instancesWith({});

  expect(instances).toHaveLength(12 * 3);
  expect(new Set(instances.map((text) => text.split(' ')[2]))).toEqual(new Set(['CURRENT']));
  expect(instances.filter((text) => text.startsWith(HUB.account))).toEqual([]);
});

test('knows the account filters', async () => {
  const Accounts = ['333344445555'];

  expect(await instancesWith(group({ Accounts, AccountFilterType: 'INTERSECTION' }))).toEqual([
    '333344445555 eu-west-1 CURRENT',
  ]);
  await sandbox?.close();
  expect(await instancesWith(group({ Accounts, AccountFilterType: 'DIFFERENCE' }))).toHaveLength(11);
});

test.each<[string, object, string]>([
  ['without the capability', { Capabilities: [] }, 'Requires capabilities : [CAPABILITY_IAM]'],
  ['of roles that somebody made', { PermissionModel: 'SELF_MANAGED' }, 'only SERVICE_MANAGED is known here'],
  [
    'for a unit that does not exist',
    group({ OrganizationalUnitIds: ['ou-exam-1'] }),
    'the organization has no ou-exam-1',
  ],
  [
    'with a filter that AWS does not know',
    group({ AccountFilterType: 'SOME' }),
    'does not know this AccountFilterType',
  ],
])('a stack set %s cannot be deployed', async (_, change, message) => {
  await expect(instancesWith(change)).rejects.toThrow(message);
});

test('a stack set cannot be deployed when Organizations does not trust it', () => {
  const organization = new LocalOrganization();
  organization.trustedServices.delete('member.org.stacksets.cloudformation.amazonaws.com');

  expect(() => deploy(smallApp(), organization, new Clock())).toThrow(
    'Organizations does not trust member.org.stacksets',
  );
});

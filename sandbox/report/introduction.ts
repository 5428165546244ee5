import type { Deployment } from '../cloudformation/deployment';
import { ACCOUNTS, DELEGATED_ADMINISTRATOR, HUB, MEMBERS, ORGANIZATION_ID, REGIONS } from '../organization/accounts';
import { counted, type Paint, wrapped } from './text-layout';

const INDENT = '   ';

/** Who takes part, before anything is deployed. */
export function introduction(remediation: string, paint: Paint): string {
  const accounts = Object.entries(ACCOUNTS).map(([id, name]) => `${INDENT}${id}  ${name}${ROLES[id] ?? ''}`);
  const others = MEMBERS.filter((id) => !(id in ACCOUNTS)).length;
  const mode = remediation === 'auto' ? 'auto: missing roles are created' : 'observe: nothing is changed';
  return [
    paint('bold', `Trailmend in a local organization (${ORGANIZATION_ID}): no AWS account is involved`),
    ...accounts,
    `${INDENT}and ${counted(others, 'account')} of teams; Regions ${REGIONS.join(', ')}`,
    paint('dim', `${INDENT}The synthesized stacks and the bundled functions really run. Remediation is ${mode}.`),
  ].join('\n');
}

const ROLES: Readonly<Record<string, string>> = {
  [HUB.account]: ', where Trailmend is deployed',
  [DELEGATED_ADMINISTRATOR]: ', delegated administrator',
};

/** What was deployed where: the hub, and the forwarders that send to it. */
export function deployedWhere({ stacks, stackSets }: Deployment, paint: Paint): string {
  const sets = [...stackSets.values()];
  const own = stacks.filter(({ at }) => at.account === HUB.account && at.region !== HUB.region);
  const ofMembers = sets.map(({ name, instances }) => {
    const number = (values: readonly string[]) => new Set(values).size;
    const accounts = counted(number(instances.map(({ place }) => place.account)), 'member account');
    const regions = counted(number(instances.map(({ place }) => place.region)), 'Region');
    return `by the StackSet ${name} in ${accounts}, ${regions} each`;
  });
  const ownRegions =
    own.length > 0 ? [`of the management account in ${own.map(({ at }) => at.region).join(', ')}`] : [];
  const forwarders = [...ownRegions, ...ofMembers].join('; ') || 'none';
  return paint('dim', wrapped(`Hub in ${HUB.region}. Forwarders: ${forwarders}.`, INDENT));
}

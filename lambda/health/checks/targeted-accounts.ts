import { each } from '../each';
import type { HealthEdges, MemberSeen } from '../edges';
import type { DeployedLook } from '../of-deployment';

/**
 * The accounts that should have forwarders. StackSets never deploys to the management account, and deploys to child units.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export async function targetedAccounts({ aws, expectation }: DeployedLook): Promise<MemberSeen[]> {
  const { organizationalUnits, accountFilter, managementAccount } = expectation;
  const all = organizationalUnits.some((unit) => unit.startsWith('r-'))
    ? await aws.accounts()
    : (await each(organizationalUnits, (unit) => accountsBelow(unit, aws))).flat();
  const { include, exclude = [] } = accountFilter ?? {};
  const seen = new Map(all.map((account) => [account.id, account]));
  return [...seen.values()].filter(
    ({ id, isActive }) =>
      isActive && id !== managementAccount && (include?.includes(id) ?? true) && !exclude.includes(id),
  );
}

/** Organizations nests units five levels deep at most. */
async function accountsBelow(parent: string, aws: HealthEdges): Promise<MemberSeen[]> {
  const [accounts, units] = await Promise.all([aws.accountsIn(parent), aws.unitsIn(parent)]);
  const below = await each(units, (unit) => accountsBelow(unit, aws), 2);
  return [...accounts, ...below.flat()];
}

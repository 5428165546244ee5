import type { Verdict } from '../check';
import type { InstanceSeen, MemberSeen } from '../edges';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { type BrokenInstance, many, type UncoveredAccount } from '../saw';
import { aboutHub, failed, lookAt, notChecked, ok } from '../verdict';
import { isOfDisabledRegion } from './disabled-regions';
import { createInstances, replaceInstances, updateInstances } from './stack-set-commands';
import { targetedAccounts } from './targeted-accounts';

/** Names of accounts by their ids. */
type Names = ReadonlyMap<string, string | null>;

/** How long StackSets may take to give an account that joins its forwarders. */
const JOINING_MS = 3_600_000;

/**
 * Every targeted account has a forwarder in every Region, and each is current. The StackSet tolerates all failures, so
 * that one account fails no deployment: they are seen here only.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstanceSummary.html
 */
export const forwarders = ofDeployment('forwarders', async (look) => {
  const { stackSetName, homeRegion } = look.expectation;
  const [about, ofAccounts] = ['instances', 'accounts'].map((subject) => aboutHub('forwarders', look, subject));
  if (about === undefined || ofAccounts === undefined || stackSetName === null) {
    const saw = { kind: 'not-asked-for', setting: 'organizationalUnits' } as const;
    return [notChecked(aboutHub('forwarders', look, 'instances'), saw)];
  }
  const instances = await look.aws.instances(stackSetName, homeRegion);
  if (instances === null) {
    const saw = { kind: 'no-stack-set', name: stackSetName } as const;
    const mend = ['npx cdk deploy TrailmendMembers'];
    // Without a word about the accounts, an open incident of theirs would be taken for over.
    return [failed(about, saw, mend), notChecked(ofAccounts, saw, mend)];
  }
  return [
    await lookAt(about, async () => verdictsOfInstances(instances, await openAccounts(look), look)),
    await lookAt(ofAccounts, async () => verdictOfAccounts(instances, await targetedAccounts(look), look)),
  ].flat();
});

/** Accounts that are not closed, with their names: in closed ones nobody can update anything, and nothing is called. */
async function openAccounts({ aws }: DeployedLook): Promise<Names> {
  return new Map((await aws.accounts()).flatMap(({ id, name, isActive }) => (isActive ? [[id, name]] : [])));
}

function verdictsOfInstances(all: readonly InstanceSeen[], names: Names, look: DeployedLook): Verdict[] {
  const instances = all.filter(({ account }) => names.has(account));
  const others = instances.filter(({ status }) => status !== 'CURRENT');
  const under = others.filter(({ detail }) => detail === 'PENDING' || detail === 'RUNNING');
  const disabled = others.filter((instance) => !under.includes(instance) && isOfDisabledRegion(instance));
  const broken = others.filter((instance) => !under.includes(instance) && !disabled.includes(instance));
  const count = instances.length - disabled.length;
  const about = aboutHub('forwarders', look, 'instances');
  const regions = disabled.length > 0 ? [verdictOfDisabled(disabled, names, look)] : [];
  if (broken.length > 0) {
    const saw = many(broken.map((instance) => brokenOf(instance, names)).sort(byPlace));
    const mend = mendOf(broken, look);
    return [failed(about, { kind: 'forwarders-broken', broken: saw, instances: count }, mend), ...regions];
  }
  return under.length > 0
    ? [notChecked(about, { kind: 'forwarders-under-way', under: under.length, instances: count }), ...regions]
    : [ok(about, { kind: 'forwarders-current', instances: count }), ...regions];
}

/** A verdict of its own, so that it keeps no incident about other instances open. */
function verdictOfDisabled(disabled: readonly InstanceSeen[], names: Names, look: DeployedLook): Verdict {
  const accounts = [...new Set(disabled.map(({ account }) => account))].sort().map((account) => ({
    account,
    name: names.get(account) ?? null,
    regions: disabled.filter((instance) => instance.account === account).map(({ region }) => region),
  }));
  const saw = { kind: 'forwarders-regions-disabled', accounts: many(accounts) } as const;
  return notChecked(aboutHub('forwarders', look, 'regions'), saw, mendOf(disabled, look));
}

function mendOf(instances: readonly InstanceSeen[], { expectation }: DeployedLook): string[] {
  const isInoperable = ({ status }: InstanceSeen) => status === 'INOPERABLE';
  return [
    ...updateInstances(
      instances.filter((instance) => !isInoperable(instance)),
      expectation,
    ),
    ...replaceInstances(instances.filter(isInoperable), expectation),
  ];
}

function brokenOf(instance: InstanceSeen, names: Names): BrokenInstance {
  const { account, region, status, detail, reason } = instance;
  const said = detail === null ? status : `${status} (${detail})`;
  return { account, name: names.get(account) ?? null, region, status: said, reason: reason ?? '' };
}

function byPlace(one: BrokenInstance, other: BrokenInstance): number {
  return `${one.account} ${one.region}` < `${other.account} ${other.region}` ? -1 : 1;
}

function verdictOfAccounts(
  instances: readonly InstanceSeen[],
  accounts: readonly MemberSeen[],
  look: DeployedLook,
): Verdict {
  const { regions } = look.expectation;
  const about = aboutHub('forwarders', look, 'accounts');
  const covered = new Set(instances.map(({ account, region }) => `${account} ${region}`));
  const settled = accounts.filter(({ joinedAt }) => joinedAt === null || joinedAt < look.now() - JOINING_MS);
  const uncovered: UncoveredAccount[] = settled.flatMap(({ id, name }) => {
    const missing = regions.filter((region) => !covered.has(`${id} ${region}`));
    return missing.length === 0 ? [] : [{ account: id, name, regions: missing }];
  });
  return uncovered.length === 0
    ? ok(about, { kind: 'accounts-covered', accounts: settled.length, regions: regions.length })
    : failed(
        about,
        { kind: 'accounts-uncovered', accounts: many(uncovered) },
        createInstances(uncovered, look.expectation),
      );
}

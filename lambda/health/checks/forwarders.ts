import type { Verdict } from '../check';
import type { InstanceSeen, MemberSeen } from '../edges';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { type BrokenInstance, many, type UncoveredAccount } from '../saw';
import { aboutHub, failed, lookAt, notChecked, ok } from '../verdict';
import { createInstances, replaceInstances, updateInstances } from './stack-set-commands';
import { targetedAccounts } from './targeted-accounts';

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
    await lookAt(about, async () => verdictOfInstances(instances, await namesOf(look), look)),
    await lookAt(ofAccounts, async () => verdictOfAccounts(instances, await targetedAccounts(look), look)),
  ];
});

async function namesOf({ aws }: DeployedLook): Promise<ReadonlyMap<string, string | null>> {
  return new Map((await aws.accounts()).map(({ id, name }) => [id, name]));
}

function verdictOfInstances(
  instances: readonly InstanceSeen[],
  names: ReadonlyMap<string, string | null>,
  look: DeployedLook,
): Verdict {
  const about = aboutHub('forwarders', look, 'instances');
  const others = instances.filter(({ status }) => status !== 'CURRENT');
  const under = others.filter(({ detail }) => detail === 'PENDING' || detail === 'RUNNING');
  const broken = others.filter((instance) => !under.includes(instance));
  if (broken.length > 0) {
    const saw = broken.map((instance) => brokenOf(instance, names)).sort(byPlace);
    return failed(about, { kind: 'forwarders-broken', broken: many(saw), instances: instances.length }, [
      ...updateInstances(
        broken.filter(({ status }) => status !== 'INOPERABLE'),
        look.expectation,
      ),
      ...replaceInstances(
        broken.filter(({ status }) => status === 'INOPERABLE'),
        look.expectation,
      ),
    ]);
  }
  const count = instances.length;
  return under.length > 0
    ? notChecked(about, { kind: 'forwarders-under-way', under: under.length, instances: count })
    : ok(about, { kind: 'forwarders-current', instances: count });
}

function brokenOf(instance: InstanceSeen, names: ReadonlyMap<string, string | null>): BrokenInstance {
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

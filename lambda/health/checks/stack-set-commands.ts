import { word } from '../commands';
import type { Expectation } from '../expectation';

/** Where instances are, or should be. */
type Where = { readonly account: string; readonly region?: string; readonly regions?: readonly string[] };

/** More accounts than this are not named one by one: everything that is targeted is done again, which changes nothing that is well. */
const NAMED = 20;

const PREFERENCES =
  '--operation-preferences RegionConcurrencyType=PARALLEL,FailureTolerancePercentage=100,MaxConcurrentPercentage=100';

/** Does the last update again where it failed. */
export function updateInstances(where: readonly Where[], expectation: Expectation): string[] {
  const command = 'update-stack-set --use-previous-template --capabilities CAPABILITY_IAM';
  return where.length === 0 ? [] : [commandOf(command, where, expectation, PREFERENCES)];
}

/** Makes the instances that there should be. */
export function createInstances(where: readonly Where[], expectation: Expectation): string[] {
  return where.length === 0 ? [] : [commandOf('create-stack-instances', where, expectation, PREFERENCES)];
}

/**
 * Forgets instances that StackSets cannot work with any more, and makes them anew. Their stacks stay and have to be deleted
 * by hand in their accounts first.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html
 */
export function replaceInstances(where: readonly Where[], expectation: Expectation): string[] {
  return where.length === 0
    ? []
    : [
        commandOf('delete-stack-instances --retain-stacks', where, expectation, PREFERENCES),
        ...createInstances(where, expectation),
      ];
}

function commandOf(command: string, where: readonly Where[], expectation: Expectation, options: string): string {
  const { stackSetName, homeRegion } = expectation;
  const regions = [...new Set(where.flatMap(({ region, regions = [] }) => [...regions, ...(region ? [region] : [])]))];
  return [
    `aws cloudformation ${command} --stack-set-name ${word(stackSetName ?? '')}`,
    `--deployment-targets ${targets([...new Set(where.map(({ account }) => account))], expectation)}`,
    `--regions ${regions.sort().map(word).join(' ')}`,
    options,
    `--region ${word(homeRegion)}`,
  ].join(' ');
}

/** Accounts are named together with their units, as service-managed StackSets want it. */
function targets(accounts: readonly string[], { organizationalUnits, accountFilter }: Expectation): string {
  const units = `OrganizationalUnitIds=${organizationalUnits.map(word).join(',')}`;
  if (accounts.length <= NAMED) {
    return `${units},Accounts=${accounts.map(word).join(',')},AccountFilterType=INTERSECTION`;
  }
  const { include, exclude } = accountFilter ?? {};
  const filter = include ? 'INTERSECTION' : 'DIFFERENCE';
  const filtered = include ?? exclude;
  return filtered ? `${units},Accounts=${filtered.map(word).join(',')},AccountFilterType=${filter}` : units;
}

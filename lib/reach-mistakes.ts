import { globalServicesRegion } from '../lambda/denial/arn';
import { partitionOf } from './partitions';

/** What the mistakes below look at. Null is a setting that is wrong by itself, of which nothing more is said. */
export type Reach = {
  readonly organizationId?: string | null;
  readonly homeRegion?: string | null;
  readonly regions: readonly string[] | null;
  readonly organizationalUnits: readonly string[] | null;
  readonly autoDeployment: boolean | null;
  readonly accountFilter?: object | null;
};

/**
 * What settings about accounts and Regions have wrong together although each is right by itself: one sentence each, with the
 * value seen and what is allowed.
 */
export function reachMistakes(reach: Reach): string[] {
  return [
    ...missingHome(reach),
    ...regionMistakes(reach),
    ...memberMistakes(reach),
    ...filterMistakes(reach),
    ...tooLong(reach),
  ];
}

/** Longest lists together, as JSON: a function's environment has 4 KB, and the probe's has as much again of ARNs and names. */
const LONGEST = 2_000;

function tooLong({ regions, organizationalUnits, accountFilter }: Reach): string[] {
  const { length } = JSON.stringify([regions, organizationalUnits, accountFilter ?? null]);
  return length <= LONGEST
    ? []
    : [
        `regions, organizationalUnits and accountFilter: ${length} characters together as JSON are not allowed; give at most ${LONGEST}: name larger units, or filter fewer accounts by moving them into a unit of their own`,
      ];
}

const seen = (name: string, value: unknown) => `${name}: ${JSON.stringify(value)} is not allowed`;

function missingHome({ homeRegion, ...others }: Reach): string[] {
  const given = (['regions', 'organizationalUnits'] as const).filter((name) => others[name]?.length !== 0);
  return homeRegion === undefined && given.length > 0
    ? [`homeRegion: is missing; give the Region of the hub, which ${given.join(' and ')} need: forwarders send there`]
    : [];
}

function regionMistakes({ homeRegion, regions }: Reach): string[] {
  if (!homeRegion || regions === null) {
    return [];
  }
  const partition = String(partitionOf(homeRegion));
  const foreign = regions.filter((region) => partitionOf(region) !== partition);
  const needed = globalServicesRegion(partition);
  const mistakes = [];
  if (regions.includes(homeRegion)) {
    mistakes.push(`${seen('regions', regions)}; leave out ${homeRegion}, the home Region, which is heard anyway`);
  }
  if (foreign.length > 0) {
    const where = foreign.map((region) => `${region} (${partitionOf(region)})`).join(', ');
    mistakes.push(
      `${seen('regions', regions)}; give Regions of one partition: ${homeRegion} is in ${partition}, not so ${where}`,
    );
  }
  if (needed !== undefined && ![homeRegion, ...regions].includes(needed)) {
    mistakes.push(
      `${seen('regions', regions)} with the home Region ${homeRegion}; add ${needed}, where IAM, Organizations and other global services are recorded`,
    );
  }
  return mistakes;
}

function memberMistakes({ organizationId, homeRegion, organizationalUnits }: Reach): string[] {
  if (organizationalUnits === null || organizationalUnits.length === 0) {
    return [];
  }
  const units = seen('organizationalUnits', organizationalUnits);
  const mistakes = [];
  if (organizationId === undefined) {
    mistakes.push(`${units} without organizationId; give that too, else the bus would admit no member`);
  }
  if (organizationalUnits.length > 1 && organizationalUnits.some((id) => id.startsWith('r-'))) {
    mistakes.push(`${units}; give the root alone, since it holds every unit`);
  }
  // https://docs.amazonaws.cn/en_us/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
  if (homeRegion && partitionOf(homeRegion) === 'aws-cn') {
    mistakes.push(`${units} in ${homeRegion}; leave it out: StackSets reach no organization in the China Regions`);
  }
  return mistakes;
}

function filterMistakes({ organizationalUnits, autoDeployment, accountFilter }: Reach): string[] {
  if (!accountFilter) {
    return [];
  }
  const filter = seen('accountFilter', accountFilter);
  const mistakes = [];
  if (autoDeployment) {
    mistakes.push(
      `${filter} while autoDeployment is true; set that to false or leave the filter out: to accounts that join, StackSets deploy whatever the filter says`,
    );
  }
  if (organizationalUnits?.length === 0) {
    mistakes.push(`${filter} without organizationalUnits; give those, which it filters`);
  }
  return mistakes;
}

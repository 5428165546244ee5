import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Every Region that the installed aws-cdk-lib knows. */
export const REGIONS: readonly string[] = RegionInfo.regions.map(({ name }) => name);

/** Partition of a Region, such as `aws`. */
export function partitionOf(region: string): string | undefined {
  return RegionInfo.get(region).partition;
}

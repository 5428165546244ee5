import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Every Region that the installed aws-cdk-lib knows. */
export const REGIONS: readonly string[] = RegionInfo.regions.map(({ name }) => name);

/**
 * Where calls to global services (IAM, Organizations, the global endpoint of STS) are recorded, by partition. Of other
 * partitions no document says it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-ct.html
 */
const GLOBAL_SERVICES_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Partition of a Region, such as `aws`. */
export function partitionOf(region: string): string | undefined {
  return RegionInfo.get(region).partition;
}

/** Region in which a partition records calls to global services; undefined where no document says it. */
export function globalServicesRegion(partition: string): string | undefined {
  return GLOBAL_SERVICES_REGIONS[partition];
}

/** The fields of an ARN; `region` and `account` are empty where the service has none. */
export type ArnParts = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** Splits an ARN; null when `text` is none. */
export function arnParts(text: string | null): ArnParts | null {
  if (!text?.startsWith('arn:')) {
    return null;
  }
  const [, partition = '', service = '', region = '', account = '', ...resource] = text.split(':');
  return partition && service && resource.length > 0
    ? { partition, service, region, account, resource: resource.join(':') }
    : null;
}

/** The partition that a Region belongs to, by its name. */
export function partitionOfRegion(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}

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

/** Region in which a partition records calls to global services; undefined where no document says it. */
export function globalServicesRegion(partition: string): string | undefined {
  return GLOBAL_SERVICES_REGIONS[partition];
}

/** Whether `text` is an ARN without characters that mean something else in a policy or on a command line. */
export function isPlainArn(text: string): boolean {
  return /^arn:aws[a-z-]*:[\w-]+:[\w-]*:(?:\d{12}|aws|\*)?:[\w+=,.@/:*-]+$/.test(text);
}

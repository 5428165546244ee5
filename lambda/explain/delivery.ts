import type { Denial } from '../denial/denial';

/** What a trail delivers with. */
export type Delivery = 'bucket' | 'topic' | 'key' | 'log-group' | 'role' | 'unknown';

/** What refused CloudTrail, by its code. */
const BY_CODE: readonly (readonly [prefix: string, Delivery])[] = [
  ['InsufficientS3BucketPolicy', 'bucket'],
  ['InsufficientSnsTopicPolicy', 'topic'],
  ['InsufficientEncryptionPolicy', 'key'],
  ['InvalidCloudWatchLogsRoleArn', 'role'],
  ['InvalidCloudWatchLogsLogGroupArn', 'role'],
];

/** What refused CloudTrail, by the service of the refused action. */
const BY_SERVICE: readonly (readonly [prefix: string, Delivery])[] = [
  ['s3:', 'bucket'],
  ['sns:', 'topic'],
  ['kms:', 'key'],
  ['logs:', 'log-group'],
  ['iam:', 'role'],
];

/** Which part of a trail's delivery a denial is about. */
export function deliveryOf({ errorCode, action }: Denial): Delivery {
  const code = BY_CODE.find(([prefix]) => errorCode?.startsWith(prefix));
  const service = BY_SERVICE.find(([prefix]) => action?.toLowerCase().startsWith(prefix));
  return (code ?? service)?.[1] ?? 'unknown';
}

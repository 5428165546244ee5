import type { Denial } from '../denial/denial';
import type { Layer, Reason } from '../denial/parse-message';

/**
 * Codes that show the layer though the message does not state it: the policy of what the trail delivers to, or of the
 * role that CloudTrail assumes.
 */
const SHOWN_BY_CODE: readonly (readonly [prefix: string, Layer])[] = [
  ['VpceAccessDenied', 'vpc-endpoint-policy'],
  ['InsufficientS3BucketPolicy', 'resource-policy'],
  ['InsufficientSnsTopicPolicy', 'resource-policy'],
  ['InsufficientEncryptionPolicy', 'resource-policy'],
  ['InvalidCloudWatchLogsRoleArn', 'role-trust-policy'],
  ['InvalidCloudWatchLogsLogGroupArn', 'identity-policy'],
];

/** Why a call was refused: as the message states it, else as the record's code shows it, else unknown. */
export function reasonOf({ reason, errorCode }: Denial): Reason {
  if (reason.evidence !== 'unknown') {
    return reason;
  }
  const shown = SHOWN_BY_CODE.find(([prefix]) => errorCode?.startsWith(prefix));
  return shown ? { ...reason, layer: shown[1], evidence: 'inferred' } : reason;
}

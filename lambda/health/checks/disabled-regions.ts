import type { InstanceSeen } from '../edges';

/** Regions that no account can disable; every later one is disabled in an account until somebody enables it there. */
const ALWAYS_ENABLED: ReadonlySet<string> = new Set([
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['us-gov-east-1', 'us-gov-west-1'],
]);

/** What CloudFormation passes on from STS; its wording is documented nowhere, and any other is a failure. */
const DISABLED =
  /region\s?disabled|not (been )?(enabled|activated|opted)\b[^.]*\bregion|\bregion\b[^.]*\b(disabled|not (been )?(enabled|activated|opted))\b/i;

/**
 * Whether StackSets could not make an instance since its account has not enabled the Region, as far as its reason says so.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions.html
 */
export function isOfDisabledRegion({ region, reason }: InstanceSeen): boolean {
  return !ALWAYS_ENABLED.has(region) && DISABLED.test(reason ?? '');
}

import { partitionOfRegion } from '../lambda/denial/arn';
import type { LookUp } from '../scan/event-history/look-up';
import { checkedRegions, type EventHistoryOptions } from './event-history-options';
import { clientSettings } from './open-table';

/** CloudTrail as the caller's AWS configuration leads to it. */
export type OpenedCloudTrail = {
  readonly regions: readonly string[];
  /** Asks AWS whose credentials these are. */
  account(): Promise<string>;
  readonly lookUp: LookUp;
};

/**
 * A Region that cannot be reached does not hold the others up. What failed is tried again by the reading itself, at its
 * pace, since each attempt is a call that CloudTrail counts.
 */
const PATIENCE = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
} as const;

/**
 * Opens CloudTrail in the Regions that the options name. Loads the SDK only now: it is large.
 * @throws UsageError when they name no Regions
 */
export async function openCloudTrail({ region, profile }: EventHistoryOptions): Promise<OpenedCloudTrail> {
  // The SDK warns on every Node below 22; who scans the past cannot act on that.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail');
  const { lookUpService } = await import('../scan/event-history/look-up');
  const settings = clientSettings({ profile });
  // One for all clients, so that a profile is logged in to once.
  const { region: configured, credentials } = new STSClient(settings).config;
  const regions = checkedRegions(region ?? [await configured()]);
  const client = (name: string) => new CloudTrailClient({ ...settings, ...PATIENCE, credentials, region: name });
  const clients = new Map(regions.map((name) => [name, client(name)]));
  return {
    regions,
    account: async () => {
      const home = homeOf(regions, await configured().catch(() => null));
      const sts = new STSClient({ ...settings, credentials, region: home });
      return (await sts.send(new GetCallerIdentityCommand({}))).Account ?? '';
    },
    lookUp: (name, query, signal) => lookUpService(clients.get(name) ?? client(name), query, signal),
  };
}

/** Where to ask who the caller is: at home rather than in a Region that may not be enabled, as long as credentials hold there. */
function homeOf(regions: readonly string[], configured: string | null): string {
  const [first = ''] = regions;
  return configured !== null && partitionOfRegion(configured) === partitionOfRegion(first) ? configured : first;
}

import type { Clients } from '../lambda/health/aws/clients';
import type { OpenHealth } from './doctor';
import { clientSettings } from './open-table';

/**
 * How patient the clients are: many Regions are asked at once, so a throttled call waits its turn, and a Region that cannot be
 * reached does not hold the others up.
 */
const PATIENCE = {
  maxAttempts: 5,
  retryMode: 'adaptive',
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
} as const;

/** AWS as the caller's configuration leads to it. Loads the SDK only now: it is large. */
export const openHealth: OpenHealth = async (options) => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { STSClient } = await import('@aws-sdk/client-sts');
  const { healthEdges } = await import('../lambda/health/aws');
  const settings = { ...clientSettings(options), ...PATIENCE };
  const { region, credentials } = new STSClient(settings).config;
  const home = await region();
  let clock: { readonly systemClockOffset: number } | null = null;
  const make: Clients = (service, region) => {
    // One for all clients, so that a profile is logged in to once.
    const client = new service({ ...settings, credentials, region } as { region: string });
    clock = client instanceof STSClient ? client.config : clock;
    return client;
  };
  // The SDK learns from answers how far this machine's clock is off; checks compare with times that AWS wrote.
  const now = () => Date.now() + (clock?.systemClockOffset ?? 0);
  return { aws: healthEdges(make, home), region: home, now };
};

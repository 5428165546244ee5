import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ForwarderStack } from './forwarder-stack';
import { hubBusArn } from './hub-bus';
import { HubStack } from './hub-stack';
import { MembersStack } from './members-stack';
import { partitionOf } from './partitions';
import { checkedSettings, type GivenSettings } from './settings';

/**
 * Every stack of a deployment: the hub, and after it what sends to it, in the other Regions of the management account and in
 * the member accounts.
 * @throws Error that names every mistake in the settings at once
 */
export function createStacks(scope: Construct, given: GivenSettings): void {
  const settings = checkedSettings(given);
  const { homeRegion, regions, organizationalUnits } = settings;
  if (homeRegion === undefined) {
    new HubStack(scope, { settings });
    return;
  }
  const hub = new HubStack(scope, { settings, env: { region: homeRegion } });
  const busArn = hubBusArn(partitionOf(homeRegion) ?? Aws.PARTITION, homeRegion, Aws.ACCOUNT_ID);
  for (const region of regions) {
    const props = { hubBusArn: busArn, env: { region } };
    new ForwarderStack(scope, `TrailmendForwarder-${region}`, props).addStackDependency(hub);
  }
  if (organizationalUnits.length > 0) {
    new MembersStack(scope, { ...settings, homeRegion }).addStackDependency(hub);
  }
}

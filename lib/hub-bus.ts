import { Annotations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Name of the hub bus. Fixed, so that a forwarder elsewhere can form its ARN without reading the hub's stack. */
export const HUB_BUS_NAME = 'trailmend';

/** Why the bus lets others in, by the Sid of the statement; `docs/permissions.md` shows it. */
export const BUS_REASONS = {
  AllowOrganizationToPutEvents:
    'So that forwarders of every account of the organization reach the bus. The rules take `aws.*` sources only, which `PutEvents` refuses.',
} as const;

/** The bus that every forwarder sends to. Without a policy EventBridge takes events of the bus's own account only. */
export class HubBus extends EventBus {
  /** @param organizationId organization whose accounts are admitted */
  constructor(scope: Construct, id: string, organizationId: string | undefined) {
    super(scope, id, { eventBusName: HUB_BUS_NAME, description: 'Trailmend: refused calls of the organization' });
    if (organizationId === undefined) {
      const message =
        'organizationId is not set, so the bus takes events of this account only. ' +
        'To hear the whole organization: -c trailmend.organizationId=o-...';
      Annotations.of(this).addInfo(message);
      return;
    }
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowOrganizationToPutEvents',
        principals: [new StarPrincipal()],
        actions: ['events:PutEvents'],
        resources: [this.eventBusArn],
        conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      }),
    );
  }
}

/** ARN of the hub bus of an account, from anywhere in its partition. */
export function hubBusArn(partition: string, homeRegion: string, account: string): string {
  return `arn:${partition}:events:${homeRegion}:${account}:event-bus/${HUB_BUS_NAME}`;
}

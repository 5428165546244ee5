import { Aws } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Expectation } from '../lambda/health/expectation';
import { STACK_SET_NAME } from './member-forwarders';
import type { NoticeTopic } from './notice-topic';
import type { RefusalQueue } from './refusal-queue';
import type { Settings } from './settings';

/** What there is to expect, besides the settings. */
export type Deployed = {
  readonly bus: IEventBus;
  readonly refusals: RefusalQueue;
  readonly notices: NoticeTopic;
  readonly table: ITableV2;
  readonly responderRole: IRole;
  readonly probeRole: IRole;
  readonly canaryRole: IRole;
};

/** What the deployment should be, once for the probe and for the output that the doctor reads. Values may be tokens. */
export function expectationOf(settings: Settings, deployed: Deployed): Expectation {
  const { homeRegion = Aws.REGION, regions, organizationalUnits } = settings;
  const { refusals, notices } = deployed;
  return {
    stackName: Aws.STACK_NAME,
    managementAccount: Aws.ACCOUNT_ID,
    partition: Aws.PARTITION,
    homeRegion,
    regions: [homeRegion, ...regions],
    organizationId: settings.organizationId ?? null,
    organizationalUnits,
    accountFilter: settings.accountFilter ?? null,
    stackSetName: organizationalUnits.length === 0 ? null : STACK_SET_NAME,
    busArn: deployed.bus.eventBusArn,
    queueUrl: refusals.queue.queueUrl,
    deadLettersUrl: refusals.deadLetters.queueUrl,
    topicArn: notices.topic.topicArn,
    keyArn: notices.key.keyArn,
    tableName: deployed.table.tableName,
    responderRoleArn: deployed.responderRole.roleArn,
    probeRoleArn: deployed.probeRole.roleArn,
    canaryRoleArn: deployed.canaryRole.roleArn,
    emails: settings.emails.length,
    remediation: settings.remediation,
  };
}

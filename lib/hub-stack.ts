import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Forwarder } from './forwarder';
import { IncidentTable } from './incident-table';
import { NoticeTopic } from './notice-topic';
import { Observability } from './observability/observability';
import { RefusalQueue } from './refusal-queue';
import { RefusalRules } from './refusal-rules';
import { RESPONDER_TIMEOUT, Responder } from './responder';
import type { Settings } from './settings';
import { SweepSchedule } from './sweep-schedule';

/** Name of the hub bus. Fixed, so that a forwarder elsewhere can form its ARN without reading this stack. */
export const HUB_BUS_NAME = 'trailmend';

/** Why the bus lets others in, by the Sid of the statement; `docs/permissions.md` shows it. */
export const BUS_REASONS = {
  AllowOrganizationToPutEvents:
    'So that forwarders of every account of the organization reach the bus. The rules take `aws.*` sources only, which `PutEvents` refuses.',
} as const;

/** Id and name of the hub stack. */
const HUB_STACK_NAME = 'TrailmendHub';

/** A stack of the management account, in the home Region. */
export type HubStackProps = StackProps & { readonly settings: Settings };

/**
 * Everything that decides, mends and tells, in the management account's home Region: bus → rules → queue → responder →
 * topic. Members and other Regions only forward to it.
 */
export class HubStack extends Stack {
  constructor(scope: Construct, { settings, ...props }: HubStackProps) {
    super(scope, HUB_STACK_NAME, { stackName: HUB_STACK_NAME, description: 'Trailmend: hub', ...props });
    const { organizationId, emails, logRetentionDays: logRetention } = settings;
    const removalPolicy = settings.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    const bus = new EventBus(this, 'Bus', {
      eventBusName: HUB_BUS_NAME,
      description: 'Trailmend: refused calls of the organization',
    });
    admit(organizationId, bus);

    const refusals = new RefusalQueue(this, 'Refusals', RESPONDER_TIMEOUT);
    const heard = new RefusalRules(this, 'Rules', { eventBus: bus, target: refusals.asTarget() });
    const forwarder = new Forwarder(this, 'HomeForwarder', {
      hubBusArn: bus.eventBusArn,
      deadLetterQueue: refusals.deadLetters,
    });

    const notices = new NoticeTopic(this, 'Notices', { emails, removalPolicy });
    const incidents = new IncidentTable(this, 'Incidents', removalPolicy);
    const responder = new Responder(this, 'Responder', {
      queue: refusals.queue,
      table: incidents.table,
      notices,
      settings,
      logRetention,
      removalPolicy,
    });
    const sweep = new SweepSchedule(this, 'Sweep', refusals);
    new Observability(this, 'Observability', {
      rules: [...heard.all, ...forwarder.rules.all, sweep.rule],
      queue: refusals.queue,
      deadLetters: refusals.deadLetters,
      responder,
      table: incidents.table,
      notices: notices.topic,
      alarmTopicArn: settings.alarmTopicArn,
    });

    new CfnOutput(this, 'BusArn', { value: bus.eventBusArn, description: 'Bus that forwarders send to' });
    new CfnOutput(this, 'TopicArn', { value: notices.topic.topicArn, description: 'Topic of the notices' });
    new CfnOutput(this, 'TableName', {
      value: incidents.table.tableName,
      description: 'Table of events and incidents; trailmend log, report and mute take it',
    });
    new CfnOutput(this, 'QueueUrl', { value: refusals.queue.queueUrl, description: 'Queue of refused calls' });
    new CfnOutput(this, 'DeadLetterQueueUrl', {
      value: refusals.deadLetters.queueUrl,
      description: 'Queue of what could not be handled; redrive from here',
    });
  }
}

/** Opens the bus to the organization. Without a policy EventBridge takes events of the bus's own account only. */
function admit(organizationId: string | undefined, bus: EventBus): void {
  if (organizationId === undefined) {
    const message =
      'organizationId is not set, so the bus takes events of this account only. ' +
      'To hear the whole organization: -c trailmend.organizationId=o-...';
    Annotations.of(bus).addInfo(message);
    return;
  }
  bus.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowOrganizationToPutEvents',
      principals: [new StarPrincipal()],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
    }),
  );
}

import { Annotations, CfnOutput, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { globalServicesRegion } from '../lambda/denial/arn';
import { Canary } from './canary';
import { PREVIOUS_PATTERNS } from './event-patterns';
import { type Deployed, expectationOf } from './expectation';
import { Forwarder } from './forwarder';
import { HubBus } from './hub-bus';
import { IncidentTable } from './incident-table';
import { NoticeTopic } from './notice-topic';
import { Observability } from './observability/observability';
import { partitionOf } from './partitions';
import { Probe } from './probe';
import { ProbeRole } from './probe-role';
import { RefusalQueue } from './refusal-queue';
import { RefusalRules } from './refusal-rules';
import { RESPONDER_TIMEOUT, Responder } from './responder';
import { checkedSettings, type GivenSettings, type Settings } from './settings';
import { SweepSchedule } from './sweep-schedule';
import { TamperRules } from './tamper-rules';

/** What the probe and its rules watch. */
type Watched = {
  readonly settings: Settings;
  readonly removalPolicy: RemovalPolicy;
  readonly bus: IEventBus;
  readonly refusals: RefusalQueue;
  readonly notices: NoticeTopic;
  readonly table: ITableV2;
  readonly probeRole: ProbeRole;
  readonly canaryRole: IRole;
  readonly responder: Responder;
  /** On the default bus. */
  readonly rules: readonly IRule[];
  readonly forwarderRole: IRole;
};

/**
 * Everything that decides, mends and tells, for the management account's home Region: bus → rules → queue → responder →
 * topic. Members and other Regions only forward to it. One per account: the name of its bus is fixed.
 */
export class Trailmend extends Construct {
  /** @throws Error that names every mistake in the settings at once */
  constructor(scope: Construct, id: string, given: GivenSettings = {}) {
    super(scope, id);
    const settings = checkedSettings(given);
    this.checkHome(settings);
    const { organizationId, emails, logRetentionDays: logRetention } = settings;
    const removalPolicy = settings.removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    const bus = new HubBus(this, 'Bus', organizationId);
    const refusals = new RefusalQueue(this, 'Refusals', RESPONDER_TIMEOUT);
    const heard = new RefusalRules(this, 'Rules', {
      eventBus: bus,
      target: refusals.asTarget(),
      previous: PREVIOUS_PATTERNS,
    });
    const forwarder = new Forwarder(this, 'HomeForwarder', {
      hubBusArn: bus.eventBusArn,
      deadLetterQueue: refusals.deadLetters,
    });

    const notices = new NoticeTopic(this, 'Notices', { emails, removalPolicy });
    const incidents = new IncidentTable(this, 'Incidents', removalPolicy);
    const probeRole = new ProbeRole(this, 'ProbeRole');
    const canary = new Canary(this, 'Canary', probeRole);
    const responder = new Responder(this, 'Responder', {
      queue: refusals.queue,
      table: incidents.table,
      notices,
      settings,
      probeRole,
      canaryRole: canary.role,
      logRetention,
      removalPolicy,
    });
    const sweep = new SweepSchedule(this, 'Sweep', refusals);
    const watching = { settings, removalPolicy, bus, refusals, notices, table: incidents.table, probeRole };
    const { probe, tampering, expectation } = this.watch({
      ...watching,
      canaryRole: canary.role,
      responder,
      rules: [...forwarder.rules.all, sweep.rule],
      forwarderRole: forwarder.role,
    });
    new Observability(this, 'Observability', {
      rules: [...heard.all, ...forwarder.rules.all, sweep.rule],
      probe: probe.function,
      tampering: tampering.byHand,
      queue: refusals.queue,
      deadLetters: refusals.deadLetters,
      responder,
      table: incidents.table,
      notices: notices.topic,
      alarmTopicArn: settings.alarmTopicArn,
    });

    this.tellAll(watching, Stack.of(this).toJsonString(expectation));
  }

  /** What watches all of this: the probe, and the rules that hear changes of it. */
  private watch({ responder, rules, forwarderRole, ...hub }: Watched) {
    const { settings, bus, refusals, notices, table, probeRole, canaryRole } = hub;
    const expectation = expectationOf(settings, { ...hub, responderRole: responder.role });
    const probe = new Probe(this, 'Probe', {
      ...hub,
      role: probeRole,
      expectation,
      logRetention: settings.logRetentionDays,
    });
    const tampering = new TamperRules(this, 'Tampering', {
      target: probe.target,
      bus,
      rules: [...rules, ...probe.rules],
      queues: [refusals.queue, refusals.deadLetters],
      topic: notices.topic,
      key: notices.key,
      functions: [responder.function, probe.function],
      roles: [responder.role, probeRole, canaryRole, forwarderRole],
      tableName: table.tableName,
    });
    return { probe, tampering, expectation };
  }

  /** @throws Error when the stack is not where forwarders would send */
  private checkHome({ homeRegion }: Settings): void {
    const { region } = Stack.of(this);
    if (homeRegion === undefined) {
      return;
    }
    if (!Token.isUnresolved(region) && region !== homeRegion) {
      throw new Error(`The stack is in ${region}, homeRegion is "${homeRegion}"; give the Region of the stack.`);
    }
    if (globalServicesRegion(partitionOf(homeRegion) ?? '') === undefined) {
      const what = `No document says in which Region of the partition of ${homeRegion} IAM and Organizations are recorded`;
      Annotations.of(this).addInfo(`${what}: find out, and see that it is among the Regions.`);
    }
  }

  /** What people and the commands need to know of the deployment. */
  private tellAll(
    { bus, notices, table, refusals }: Omit<Deployed, 'responderRole' | 'canaryRole'>,
    expectation: string,
  ) {
    this.tell('BusArn', bus.eventBusArn, 'Bus that forwarders send to');
    this.tell('TopicArn', notices.topic.topicArn, 'Topic of the notices');
    this.tell('TableName', table.tableName, 'Table of incidents; trailmend log, report and mute take it');
    this.tell('QueueUrl', refusals.queue.queueUrl, 'Queue of refused calls');
    this.tell('DeadLetterQueueUrl', refusals.deadLetters.queueUrl, 'Queue of what could not be handled');
    this.tell('Expectation', expectation, 'What trailmend doctor expects of the deployment');
  }

  /** An output of the stack under a key that stays the same wherever this construct is in an app. */
  private tell(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description }).overrideLogicalId(`Trailmend${name}`);
  }
}

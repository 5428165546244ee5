import { Aws, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule, type RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Expectation } from '../lambda/health/expectation';
import type { ProbeEnvironment } from '../lambda/health/probe-environment';
import { createFunction } from './bundled-function';
import type { NoticeTopic } from './notice-topic';
import { probePermissions } from './probe-permissions';
import type { ProbeRole } from './probe-role';
import type { RefusalQueue } from './refusal-queue';
import type { Settings } from './settings';
import { acknowledgeProbeWildcards } from './wildcards';

/** Longest run. Below the schedule's five minutes, so that a run that breaks off keeps no later one from running. */
const PROBE_TIMEOUT = Duration.minutes(4);

/** Why others may start the probe, by effect and service; `docs/permissions.md` shows it. */
export const PROBE_FUNCTION_REASONS = {
  'Allow lambda': "So that this stack's rules, and no others, can start it.",
} as const;

/** What the probe watches, whom it tells and how it behaves. */
export type ProbeProps = {
  readonly role: ProbeRole;
  readonly canaryRole: IRole;
  readonly bus: IEventBus;
  readonly refusals: RefusalQueue;
  readonly table: ITableV2;
  readonly notices: NoticeTopic;
  /** What the deployment should be. */
  readonly expectation: Expectation;
  readonly settings: Pick<
    Settings,
    'locale' | 'chatTopicArn' | 'recordDays' | 'organizationId' | 'organizationalUnits'
  >;
  readonly logRetention: RetentionDays;
  /** What happens to the log group when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
};

/**
 * The function that watches Trailmend itself and mends a missing role before anybody misses it: every five minutes, and as
 * soon as a deployment has ended. What cannot be delivered to it, or fails three times, goes to the dead-letter queue.
 */
export class Probe extends Construct {
  readonly function: IFunction;
  /** The function as the target of a rule. */
  readonly target: LambdaFunction;
  /** The rules that start it. */
  readonly rules: readonly Rule[];

  constructor(scope: Construct, id: string, props: ProbeProps) {
    super(scope, id);
    const { role, refusals } = props;
    const logGroup = new LogGroup(this, 'Log', { retention: props.logRetention, removalPolicy: props.removalPolicy });
    this.permit(logGroup, props);
    this.function = createFunction(this, 'Function', {
      name: 'probe',
      description: 'Trailmend: watches itself, and creates a missing service-linked role of CloudTrail in time',
      role,
      logGroup,
      environment: this.environmentOf(props),
      memorySize: 512,
      timeout: PROBE_TIMEOUT,
    });
    const config = new CfnEventInvokeConfig(this, 'Repeats', {
      functionName: this.function.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: Duration.hours(1).toSeconds(),
      destinationConfig: { onFailure: { destination: refusals.deadLetters.queueArn } },
    });
    // Lambda refuses a destination that the role may not send to.
    config.node.addDependency(role);
    this.target = new LambdaFunction(this.function, {
      deadLetterQueue: refusals.deadLetters,
      maxEventAge: Duration.hours(1),
    });
    this.rules = [this.everyFiveMinutes(), this.afterDeployment()];
  }

  private environmentOf({ expectation, settings }: ProbeProps): Record<string, string> {
    const environment: ProbeEnvironment = {
      EXPECTATION: Stack.of(this).toJsonString(expectation),
      LOCALE: settings.locale,
      CHAT_TOPIC_ARN: settings.chatTopicArn ?? '',
      RECORD_DAYS: String(settings.recordDays),
    };
    return environment;
  }

  private everyFiveMinutes(): Rule {
    return this.rule('ScheduleRule', {
      description: 'Trailmend: the probe, every five minutes',
      schedule: Schedule.rate(Duration.minutes(5)),
    });
  }

  /** That is how a deployment runs it, without a resource of its own that could hold the deployment up. */
  private afterDeployment(): Rule {
    return this.rule('DeployedRule', {
      description: 'Trailmend: the probe, after a deployment of this stack',
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Aws.STACK_ID],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      },
    });
  }

  private rule(id: string, props: RuleProps): Rule {
    return new Rule(this, id, { ...props, targets: [this.target] });
  }

  private permit(logGroup: LogGroup, props: ProbeProps): void {
    const { role, notices, refusals, settings } = props;
    const { organizationId, organizationalUnits } = settings;
    const statements = probePermissions({
      logGroupArn: logGroup.logGroupArn,
      topicArn: notices.topic.topicArn,
      chatTopicArn: settings.chatTopicArn,
      keyArn: notices.key.keyArn,
      tableArn: props.table.tableArn,
      busArn: props.bus.eventBusArn,
      queueArn: refusals.queue.queueArn,
      deadLettersArn: refusals.deadLetters.queueArn,
      canaryRoleArn: props.canaryRole.roleArn,
      organizationId: organizationalUnits.length === 0 ? undefined : organizationId,
    });
    for (const statement of statements) {
      role.addToPolicy(statement);
    }
    notices.allowPublisher('Probe', role);
    acknowledgeProbeWildcards(role, organizationId);
  }
}

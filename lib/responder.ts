import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from '../lambda/environment';
import { createFunction } from './bundled-function';
import type { NoticeTopic } from './notice-topic';
import { MAX_RECEIVE_COUNT } from './refusal-queue';
import { responderPermissions } from './responder-permissions';
import type { Settings } from './settings';
import { acknowledgeWildcards } from './wildcards';

/** Longest run of the responder; the queue's visibility timeout follows from it. */
export const RESPONDER_TIMEOUT = Duration.seconds(60);

/** What the responder reads, whom it tells and how it behaves. */
export type ResponderProps = {
  readonly queue: IQueue;
  readonly table: ITableV2;
  readonly notices: NoticeTopic;
  readonly settings: Omit<Settings, 'emails' | 'logRetentionDays' | 'removalPolicy'>;
  readonly probeRole: IRole;
  /** The role whose refused calls are only noted. */
  readonly canaryRole: IRole;
  readonly logRetention: RetentionDays;
  /** What happens to the log group when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
};

/** The function that answers refused calls, with a role that can do nothing else and a log group of its own. */
export class Responder extends Construct {
  readonly function: IFunction;
  readonly role: Role;
  /** Holds the audit log, and the lines of Lambda. */
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ResponderProps) {
    super(scope, id);
    const { notices, removalPolicy, settings, table } = props;
    this.logGroup = new LogGroup(this, 'Log', { retention: props.logRetention, removalPolicy });
    const role = this.createRole(this.logGroup, props);
    this.role = role;
    const environment: Environment = {
      TOPIC_ARN: notices.topic.topicArn,
      REMEDIATION: settings.remediation,
      LOCALE: settings.locale,
      CHAT_TOPIC_ARN: settings.chatTopicArn ?? '',
      RESPONDER_ROLE_ARN: role.roleArn,
      PROBE_ROLE_ARN: props.probeRole.roleArn,
      CANARY_ROLE_ARN: props.canaryRole.roleArn,
      MAX_RECEIVE_COUNT: String(MAX_RECEIVE_COUNT),
      TABLE_NAME: table.tableName,
      ...noticePolicy(settings),
    };
    this.function = createFunction(this, 'Function', {
      name: 'responder',
      description: 'Trailmend: answers refused calls that concern CloudTrail',
      role,
      logGroup: this.logGroup,
      environment,
      memorySize: 512,
      timeout: RESPONDER_TIMEOUT,
    });
    // Bounded by maximum concurrency, never reserved concurrency: that would throttle the poller and lose deliveries.
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    this.function.addEventSource(
      new SqsEventSource(props.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 5 }),
    );
  }

  private createRole(logGroup: LogGroup, { notices, settings, table }: ResponderProps): Role {
    const role = new Role(this, 'Role', {
      description: 'Trailmend responder: creates CloudTrail service-linked roles and tells administrators',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const { topic, key } = notices;
    const { chatTopicArn, organizationId = 'o-*' } = settings;
    const topicArns = chatTopicArn === undefined ? [topic.topicArn] : [topic.topicArn, chatTopicArn];
    const resources = {
      logGroupArn: logGroup.logGroupArn,
      topicArns,
      keyArn: key.keyArn,
      tableArn: table.tableArn,
      organizationId,
    };
    for (const statement of responderPermissions(resources)) {
      role.addToPolicy(statement);
    }
    notices.allowPublisher('Responder', role);
    acknowledgeWildcards(role, organizationId);
    return role;
  }
}

/** The settings that say when administrators hear of an incident, as the function reads them. */
function noticePolicy(settings: ResponderProps['settings']) {
  return {
    IMMEDIATE: settings.immediate,
    GATHER_SECONDS: String(settings.gatherSeconds),
    WINDOW_MINUTES: String(settings.windowMinutes),
    DIGEST_HOUR_UTC: String(settings.digestHourUtc),
    NOTICE_CAP: String(settings.noticeCap),
    RECORD_DAYS: String(settings.recordDays),
    SUPPRESSIONS: JSON.stringify(settings.suppressions),
  };
}

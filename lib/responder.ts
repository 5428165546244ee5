import { join } from 'node:path';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from '../lambda/environment';
import type { NoticeTopic } from './notice-topic';
import { MAX_RECEIVE_COUNT } from './refusal-queue';
import { responderPermissions } from './responder-permissions';
import type { Settings } from './settings';
import { acknowledgeWildcards } from './wildcards';

/** Longest run of the responder; the queue's visibility timeout follows from it. */
export const RESPONDER_TIMEOUT = Duration.seconds(60);

/**
 * What the SDK would import only in cases that never come: credentials that are not in the environment, where Lambda puts
 * them, and streams of events, which no operation here has. As long as the bundle holds nothing that is imported late, all
 * its modules share one scope; else half of them would be wrapped in functions, which take 7 ms more to start.
 */
const NEVER_LOADED = [
  ...['http', 'ini', 'process', 'sso', 'web-identity'].map((way) => `@aws-sdk/credential-provider-${way}`),
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
];

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
  readonly function: NodejsFunction;
  /** Holds the audit log, and the lines of Lambda. */
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ResponderProps) {
    super(scope, id);
    const { notices, removalPolicy, settings, table } = props;
    this.logGroup = new LogGroup(this, 'Log', { retention: props.logRetention, removalPolicy });
    const role = this.createRole(this.logGroup, props);
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
    this.function = createFunction(this, { role, logGroup: this.logGroup, environment });
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

/**
 * One CommonJS file: it starts 15 ms faster than a module on Node 22 and 24, and `module` before `main` halves it. Its
 * source map is read when there is an error to show, not at every start, as `--enable-source-maps` would.
 */
function createFunction(scope: Construct, props: { role: Role; logGroup: LogGroup; environment: Environment }) {
  return new NodejsFunction(scope, 'Function', {
    ...props,
    description: 'Trailmend: answers refused calls that concern CloudTrail',
    entry: join(__dirname, '..', 'lambda', 'responder.ts'),
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: 512,
    timeout: RESPONDER_TIMEOUT,
    awsSdkConnectionReuse: false,
    // Of the runtime's own lines and the console's; audit records are written past both and stay as they are.
    loggingFormat: LoggingFormat.JSON,
    bundling: {
      format: OutputFormat.CJS,
      // Older than the runtime, since the sandbox runs this very bundle on the Node of its user.
      target: 'node20',
      mainFields: ['module', 'main'],
      bundleAwsSDK: true,
      externalModules: NEVER_LOADED,
      esbuildArgs: {
        // Japanese stays Japanese, at half the size of its escapes. The CDK's own setting `charset` changes nothing.
        '--charset': 'utf8',
        // The SDK imports some of Node's modules late. A first import() starts Node's loader of ES modules; require() does not.
        '--supported:dynamic-import': 'false',
      },
      minify: true,
      sourceMap: true,
      sourcesContent: false,
      logLevel: LogLevel.WARNING,
    },
  });
}

import { setTimeout } from 'node:timers/promises';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context } from 'aws-lambda';
import { recordCalls } from './audit/call-log';
import { writeAuditRecord } from './audit/write-audit-record';
import { CLIENT_SETTINGS } from './aws/client-settings';
import { healthEdges } from './health/aws';
import { type Clients, lazyClients } from './health/aws/clients';
import { RegionalSQSClient } from './health/aws/delivery';
import { canaryCaller } from './health/call-canary';
import type { Look } from './health/check';
import { CHECKS } from './health/checks';
import { readExpectation } from './health/expectation';
import { HealthStore } from './health/health-store';
import { lookUpEvents } from './health/look-up';
import type { ProbeEdges } from './health/probe-edges';
import { readProbeEnvironment } from './health/probe-environment';
import { runChecks } from './health/run-checks';
import { runProbe } from './health/run-probe';
import { triggerOf } from './health/trigger';
import { Table } from './incidents/table';
import { publisher } from './notify/publish-notice';
import { ensureRole } from './remediate/ensure-role';

const edges = edgesOf(process.env);

/** What the probe checks: everything but whether it runs itself, which an alarm does. */
const OTHERS = CHECKS.filter(({ id }) => id !== 'probe');

/**
 * Entry of the probe: an event of one of its rules.
 * @throws Error when the run broke off, so that Lambda repeats it; what only failed in part is resumed by the next run
 */
export async function handler(event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> {
  const { outcome, detail } = await runProbe({ id: awsRequestId, trigger: triggerOf(event) }, edges);
  if (outcome === 'broken-off') {
    throw new Error(`The run of the probe broke off: ${detail}`);
  }
}

/** One client per service and Region; each notes its calls. */
function recordedClients(): Clients {
  return lazyClients((service, region) => recordCalls(new service({ ...CLIENT_SETTINGS, region })));
}

function edgesOf(variables: NodeJS.ProcessEnv): ProbeEdges {
  const environment = readProbeEnvironment(variables);
  const expectation = readExpectation(environment.EXPECTATION);
  const { homeRegion, tableName, canaryRoleArn, queueUrl, remediation, managementAccount } = expectation;
  const client = recordedClients();
  const aws = healthEdges(client, homeRegion);
  const table = new Table(client(DynamoDBClient, homeRegion), tableName);
  const look: Look = { expectation, here: { account: managementAccount, region: homeRegion }, aws, now: Date.now };
  const iam = client(IAMClient, homeRegion);
  const sqs = client(RegionalSQSClient, homeRegion);
  return {
    expectation,
    store: new HealthStore(table, Number(environment.RECORD_DAYS) * 24 * 3_600_000),
    aws,
    ensureRole: (role, since) => ensureRole(iam, role, remediation, since),
    callCanary: canaryCaller(
      client(STSClient, homeRegion),
      canaryRoleArn,
      (region, credentials) => new CloudTrailClient({ ...CLIENT_SETTINGS, region, credentials }),
    ),
    lookUp: (region, page) => lookUpEvents(client(CloudTrailClient, region), page),
    sendMessage: async (body) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    },
    runChecks: () => runChecks(look, OTHERS),
    locale: environment.LOCALE,
    publishNotice: publisher(client(SNSClient, homeRegion), expectation.topicArn, environment.CHAT_TOPIC_ARN),
    record: (line) => writeAuditRecord(line, (text) => process.stdout.write(text)),
    now: () => Date.now(),
    wait: (ms) => setTimeout(ms),
  };
}

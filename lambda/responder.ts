import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SNSClient } from '@aws-sdk/client-sns';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { recordCalls } from './audit/call-log';
import { stackOf } from './audit/stack-of';
import { writeAuditRecord } from './audit/write-audit-record';
import { CLIENT_SETTINGS } from './aws/client-settings';
import { arnParts } from './denial/arn';
import type { Edges } from './edges';
import { type Environment, readEnvironment } from './environment';
import { Heard } from './health/heard';
import type { NoticePolicy } from './incidents/notice-policy';
import { storeOn } from './incidents/store';
import { readSuppressions } from './incidents/suppression';
import { Table } from './incidents/table';
import { accountNames } from './notify/account-names';
import { publisher } from './notify/publish-notice';
import { ensureRole } from './remediate/ensure-role';
import { hasOrganizationTrail } from './remediate/has-organization-trail';
import { listDelegatedAdministrators } from './remediate/list-delegated-administrators';
import { respond } from './respond';
import { LANGUAGES } from './texts/languages';

const edges = edgesOf(process.env);

/** Entry of the responder: a batch of the queue, each message answered on its own. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failures = await Promise.all(event.Records.map(failureOf));
  return { batchItemFailures: failures.flat() };
}

/** The message as a batch item failure when it must be delivered again; one that breaks us does not harm the others. */
async function failureOf({ messageId, body, attributes }: SQSRecord): Promise<SQSBatchResponse['batchItemFailures']> {
  const failure = [{ itemIdentifier: messageId }];
  try {
    const { ApproximateReceiveCount: delivery, SentTimestamp: sentAt } = attributes;
    const message = { id: messageId, body, delivery: Number(delivery), sentAt: Number(sentAt) };
    return (await respond(message, edges)) ? failure : [];
  } catch (error) {
    const shown = error instanceof Error ? stackOf(error) : error;
    console.error('message could not be answered or recorded', { messageId, error: shown });
    return failure;
  }
}

function edgesOf(variables: NodeJS.ProcessEnv): Edges {
  const environment = readEnvironment(variables);
  const { CHAT_TOPIC_ARN, REMEDIATION, RESPONDER_ROLE_ARN, TOPIC_ARN } = environment;
  const iam = recordCalls(new IAMClient(CLIENT_SETTINGS));
  const organizations = recordCalls(new OrganizationsClient(CLIENT_SETTINGS));
  const cloudTrail = recordCalls(new CloudTrailClient(CLIENT_SETTINGS));
  const dynamodb = recordCalls(new DynamoDBClient(CLIENT_SETTINGS));
  const policy = noticePolicy(environment);
  const sns = recordCalls(new SNSClient(CLIENT_SETTINGS));
  return {
    organization: {
      managementAccount: arnParts(RESPONDER_ROLE_ARN)?.account ?? null,
      responderRole: RESPONDER_ROLE_ARN,
      probeRole: environment.PROBE_ROLE_ARN,
      canaryRole: environment.CANARY_ROLE_ARN,
    },
    deliveries: Number(environment.MAX_RECEIVE_COUNT),
    store: storeOn(dynamodb, environment.TABLE_NAME, policy.keepMs),
    heard: new Heard(new Table(dynamodb, environment.TABLE_NAME), policy.keepMs),
    policy,
    ensureRole: (role, since) => ensureRole(iam, role, REMEDIATION, since),
    listDelegatedAdministrators: () => listDelegatedAdministrators(organizations),
    hasOrganizationTrail: () => hasOrganizationTrail(cloudTrail),
    texts: LANGUAGES[environment.LOCALE],
    accountName: accountNames(organizations),
    publishNotice: publisher(sns, TOPIC_ARN, CHAT_TOPIC_ARN),
    record: (line) => writeAuditRecord(line, (text) => process.stdout.write(text)),
    now: () => Date.now(),
  };
}

function noticePolicy(environment: Environment): NoticePolicy {
  return {
    immediate: environment.IMMEDIATE,
    gatherMs: Number(environment.GATHER_SECONDS) * 1_000,
    windowMs: Number(environment.WINDOW_MINUTES) * 60_000,
    digestHour: Number(environment.DIGEST_HOUR_UTC),
    cap: Number(environment.NOTICE_CAP),
    keepMs: Number(environment.RECORD_DAYS) * 24 * 3_600_000,
    suppressions: readSuppressions(environment.SUPPRESSIONS, (what) => console.warn(what)),
  };
}

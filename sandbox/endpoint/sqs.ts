import { createHash } from 'node:crypto';
import { type Envelope, recordIdOf } from '../eventbridge/envelope';
import { policyText } from '../iam/policy';
import { accountOf } from '../organization/place';
import type { Queue } from '../sqs/queue';
import { type Call, type Permission, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** SQS: the deployed queues, to send to and to look at. Lambda reads them without this. */
export const sqs: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    GetQueueAttributes: {
      permissions: (call, world) => [onQueue(call, world)],
      perform: (call, world) => {
        const asked = Array.isArray(call.input.AttributeNames) ? call.input.AttributeNames : [];
        const all = Object.entries(attributesOf(queueArnOf(call), findQueue(call, world), world));
        return {
          Attributes: Object.fromEntries(all.filter(([name]) => asked.includes('All') || asked.includes(name))),
        };
      },
    },
    SendMessage: {
      permissions: (call, world) => [onQueue(call, world)],
      perform: (call, world) => {
        const body = textIn(call, 'MessageBody');
        if (body === '') throw new ServiceError('InvalidParameterValue', 'The request must contain a message body.');
        const MessageId = findQueue(call, world).send(body);
        noteEvent(body, MessageId, world);
        return { MessageId, MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
      },
    },
  },
};

function onQueue(call: Call, { deployment }: World): Permission {
  const resource = queueArnOf(call);
  const guard = { account: accountOf(resource), policy: deployment.policies.get(resource) };
  return { action: `sqs:${call.operation}`, resource, guard };
}

/** The ARN of the queue that a URL stands for. */
function queueArnOf(call: Call): string {
  const [, region = '', account = '', name = ''] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/(\d{12})\/([\w.-]+)$/.exec(textIn(call, 'QueueUrl')) ?? [];
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

function findQueue(call: Call, { deployment }: World): Queue {
  const queue = deployment.queues.get(queueArnOf(call));
  if (!queue) throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

function attributesOf(arn: string, queue: Queue, { deployment }: World): Record<string, string> {
  const { settings } = queue;
  const policy = deployment.policies.get(arn);
  const redrive = settings.redrive && {
    deadLetterTargetArn: [...deployment.queues].find(([, each]) => each === settings.redrive?.deadLetters)?.[0],
    maxReceiveCount: settings.redrive.maxReceiveCount,
  };
  return {
    QueueArn: arn,
    ApproximateNumberOfMessages: String(queue.visibleCount),
    ApproximateNumberOfMessagesNotVisible: String(queue.messageIds.length - queue.visibleCount),
    ApproximateNumberOfMessagesDelayed: '0',
    VisibilityTimeout: String(settings.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    ...(redrive ? { RedrivePolicy: JSON.stringify(redrive) } : {}),
    ...(policy ? { Policy: policyText(policy) } : {}),
  };
}

/** Whoever sends an event that CloudTrail recorded brings it to be heard, though no trail logs it. */
function noteEvent(body: string, messageId: string, { journal }: World): void {
  const id = recordIdIn(body);
  const known = journal.of('event').find(({ envelope }) => recordIdOf(envelope) === id)?.envelope;
  const unlogged = journal.of('unlogged').find(({ envelope }) => recordIdOf(envelope) === id)?.envelope;
  if (!known && unlogged) journal.add({ kind: 'event', envelope: unlogged, isMeant: true });
  const envelope = known ?? unlogged;
  if (envelope) journal.add({ kind: 'queued', envelopeId: envelope.id, messageId });
}

function recordIdIn(body: string): string | null {
  try {
    const envelope: Envelope = JSON.parse(body);
    return envelope.detail ? recordIdOf(envelope) : null;
  } catch {
    return null;
  }
}

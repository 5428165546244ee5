import type { Topic } from '../cloudformation/deployment';
import { HUB } from '../organization/accounts';
import { type Call, type Permission, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** One message that SNS took, as e-mail subscribers get it, and its attributes. */
export type Notice = {
  readonly id: string;
  readonly subject: string;
  /** Text of the mail. */
  readonly body: string;
  /** What programs get: the `default` of the message. */
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly recipients: readonly string[];
};

/** SNS takes 256 KiB: the message, its subject and its attributes together. */
const MOST_BYTES = 262_144;

/** SNS: publishes to the deployed topics. */
export const sns: Service = {
  protocol: 'query',
  denialCode: 'AuthorizationError',
  operations: {
    Publish: {
      permissions: (call, world) => permissionsToPublish(textIn(call, 'TopicArn'), world),
      perform: (call, world) => {
        const notice = readNotice(call, findTopic(textIn(call, 'TopicArn'), world), world.wantsAsciiSubjects);
        world.journal.add({ kind: 'notice', notice });
        return { MessageId: notice.id };
      },
    },
  },
};

/**
 * What publishing takes: the topic, and its key when it is encrypted.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function permissionsToPublish(topicArn: string, { deployment }: World): Permission[] {
  const guard = { account: HUB.account, policy: deployment.policies.get(topicArn) };
  const publish: Permission = { action: 'sns:Publish', resource: topicArn, guard };
  const key = deployment.topics.get(topicArn)?.key;
  if (!key) return [publish];
  const keyArn = deployment.keys.get(key) ?? key;
  const context = {
    'kms:ViaService': `sns.${HUB.region}.amazonaws.com`,
    'kms:CallerAccount': HUB.account,
    'kms:EncryptionContext:aws:sns:topicArn': topicArn,
  };
  const keyGuard = { account: HUB.account, policy: deployment.policies.get(keyArn), isKey: true };
  const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
  return [
    publish,
    ...actions.map((action) => ({ action, resource: keyArn, context, guard: keyGuard, code: 'KMSAccessDenied' })),
  ];
}

function findTopic(arn: string, { deployment }: World): Topic {
  const topic = deployment.topics.get(arn);
  if (!topic) throw new ServiceError('NotFound', 'Topic does not exist', 404);
  return topic;
}

function readNotice(call: Call, { subscriptions }: Topic, wantsAscii: boolean): Notice {
  const message = textIn(call, 'Message');
  const attributes = readAttributes(call);
  const size = Buffer.byteLength(message + Object.entries(attributes).flat().join(''));
  if (message === '') throw new ServiceError('InvalidParameter', 'Invalid parameter: Empty message');
  if (size > MOST_BYTES) throw new ServiceError('InvalidParameter', 'Invalid parameter: Message too long');
  const texts = textIn(call, 'MessageStructure') === 'json' ? readTexts(message) : { default: message };
  const recipients = subscriptions.filter(({ protocol }) => protocol === 'email').map(({ endpoint }) => endpoint);
  const subject = readSubject(textIn(call, 'Subject'), wantsAscii);
  return {
    id: call.requestId,
    subject,
    body: texts.email ?? texts.default,
    text: texts.default,
    attributes,
    recipients,
  };
}

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function readSubject(subject: string, wantsAscii: boolean): string {
  const isPlain = wantsAscii ? /^[\x20-\x7e]*$/.test(subject) : !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject);
  if (subject.length >= 100 || !isPlain) throw new ServiceError('InvalidParameter', 'Invalid parameter: Subject');
  return subject;
}

function readTexts(message: string): { default: string; email?: string } {
  const problem = (reason: string) =>
    new ServiceError('InvalidParameter', `Invalid parameter: Message Structure - ${reason}`);
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw problem('JSON message body failed to parse');
  }
  const { default: text, email } = Object(texts);
  if (typeof text !== 'string') throw problem('No default entry in JSON message body');
  if (Object.values(Object(texts)).some((value) => typeof value !== 'string')) throw problem('Entries must be strings');
  return typeof email === 'string' ? { default: text, email } : { default: text };
}

function readAttributes(call: Call): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let at = 1; textIn(call, `MessageAttributes.entry.${at}.Name`) !== ''; at++) {
    const prefix = `MessageAttributes.entry.${at}`;
    attributes[textIn(call, `${prefix}.Name`)] = textIn(call, `${prefix}.Value.StringValue`);
    if (!textIn(call, `${prefix}.Value.StringValue`)) {
      throw new ServiceError('ParameterValueInvalid', `The message attribute '${at}' must have a value.`);
    }
  }
  return attributes;
}

import type { Topic } from '../cloudformation/deployment';
import { type Call, textIn } from './operation';
import { ServiceError } from './service-error';

/** One message that SNS took, as e-mail subscribers get it, and its attributes. */
export type Notice = {
  readonly id: string;
  readonly subject: string;
  /** Text of the mail. */
  readonly body: string;
  /** What programs get: the `default` of the message. */
  readonly text: string;
  /** What programs get that subscribe by queue: JSON, read; null when it is none. */
  readonly json: unknown;
  readonly attributes: Readonly<Record<string, string>>;
  readonly recipients: readonly string[];
};

/** SNS takes 256 KiB: the message, its subject and its attributes together. */
const MOST_BYTES = 262_144;

/** Reads what `Publish` is given, as strictly as SNS. */
export function readNotice(call: Call, { subscriptions }: Topic, wantsAscii: boolean): Notice {
  const message = textIn(call, 'Message');
  const attributes = readAttributes(call);
  const size = Buffer.byteLength(message + Object.entries(attributes).flat().join(''));
  if (message === '') throw new ServiceError('InvalidParameter', 'Invalid parameter: Empty message');
  if (size > MOST_BYTES) throw new ServiceError('InvalidParameter', 'Invalid parameter: Message too long');
  const texts: Texts = textIn(call, 'MessageStructure') === 'json' ? readTexts(message) : { default: message };
  const recipients = subscriptions
    .filter(({ protocol, isConfirmed }) => protocol === 'email' && isConfirmed)
    .map(({ endpoint }) => endpoint);
  const subject = readSubject(textIn(call, 'Subject'), wantsAscii);
  return {
    id: call.requestId,
    subject,
    body: texts.email ?? texts.default,
    text: texts.default,
    json: jsonIn(texts.sqs),
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

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

type Texts = { readonly default: string; readonly email?: string; readonly sqs?: string };

function readTexts(message: string): Texts {
  const problem = (reason: string) =>
    new ServiceError('InvalidParameter', `Invalid parameter: Message Structure - ${reason}`);
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw problem('JSON message body failed to parse');
  }
  const { default: text } = Object(texts);
  if (typeof text !== 'string') throw problem('No default entry in JSON message body');
  if (Object.values(Object(texts)).some((value) => typeof value !== 'string')) throw problem('Entries must be strings');
  return texts as Texts;
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

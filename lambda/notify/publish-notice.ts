import { PublishCommand, type PublishCommandOutput, type SNSClient } from '@aws-sdk/client-sns';
import { callErrorOf } from '../aws/call-error';
import { chatForm } from '../notice/chat';
import type { Notice } from '../notice/notice';

/**
 * Sends notices, each with its copy for chat where there is a topic for it (`chatTopicArn` not empty). Returns the SNS message
 * id of the one for people.
 */
export function publisher(sns: SNSClient, topicArn: string, chatTopicArn: string): (notice: Notice) => Promise<string> {
  return async (notice) => {
    const noticeId = await publishNotice(sns, topicArn, notice);
    if (chatTopicArn !== '') {
      await publishToChat(sns, chatTopicArn, notice);
    }
    return noticeId;
  };
}

/**
 * Publishes the chat form of a notice to the topic that Amazon Q Developer in chat applications subscribes to; it reads
 * the message body, so it needs a topic of its own. Chat is a copy of the notice: when SNS does not take it, the notice is
 * sent all the same, and the audit record has the refused call.
 */
export async function publishToChat(sns: SNSClient, topicArn: string, notice: Notice): Promise<void> {
  const message = JSON.stringify(chatForm(notice));
  await sns.send(new PublishCommand({ TopicArn: topicArn, Message: message })).catch(callErrorOf);
}

/** Bytes from which a message is written shorter; SNS takes 256 KB, subject and attributes included. */
const LONG = 200_000;

/** Most bytes of a message that leave room for its subject and attributes. */
const MOST = 250_000;

/** Protocols whose subscribers are programs; all others read the human text. */
const PROGRAMS: readonly string[] = ['sqs', 'lambda', 'http', 'https', 'firehose'];

/**
 * Publishes a notice and returns its SNS message id. A subject that SNS refuses is sent once more in ASCII: the API
 * takes UTF-8, older documentation says ASCII only.
 * @throws what SNS answers otherwise, after the SDK's own attempts
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function publishNotice(sns: SNSClient, topicArn: string, notice: Notice): Promise<string> {
  const publish = (subject: string) => sns.send(commandFor(topicArn, notice, subject));
  const ascii = notice.subject.replace(/[^\x20-\x7e]/g, '?');
  let answer: PublishCommandOutput;
  try {
    answer = await publish(notice.subject);
  } catch (error) {
    if (!isSubjectRefusal(error) || ascii === notice.subject) {
      throw error;
    }
    answer = await publish(ascii);
  }
  if (!answer.MessageId) {
    throw new Error('SNS took the notice but returned no message id, so nothing proves that it was sent.');
  }
  return answer.MessageId;
}

/** Whether a notice is short enough for SNS. */
export function isPublishable(notice: Notice): boolean {
  return Buffer.byteLength(messageOf(notice)) <= MOST;
}

function commandFor(topicArn: string, notice: Notice, subject: string): PublishCommand {
  const { attributes } = notice;
  const entries = Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]);
  return new PublishCommand({
    TopicArn: topicArn,
    Subject: subject,
    Message: messageOf(notice),
    MessageStructure: 'json',
    MessageAttributes: Object.fromEntries(entries),
  });
}

/**
 * The message by protocol. One that would be too long as each program's own has the twin once, for everybody who does not read
 * the text as a mail or a short message.
 */
function messageOf({ text, json, subject }: Notice): string {
  const twin = JSON.stringify(json);
  const each = Object.fromEntries(PROGRAMS.map((protocol) => [protocol, twin]));
  const message = JSON.stringify({ default: text, email: text, ...each });
  return Buffer.byteLength(message) <= LONG ? message : JSON.stringify({ default: twin, email: text, sms: subject });
}

function isSubjectRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidParameterException' && /subject/i.test(error.message);
}

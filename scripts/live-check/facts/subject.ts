import { CreateTopicCommand, DeleteTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { unlessGone } from '../changes';
import { answer, type Fact } from '../fact';
import type { Look } from '../look';

const TOPIC = 'trailmend-live-check';

/** Subjects by what is in them; the longest that Trailmend sends has 99 UTF-16 units. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'Japanese, 99 characters': `Trailmend: ${'役'.repeat(88)}`,
  'Japanese, 100 characters': `Trailmend: ${'役'.repeat(89)}`,
  'emoji, 60 characters of 2 units': '🔔'.repeat(60),
};

export const subject: Fact = {
  id: 'subject',
  stage: 'deployed',
  question: 'Does SNS take subjects in UTF-8, and how does it count their length?',
  expected:
    'Japanese of 99 characters is taken, of 100 is not. How emoji are counted is not known; Trailmend counts UTF-16 units.',
  calls: 'Management account: sns:CreateTopic, sns:Publish, sns:DeleteTopic',
  changes: `Topic \`${TOPIC}\` without subscribers`,
  undo: 'The topic is deleted.',
  minutes: 1,
  run: async (look) => {
    const sns = look.aws.client(SNSClient, look.management, look.region);
    const TopicArn = await createTopic(look, sns);
    const seen = await Promise.all(
      Object.entries(SUBJECTS).map(async ([what, Subject]) => [what, await publish(sns, TopicArn, Subject)] as const),
    );
    const [longest, tooLong] = seen.map(([, error]) => error === null);
    return answer(
      longest === true && tooLong === false,
      seen.map(([what, error]) => `${what}: ${error ?? 'taken'}`).join('; '),
    );
  },
};

function createTopic({ changes, management, partition, region }: Look, sns: SNSClient): Promise<string> {
  const TopicArn = `arn:${partition}:sns:${region}:${management.account}:${TOPIC}`;
  return changes.make({
    what: `topic ${TOPIC} in the management account`,
    byHand: `aws sns delete-topic --topic-arn ${TopicArn} --region ${region}`,
    make: () => sns.send(new CreateTopicCommand({ Name: TOPIC })).then(() => TopicArn),
    undo: () => unlessGone(sns.send(new DeleteTopicCommand({ TopicArn }))),
  });
}

/** Null when SNS takes the subject, else what it says. */
async function publish(sns: SNSClient, TopicArn: string, Subject: string): Promise<string | null> {
  try {
    await sns.send(new PublishCommand({ TopicArn, Subject, Message: 'Trailmend live check' }));
    return null;
  } catch (error) {
    const { name, message } = error as Error;
    if (!name.startsWith('InvalidParameter')) {
      throw error;
    }
    return `${name}: ${message}`;
  }
}

import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { classify } from '../../lambda/classify';
import { parseBareMessage } from '../../lambda/denial/parse-bare-message';
import { type Notice, renderNotice } from '../../lambda/notice/notice';
import { publishNotice, publishToChat } from '../../lambda/notify/publish-notice';
import { en } from '../../lambda/texts/en';

const MESSAGE = 'User: arn:aws:iam::111122223333:user/x is not authorized to perform: cloudtrail:StopLogging';
const finding = classify(parseBareMessage(MESSAGE), { managementAccount: null, responderRole: null });
if (finding.denial === null) {
  throw new Error('the message is a denial');
}
const NOTICE: Notice = {
  ...renderNotice({ finding: { ...finding, denial: finding.denial }, remediation: null, accountName: null }, en),
  subject: 'Trailmend: café refused',
};

function snsAnswering(...answers: (object | Error)[]) {
  const sent: PublishCommand['input'][] = [];
  const sns = new SNSClient({});
  sns.send = async (command: PublishCommand) => {
    sent.push(command.input);
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  return { sns, sent };
}

const invalid = (message: string) => Object.assign(new Error(message), { name: 'InvalidParameterException' });

test('sends human text to people and the JSON twin to programs, with attributes to filter by', async () => {
  const { sns, sent } = snsAnswering({ MessageId: 'm' });

  await expect(publishNotice(sns, 'arn:topic', NOTICE)).resolves.toBe('m');

  const [input] = sent;
  const forms = JSON.parse(input?.Message ?? '');
  expect(input).toMatchObject({ TopicArn: 'arn:topic', Subject: NOTICE.subject, MessageStructure: 'json' });
  expect(forms).toMatchObject({ default: NOTICE.text, email: NOTICE.text });
  expect(JSON.parse(forms.sqs)).toEqual(NOTICE.json);
  expect(JSON.parse(forms.lambda)).toEqual(NOTICE.json);
  expect(input?.MessageAttributes?.case).toEqual({ DataType: 'String', StringValue: 'cloudtrail-action-denied' });
  expect(Object.keys(input?.MessageAttributes ?? {}).sort()).toEqual(['account', 'case', 'plan', 'region', 'severity']);
});

test('sends the subject once more in ASCII when SNS refuses it', async () => {
  const { sns, sent } = snsAnswering(invalid('Invalid parameter: Subject'), { MessageId: 'm' });

  await publishNotice(sns, 'arn:topic', NOTICE);

  expect(sent.map(({ Subject }) => Subject)).toEqual([NOTICE.subject, 'Trailmend: caf? refused']);
});

test.each([
  ['a refused subject that is ASCII already', { ...NOTICE, subject: 'plain' }, invalid('Invalid parameter: Subject')],
  ['another invalid parameter', NOTICE, invalid('Invalid parameter: TopicArn')],
])('throws on %s', async (_what, notice, error) => {
  await expect(publishNotice(snsAnswering(error).sns, 'arn:topic', notice)).rejects.toBe(error);
});

test('fails when SNS proves nothing', async () => {
  await expect(publishNotice(snsAnswering({}).sns, 'arn:topic', NOTICE)).rejects.toThrow('no message id');
});

test('sends the chat form as the body of its own message', async () => {
  const { sns, sent } = snsAnswering({ MessageId: 'm' });

  await publishToChat(sns, 'arn:chat', NOTICE);

  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ TopicArn: 'arn:chat' });
  expect(sent[0]?.MessageStructure).toBeUndefined();
  expect(JSON.parse(sent[0]?.Message ?? '')).toMatchObject({ version: '1.0', source: 'custom' });
});

test('sends the notice all the same when chat does not take its copy', async () => {
  await expect(publishToChat(snsAnswering(invalid('no')).sns, 'arn:chat', NOTICE)).resolves.toBeUndefined();
});

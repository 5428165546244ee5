import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import type { Identity } from '../../sandbox/organization/identity';
import { nobody, openLocalAws, TOPIC } from './local-aws';

const { open, settings } = openLocalAws();
const publish = (input: Partial<PublishCommandInput>, who?: Identity) =>
  new SNSClient(settings(who)).send(new PublishCommand({ TopicArn: TOPIC, Message: 'hello', ...input }));

describe('SNS', () => {
  const json = (message: unknown) => ({ MessageStructure: 'json', Message: JSON.stringify(message) });

  test('sends subscribers the text of their protocol', async () => {
    const sandbox = await open();
    const MessageAttributes = { severity: { DataType: 'String', StringValue: 'high' } };
    const { MessageId } = await publish({
      Subject: 'S',
      MessageAttributes,
      ...json({ default: 'd', email: 'e', sqs: '{"a":1}' }),
    });

    expect(sandbox.journal.of('notice').map(({ notice }) => notice)).toEqual([
      {
        id: MessageId,
        subject: 'S',
        body: 'e',
        text: 'd',
        json: { a: 1 },
        attributes: { severity: 'high' },
        recipients: ['a@b.c'],
      },
    ]);
  });

  test.each<[string, Partial<PublishCommandInput>, string]>([
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'Subject'],
    ['a subject with a line break', { Subject: 'a\nb' }, 'Subject'],
    ['an empty message', { Message: '' }, 'Empty message'],
    ['a message of more than 256 KiB', { Message: 'x'.repeat(262_145) }, 'Message too long'],
    ['JSON without a default', json({ email: 'e' }), 'No default entry'],
    ['JSON with a default that is no text', json({ default: 5 }), 'No default entry'],
    ['JSON that is none', { MessageStructure: 'json', Message: '{' }, 'failed to parse'],
  ])('refuses %s', async (_, input, message) => {
    await open();

    await expect(publish(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('takes a subject beyond ASCII unless told otherwise', async () => {
    await open();
    await expect(publish({ Subject: 'é' })).resolves.toMatchObject({ MessageId: expect.any(String) });
  });

  test('refuses a subject beyond ASCII when told so', async () => {
    await open([], true);
    await expect(publish({ Subject: 'é' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('knows only deployed topics and permitted publishers', async () => {
    await open();

    await expect(publish({ TopicArn: `${TOPIC}x` })).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(publish({}, nobody)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
  });
});

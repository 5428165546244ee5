import { deadLetters, queue } from '../../../lambda/health/checks/queues';
import { subscribers } from '../../../lambda/health/checks/subscribers';
import type { SubscriptionSeen } from '../../../lambda/health/edges';
import { EXPECTATION, look } from '../../support/health';

const mail = (endpoint: string, isConfirmed: boolean): SubscriptionSeen => ({
  protocol: 'email',
  endpoint,
  isConfirmed,
});
const confirm = `aws sns confirm-subscription --topic-arn ${EXPECTATION.topicArn} --token <Token in the link of the mail> --authenticate-on-unsubscribe true --region us-east-1`;
const subscribe = (address: string) =>
  `aws sns subscribe --topic-arn ${EXPECTATION.topicArn} --protocol email --notification-endpoint ${address} --region us-east-1`;

describe('subscribers', () => {
  const verdict = async (subscriptions: SubscriptionSeen[], emails = 1) => {
    const [only] = await subscribers.run(look({ subscriptions: async () => subscriptions }, { emails }));
    return only;
  };

  test('all have confirmed', async () => {
    expect(await verdict([mail('a@example.com', true)])).toMatchObject({ status: 'ok', saw: { confirmed: 1 } });
  });

  test('those who have not are named, asked again, and confirmed so that no mail scanner ends it', async () => {
    expect(await verdict([mail('a@example.com', true), mail('b@example.com', false)], 2)).toMatchObject({
      status: 'failed',
      saw: { kind: 'unsubscribed', confirmed: 1, expected: 2, pending: { count: 1, list: ['b@example.com'] } },
      mend: [subscribe('b@example.com'), confirm],
    });
  });

  test('those who are gone have to be found', async () => {
    expect(await verdict([])).toMatchObject({ status: 'failed', mend: [subscribe('<address>'), confirm] });
  });

  test('an address that is a command is one word', async () => {
    const { mend = [] } = (await verdict([mail('$(reboot)"x"@example.com', false)])) ?? {};

    expect(mend[0]).toContain(`--notification-endpoint '$(reboot)"x"@example.com' `);
  });

  test('none are asked for', async () => {
    const queue = { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:111122223333:Mine', isConfirmed: true };

    expect(await verdict([], 0)).toMatchObject({
      status: 'not-checked',
      saw: { kind: 'not-asked-for', setting: 'emails' },
    });
    expect(await verdict([queue], 0)).toMatchObject({ status: 'ok', saw: { confirmed: 0, expected: 0 } });
  });
});

test.each([
  [4, 'ok queue-flows'],
  [1_199, 'ok queue-flows'],
  [1_200, 'failed queue-stuck'],
  [null, 'not-checked queue-unmeasured'],
])('the oldest message of the queue has waited %s s', async (seconds, expected) => {
  const [verdict] = await queue.run(look({ oldestMessage: async () => seconds }));

  expect(`${verdict?.status} ${verdict?.saw.kind}`).toBe(expected);
});

test('dead letters are looked at, then put back', async () => {
  const arn = 'arn:aws:sqs:us-east-1:111122223333:TrailmendHub-DeadLetters';
  const [none] = await deadLetters.run(look());
  const [some] = await deadLetters.run(look({ messages: async () => ({ arn, count: 3 }) }));

  expect(none?.status).toBe('ok');
  expect(some).toMatchObject({ status: 'failed', saw: { kind: 'dead-letters', count: 3 } });
  expect(some?.mend).toEqual([
    `aws sqs receive-message --queue-url ${EXPECTATION.deadLettersUrl} --message-attribute-names All --visibility-timeout 0 --region us-east-1`,
    `aws sqs start-message-move-task --source-arn ${arn} --destination-arn arn:aws:sqs:us-east-1:111122223333:TrailmendHub-Refusals --region us-east-1`,
  ]);
});

import { Clock } from '../../sandbox/clock';
import { Queue } from '../../sandbox/sqs/queue';

function queues(maxReceiveCount = 2) {
  const clock = new Clock();
  const common = { visibilityTimeoutSeconds: 360, retentionSeconds: 86_400 };
  const deadLetters = new Queue({ ...common, name: 'dead', redrive: null }, clock);
  const queue = new Queue({ ...common, name: 'queue', redrive: { deadLetters, maxReceiveCount } }, clock);
  return { clock, queue, deadLetters };
}

test('a received message is invisible until its visibility timeout is over', () => {
  const { clock, queue } = queues();
  const id = queue.send('body');
  const [first] = queue.receive(10);

  expect(queue.receive(10)).toEqual([]);
  const next = queue.nextVisibleAt() ?? 0;
  expect(next - clock.now()).toBeGreaterThan(359_000);

  clock.advanceTo(next);
  const [second] = queue.receive(10);
  expect(first).toMatchObject({ id, body: 'body', receiveCount: 1 });
  expect(second).toMatchObject({ id, receiveCount: 2, firstReceivedAt: first?.firstReceivedAt });
});

test('a message goes to the dead letters when it has been received often enough', () => {
  const { clock, queue, deadLetters } = queues(2);
  const id = queue.send('body');

  for (let count = 0; count < 3; count++) {
    queue.receive(10);
    clock.advanceTo(queue.nextVisibleAt() ?? 0);
  }

  expect(queue.messageIds).toEqual([]);
  expect(deadLetters.messageIds).toEqual([id]);
});

test('only the latest receipt deletes a message', () => {
  const { clock, queue } = queues(5);
  queue.send('body');
  const [first] = queue.receive(1);
  clock.advanceTo(queue.nextVisibleAt() ?? 0);
  const [second] = queue.receive(1);

  queue.delete(first?.receiptHandle ?? '');
  expect(queue.messageIds).toHaveLength(1);
  queue.delete(second?.receiptHandle ?? '');
  expect(queue.nextVisibleAt()).toBeNull();
});

test('a batch holds no more than was asked for', () => {
  const { queue } = queues();
  for (const body of ['a', 'b', 'c']) queue.send(body);

  expect([queue.receive(2), queue.receive(2)].map((batch) => batch.length)).toEqual([2, 1]);
});

test('a message that nobody takes ends with the retention time', () => {
  const { clock, queue, deadLetters } = queues();
  queue.send('body');
  clock.advanceMinutes(24 * 60 + 1);

  expect(queue.receive(1)).toEqual([]);
  expect([...queue.messageIds, ...deadLetters.messageIds]).toEqual([]);
});

test('the clock never goes back', () => {
  const clock = new Clock();
  const before = clock.now();
  clock.advanceTo(before - 1_000);

  expect(clock.now()).toBeGreaterThanOrEqual(before);
});

test('a dead letter ends with the retention time counted from when it was first sent', () => {
  const { clock, queue, deadLetters } = queues(1);
  queue.send('body');
  clock.advanceMinutes(23 * 60);
  queue.receive(1);
  clock.advanceTo(queue.nextVisibleAt() ?? 0);
  queue.receive(1);
  expect(deadLetters.messageIds).toHaveLength(1);

  clock.advanceMinutes(60);
  expect(deadLetters.receive(1)).toEqual([]);
});

test('a redriven message is a new one', () => {
  const { clock, queue, deadLetters } = queues(1);
  const id = queue.send('body');
  queue.receive(1);
  clock.advanceTo(queue.nextVisibleAt() ?? 0);
  queue.receive(1);

  const moved = deadLetters.redriveTo(queue);
  expect(deadLetters.messageIds).toEqual([]);
  expect(moved.get(id)).not.toBe(id);
  expect(queue.receive(1)).toMatchObject([{ id: moved.get(id), body: 'body', receiveCount: 1 }]);
});

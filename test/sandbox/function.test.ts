import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../sandbox/clock';
import type { FunctionSettings, Mapping } from '../../sandbox/cloudformation/deployment';
import { EventSourceMapping } from '../../sandbox/function/event-source-mapping';
import { FunctionProcess } from '../../sandbox/function/function-process';
import { Journal } from '../../sandbox/journal';
import { Queue } from '../../sandbox/sqs/queue';

const CODE = `
console.log('loaded');
exports.handler = async (event, context) => {
  const [{ body }] = event.Records;
  console.log(JSON.stringify({ body, requestId: typeof context.awsRequestId }));
  if (body === 'throw') throw new Error('no');
  if (body === 'exit') process.exit(3);
  if (body === 'hang') await new Promise(() => setInterval(() => {}, 1000));
  if (body === 'environment') return { names: Object.keys(process.env).sort() };
  if (body === 'record') console.log(JSON.stringify(event.Records[0]));
  if (body === 'time') return { now: Date.now(), date: new Date().getTime(), fixed: new Date(5).getTime(), left: context.getRemainingTimeInMillis() };
  if (body === 'unknown') return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
  return { batchItemFailures: event.Records.filter(({ body }) => body === 'fail').map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:q';

let folder: string;
let log: string[];
let functionProcess: FunctionProcess;
let clock: Clock;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-function-'));
  writeFileSync(join(folder, 'index.js'), CODE);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  log = [];
  clock = new Clock();
  const settings: FunctionSettings = {
    name: 'f',
    arn: 'arn:aws:lambda:us-east-1:111122223333:function:f',
    handler: 'index.handler',
    code: folder,
    environment: { FROM_TEMPLATE: 'yes' },
    timeoutSeconds: 0.3,
    memoryMegabytes: 128,
    roleArn: 'arn',
    logGroup: 'g',
  };
  functionProcess = new FunctionProcess(settings, { AWS_REGION: 'us-east-1' }, (text) => log.push(text), clock);
});

afterEach(() => functionProcess.stop());

const invoke = (body: string) => functionProcess.invoke({ Records: [{ body }] });

test('a function knows its environment and nothing of ours', async () => {
  const { answer } = (await invoke('environment')) as { answer?: unknown };

  expect(answer).toEqual({
    names: [
      'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
      'AWS_LAMBDA_FUNCTION_NAME',
      'AWS_REGION',
      'FROM_TEMPLATE',
      'LAMBDA_TASK_ROOT',
      '_HANDLER',
    ],
  });
});

test('its process stays for the next event, and its lines arrive before its answer', async () => {
  await invoke('one');
  await invoke('two');

  expect(log).toEqual(['loaded\n', '{"body":"one","requestId":"string"}\n', '{"body":"two","requestId":"string"}\n']);
});

test.each([
  ['throw', 'Error: no'],
  ['exit', 'Runtime exited with code 3'],
  ['hang', 'Task timed out after 0.3 seconds'],
])('a function that does %s fails, and the next event finds it well', async (body, reason) => {
  expect(await invoke(body)).toMatchObject({ succeeded: false, reason: expect.stringContaining(reason) });
  expect(await invoke('fine')).toMatchObject({ succeeded: true });
});

test('a function lives in the time of the local organization', async () => {
  clock.advanceMinutes(1_000_000);
  const { answer } = (await invoke('time')) as { answer?: unknown };
  const { now, date, fixed, left } = answer as Record<string, number>;

  expect(Math.abs(Number(now) - clock.now())).toBeLessThan(1_000);
  expect(Math.abs(Number(now) - Number(date))).toBeLessThan(100);
  expect(fixed).toBe(5);
  expect(left).toBeLessThanOrEqual(300);
});

test('a bundle that cannot be loaded fails the invocation and says why', async () => {
  writeFileSync(join(folder, 'broken.js'), 'throw new Error("broken bundle")');
  const settings = { code: folder, handler: 'broken.handler', environment: {}, timeoutSeconds: 5, name: 'f', arn: 'a' };
  const rest = { memoryMegabytes: 128, roleArn: 'r', logGroup: 'g' };
  const broken = new FunctionProcess({ ...settings, ...rest }, {}, (text) => log.push(text), clock);

  expect(await broken.invoke({})).toEqual({ succeeded: false, reason: 'Runtime exited with code 1' });
  await broken.stop();
});

describe('an event source mapping', () => {
  const mapping: Mapping = {
    queueArn: QUEUE,
    functionArn: 'arn:f',
    batchSize: 10,
    reportsFailedItems: true,
    maxConcurrency: 1,
  };

  function connect(changes: Partial<Mapping> = {}) {
    const queue = new Queue(
      { name: 'q', visibilityTimeoutSeconds: 360, retentionSeconds: 86_400, redrive: null },
      clock,
    );
    const journal = new Journal(clock);
    return {
      clock,
      queue,
      journal,
      poller: new EventSourceMapping({ ...mapping, ...changes }, queue, () => functionProcess, journal),
    };
  }

  test('keeps the failed messages of a batch and deletes the others', async () => {
    const { queue, poller } = connect();
    queue.send('fine');
    const failed = queue.send('fail');

    expect(await poller.poll()).toBe(true);
    expect(queue.messageIds).toEqual([failed]);
    expect(await poller.poll()).toBe(false);
  });

  test('handles as many batches at a time as the template says', async () => {
    const { queue, journal } = connect();
    let running = 0;
    const seen: number[] = [];
    const start = () => ({
      invoke: async () => {
        seen.push(++running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return { succeeded: true as const, answer: null };
      },
      stop: async () => {},
    });
    for (let count = 0; count < 50; count++) queue.send('fine');
    await new EventSourceMapping({ ...mapping, maxConcurrency: 3 }, queue, start, journal).poll();

    expect(Math.max(...seen)).toBe(3);
    expect(queue.messageIds).toEqual([]);
  });

  test('hands a message over in the shape of Lambda', async () => {
    const { queue, poller } = connect();
    const id = queue.send('record');
    await poller.poll();

    const record = JSON.parse(log.at(-1) ?? '');
    expect(record).toEqual({
      messageId: id,
      receiptHandle: expect.any(String),
      body: 'record',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {},
      md5OfBody: 'de17f0f24b49f8364187891f8550ffbb',
      eventSource: 'aws:sqs',
      eventSourceARN: QUEUE,
      awsRegion: 'us-east-1',
    });
  });

  test.each(['throw', 'unknown'])('keeps the whole batch when the function does %s', async (body) => {
    const { queue, poller } = connect();
    const ids = [queue.send(body), queue.send('fine')];
    await poller.poll();

    expect(queue.messageIds).toEqual(ids);
  });

  test('deletes reported failures where the mapping does not heed them', async () => {
    const { queue, poller } = connect({ reportsFailedItems: false });
    queue.send('fail');
    await poller.poll();

    expect(queue.messageIds).toEqual([]);
  });
});

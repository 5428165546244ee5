import { parseEvent } from '../../../lambda/denial/parse-event';
import type { Cursor } from '../../../lambda/health/health-store';
import { canaryRefusal } from '../../support/canary-refusal';
import { EXPECTATION, noTrail, ProbeStage, trailLogs } from '../../support/probe-stage';
import { refusal } from '../../support/stage';

const MINUTE = 60_000;

let stage: ProbeStage;

beforeEach(async () => {
  stage = await new ProbeStage().open();
  stage.verdicts = [trailLogs('us-east-1'), noTrail('eu-west-1')];
});

afterEach(() => stage.close());

const record = (event: unknown) => JSON.stringify((event as { detail: object }).detail);
const success = record(refusal({ id: 'ok' })).replace(/"errorCode":"[^"]*",/, '');

/** `count` pages of one refused call each. */
function pages(count: number) {
  stage.history = (_region, { token }) => {
    const at = Number(token ?? 0);
    return { records: [record(refusal({ id: `e-${at}` }))], token: at + 1 < count ? String(at + 1) : null };
  };
}

test('reads the history only where no trail logs, and not at all where one does', async () => {
  await stage.run();
  expect(stage.asked.map(({ region }) => region)).toEqual(['eu-west-1']);

  stage.verdicts = [trailLogs('us-east-1'), trailLogs('eu-west-1')];
  const { polled } = await stage.run();

  expect([polled, stage.asked.length]).toEqual([null, 1]);
});

test('puts refused calls into the queue as EventBridge would, and nothing else', async () => {
  const account = EXPECTATION.managementAccount;
  const throttled = record(refusal({ id: 'throttled' })).replace('"AccessDenied"', '"ThrottlingException"');
  const canary = record(canaryRefusal({ role: EXPECTATION.canaryRoleArn }));
  stage.history = () => ({
    records: [record(refusal({ account })), success, throttled, canary],
    token: null,
  });

  const { polled } = await stage.run();

  expect(polled).toBe(1);
  const [message] = stage.queued.map((body) => JSON.parse(body));
  expect(message).toMatchObject({ source: 'aws.cloudtrail', account, region: 'eu-west-1', id: 'e-1' });
  expect(parseEvent(message, account)).toMatchObject({ kind: 'denial', denial: { eventId: 'e-1', trusted: true } });
});

test('reads a bounded number of pages in a run, two a second, and goes on where it stopped', async () => {
  pages(55);
  const waited: number[] = [];
  stage.edges = { ...stage.edges, wait: async (ms) => void waited.push(ms) };

  await stage.run();
  expect(stage.asked).toHaveLength(40);
  expect(new Set(waited)).toEqual(new Set([500]));
  await stage.run();

  expect(stage.asked).toHaveLength(55);
  expect(new Set(stage.queued.map((body) => JSON.parse(body).id)).size).toBe(55);
  const periods = stage.asked.map(({ page: { from, until } }) => `${from} ${until}`);
  expect(new Set(periods).size).toBe(1);
});

test('reads the last quarter of an hour again, for calls that came late', async () => {
  await stage.run();
  await stage.run();

  const [first, second] = stage.asked.map(({ page }) => page) as [Cursor, Cursor];
  expect(first).toEqual({ from: first.until - 60 * MINUTE, until: stage.now - 5 * MINUTE, token: null });
  expect(second).toEqual({ from: first.until - 15 * MINUTE, until: stage.now, token: null });
});

test('does not read months that a trail has logged', async () => {
  await stage.run();
  stage.now += 60 * 24 * 60 * MINUTE;
  await stage.run();

  const [, second] = stage.asked.map(({ page }) => page) as [Cursor, Cursor];
  expect(stage.now - second.from).toBe(24 * 60 * MINUTE);
});

test('reads a page again of which not everything could be sent', async () => {
  pages(2);
  const { sendMessage } = stage.edges;
  stage.edges = { ...stage.edges, sendMessage: () => Promise.reject(new Error('no queue')) };
  expect((await stage.run()).outcome).toBe('failed');

  stage.edges = { ...stage.edges, sendMessage };
  await stage.run();

  expect(stage.queued.map((body) => JSON.parse(body).id)).toEqual(['e-0', 'e-1']);
});

test('begins the period anew when AWS has forgotten where the next page begins', async () => {
  pages(45);
  await stage.run();
  const { lookUp } = stage.edges;
  const forgotten = Object.assign(new Error('expired'), { name: 'InvalidNextTokenException' });
  stage.edges = { ...stage.edges, lookUp: () => Promise.reject(forgotten) };
  await stage.run();
  stage.edges = { ...stage.edges, lookUp };
  await stage.run();

  expect(stage.asked[40]?.page).toMatchObject({ token: null });
  expect(new Set(stage.queued.map((body) => JSON.parse(body).id)).size).toBeGreaterThanOrEqual(40);
});

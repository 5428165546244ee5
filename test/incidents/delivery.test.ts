import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { problemsIn } from './ending';
import type { Cause } from './events';
import { openWorld, type World } from './incident-world';

const HOUR = 3_600_000;
const DAY = 24 * 60;
const settings = { emails: [], remediation: 'auto', locale: 'en' } as const;

let stack: Synthesis;
let world: World;

beforeAll(async () => {
  stack = await synthesize(settings);
});

beforeEach(async () => {
  world = await openWorld(stack);
});

afterEach(() => world.close());
afterAll(() => stack.remove());

const callsMade = () => world.mishaps.calls.length;
const receiveCounts = () => world.sandbox.journal.of('audit').map(({ record }) => record.receiveCount);
const eventItems = async () =>
  (await world.sandbox.database.items()).filter(({ sk }) => String(sk).startsWith('event#')).length;

async function callsFor(work: () => unknown): Promise<number> {
  const before = callsMade();
  work();
  await world.settle(0);
  return callsMade() - before;
}

describe('what an event costs', () => {
  test.each<Cause>(['guardrail', 'writer-1', 'reader-1'])(
    '%s: at most 3 calls when its incident is open',
    async (cause) => {
      world.refuse(cause);
      await world.settle(0);

      expect(await callsFor(() => world.refuse(cause))).toBeLessThanOrEqual(3);
    },
  );

  test.each<Cause>(['role', 'guardrail', 'writer-1', 'reader-1'])(
    '%s: 1 call when it was delivered before',
    async (cause) => {
      const event = world.refuse(cause);
      await world.settle(0);

      expect(await callsFor(() => world.repeat(event, 'same'))).toBe(1);
      expect(await callsFor(() => world.repeat(event, 'other'))).toBe(1);
      expect(await callsFor(() => world.repeat(event, 'updated'))).toBe(1);
    },
  );
});

test('one event by two routes, and its record updated, counts once and is told once', async () => {
  const event = world.refuse('guardrail');
  world.repeat(event, 'other');
  world.repeat(event, 'same');
  world.repeat(event, 'updated');
  await world.recover();

  expect(await problemsIn(world)).toEqual([]);
  expect(await eventItems()).toBe(1);
  expect(world.sandbox.journal.of('notice')).toHaveLength(1);
});

test.each<Cause>(['guardrail', 'role', 'writer-1'])(
  'two responders at once on the same batch count and tell %s once',
  async (cause) => {
    const events = Array.from({ length: 10 }, () => world.refuse(cause));
    for (const event of events) world.repeat(event, 'same');
    await world.recover();

    expect(world.responders()).toBeGreaterThan(1);
    expect(await problemsIn(world)).toEqual([]);
    expect(await eventItems()).toBe(10);
    // What came after the first notice may be told in a digest; twice the same it must not be.
    const subjects = world.sandbox.journal.of('notice').map(({ notice }) => `${notice.subject} ${notice.body}`);
    expect(new Set(subjects).size).toBe(subjects.length);
  },
);

test('an event that comes twice at once tells of its role once, and hides no other event', async () => {
  world.refuse('role');
  world.repeat(world.refuse('role'));
  world.loseAnswers(1);
  await world.recover();

  expect(await problemsIn(world)).toEqual([]);
});

test('an event that tells of its first and of its last try hides no other event', async () => {
  const { journal } = world.sandbox;
  world.mishaps.poison = ({ operation }) => operation === 'CreateServiceLinkedRole';
  world.refuse('role');
  world.refuse('role');
  await world.settle(HOUR);
  await world.recover();

  expect(journal.of('notice').filter(({ notice }) => /could not create the role/.test(notice.subject))).toHaveLength(2);
  expect(await problemsIn(world)).toEqual([]);
});

test('an event that a digest has counted and a created role tells of is no event more', async () => {
  const { journal } = world.sandbox;
  const toldAlone = world.refuse('role');
  world.mishaps.poison = ({ operation }) => operation === 'CreateServiceLinkedRole';
  await world.settle(0);
  world.refuse('role');
  await world.settle(2 * HOUR);
  expect(journal.of('notice').filter(({ notice }) => /: 1 more: /.test(notice.subject))).toHaveLength(1);

  world.mishaps.poison = ({ input }) => mentions(input, toldAlone);
  world.sandbox.redrive();
  await world.settle();
  expect(journal.of('notice').at(-1)?.notice.subject).toMatch(/role created/);

  await world.recover();
  expect(await problemsIn(world)).toEqual([]);
});

test.each(['not counted yet', 'counted, but never acknowledged'])(
  'what is redriven after 14 days, %s, counts once',
  async (state) => {
    const { mishaps, sandbox } = world;
    world.refuse('writer-1');
    await world.settle();
    const late = world.refuse('writer-1');
    mishaps.poison = ({ input }) => mentions(input, late) && state === 'not counted yet';
    if (state !== 'not counted yet') world.loseAnswers(6);
    await world.settle();
    expect(sandbox.journal.of('dead-lettered')).toHaveLength(1);

    mishaps.poison = null;
    sandbox.clock.advanceMinutes(13.9 * DAY);
    await world.recover();
    expect(await problemsIn(world)).toEqual([]);
    expect(await eventItems()).toBe(2);
  },
);

test('a poison message ends in the dead letters, its reason in its audit record, and blocks nobody', async () => {
  const poison = world.refuse('writer-1');
  for (const cause of ['writer-2', 'writer-3', 'guardrail', 'reader-1'] as const) world.refuse(cause);
  world.mishaps.poison = ({ input }) => mentions(input, poison);
  await world.settle();

  const { journal } = world.sandbox;
  const failed = journal.of('audit').filter(({ record }) => record.outcome === 'failed');
  expect(journal.of('dead-lettered')).toHaveLength(1);
  expect(failed.map(({ record }) => record.receiveCount)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(failed.at(-1)?.record.detail).toMatch(/InternalFailure/);
  expect(receiveCounts().filter((count) => count === 1)).toHaveLength(5);
  expect(await problemsIn(world)).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^event (?!.*failed).* has no audit record/)]),
  );
});

/** Whether a call is about this event. */
function mentions(input: object, { detail }: { readonly detail: { readonly [name: string]: unknown } }): boolean {
  return JSON.stringify(input).includes(String(detail.sharedEventID));
}

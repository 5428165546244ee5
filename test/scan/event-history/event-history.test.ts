import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventHistory } from '../../../scan/event-history/event-history';
import type { LookUp } from '../../../scan/event-history/look-up';
import { type Asked, newState, type ScanState } from '../../../scan/event-history/state';
import { readState } from '../../../scan/event-history/state-file';
import { History } from '../../../scan/history';
import { awsError, localHistory, NOW, passing } from './local-history';

const ORGANIZATION = { managementAccount: null, responderRole: null, canaryRole: null };
const WANTED = { since: null, until: null, accounts: [], cases: [], withIgnored: false };
const ASKED: Asked = { regions: ['us-east-1'], wanted: WANTED, organization: ORGANIZATION };

let file: string;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-history-'));
  file = join(folder, 'state.json');
});
afterEach(() => rm(folder, { recursive: true }));

/** Reads, from a state or from the beginning, until Ctrl-C or to the end. */
async function read(
  lookUp: LookUp,
  from: ScanState | null = null,
  controller = new AbortController(),
  time = passing(),
) {
  const history = new History(WANTED, ORGANIZATION, NOW);
  const source = new EventHistory(from ?? newState('111122223333', NOW, ASKED), { lookUp, time, file });
  const lines: string[] = [];
  const watch = {
    signal: controller.signal,
    tell: (words: () => string) => void lines.push(words()),
    confirm: async () => false,
  };
  const reading = await source.read(history, watch);
  const kept = await readState(file);
  return { reading, lines, found: history.part(), state: 'state' in kept ? kept.state : null };
}

/** A history that does something before it answers one of the calls. */
function disturbed(lookUp: LookUp, at: number, disturb: () => void): LookUp {
  let calls = 0;
  return async (...query) => {
    calls += 1;
    if (calls === at) disturb();
    return lookUp(...query);
  };
}

const sorted = ({
  counts,
  incidents,
}: {
  counts: object;
  incidents: readonly { key: string; ids: readonly string[] }[];
}) => ({
  counts,
  incidents: incidents.map(({ key, ids }) => [key, [...ids].sort()] as const).sort(),
});

describe.each([
  ['one call at a time', 1],
  ['more calls in a second than a page has', 120],
])('%s', (_what, perSecond) => {
  const lookUp = localHistory(260, perSecond);

  test('wherever it is ended, it goes on to the same end', async () => {
    const whole = await read(lookUp);
    expect(whole.found.counts.records).toBe(260);
    expect(whole.state?.finished).not.toBeNull();

    for (let at = 1; at <= 13; at += 1) {
      const controller = new AbortController();
      const first = await read(
        disturbed(lookUp, at, () => controller.abort()),
        null,
        controller,
      );
      const second = await read(lookUp, first.state);

      expect(first.reading.isInterrupted).toBe(true);
      expect(second.reading).toMatchObject({ problems: [], isInterrupted: false });
      expect(sorted(second.found)).toEqual(sorted(whole.found));
    }
  });

  test('ended again and again, it still counts each call once', async () => {
    const whole = await read(lookUp);
    let state: ScanState | null = null;
    for (let times = 0; times < 4; times += 1) {
      const controller = new AbortController();
      state = (
        await read(
          disturbed(lookUp, 2, () => controller.abort()),
          state,
          controller,
        )
      ).state;
    }
    const last = await read(lookUp, state);

    expect(sorted(last.found)).toEqual(sorted(whole.found));
  });
});

test('when AWS has forgotten where the next page began, it goes on from the oldest call', async () => {
  const lookUp = localHistory(260, 3);
  const whole = await read(lookUp);
  let calls = 0;
  const asked: number[] = [];
  const forgetful: LookUp = async (region, query, signal) => {
    calls += 1;
    asked.push(query.until);
    if (calls === 3) throw awsError('InvalidNextTokenException');
    return lookUp(region, query, signal);
  };
  const { reading, found } = await read(forgetful);

  expect(reading.problems).toEqual([]);
  expect(sorted(found)).toEqual(sorted(whole.found));
  expect(asked[3]).toBeLessThan(asked[2] ?? 0);
});

test('what a machine that fails has kept is at most some seconds old, and can be gone on with', async () => {
  const lookUp = localHistory(3_000, 3);
  const whole = await read(lookUp);
  await rm(file);
  let kept: ScanState | null = null;
  const watched = disturbed(lookUp, 55, () => void readFile(file, 'utf8').then((text) => (kept = JSON.parse(text))));
  await read(watched);
  const again = await read(lookUp, kept);

  // 55 calls took half a minute, of which 15 seconds or less may be lost.
  const records = Object(kept).history.counts.records;
  expect(records).toBeGreaterThanOrEqual(50 * 25);
  expect(records).toBeLessThan(3_000);
  expect(sorted(again.found)).toEqual(sorted(whole.found));
});

test('a record that is no JSON cannot be judged; it counts, and the rest is read', async () => {
  const lookUp: LookUp = async () => ({
    events: [{ id: 'a', time: NOW, record: '{"eventSource": "cloudtrail' }],
    token: null,
  });
  const { found } = await read(lookUp);

  expect(found.counts).toMatchObject({ records: 8, malformed: 8 });
});

test('a state that cannot be written any more is a problem, and no reason to stop', async () => {
  file = join(folder, 'missing', 'state.json');
  const { reading, found } = await read(localHistory(60, 1));

  expect(found.counts.records).toBe(60);
  expect(reading.problems).toEqual([
    { where: file, what: 'cannot be written (ENOENT): make room, or the scan cannot go on from here' },
  ]);
});

test('says how far it is', async () => {
  const { lines } = await read(localHistory(120, 1));

  expect(lines[0]).toBe('us-east-1 0 %; 50 records, 3 incidents');
  expect(lines.at(-1)).toBe('us-east-1 100 %; 120 records, 3 incidents');
});

test('days after it began, it says what has left the event history meanwhile', async () => {
  const lookUp = localHistory(260, 1);
  const controller = new AbortController();
  const { state } = await read(
    disturbed(lookUp, 3, () => controller.abort()),
    null,
    controller,
  );
  const asked: (number | null)[] = [];
  const later: LookUp = (region, query, signal) => {
    asked.push(query.since);
    return lookUp(region, query, signal);
  };
  const { reading } = await read(later, state, undefined, passing(NOW + 2 * 24 * 3_600_000));

  expect(reading.remarks).toContain(
    'Calls before 2026-09-02 12:00 UTC have left the event history meanwhile; what was not read of them is lost.',
  );
  expect(new Set(asked)).toEqual(new Set([null]));
});

test('a mistake of ours is thrown, once what was read is kept', async () => {
  const lookUp = localHistory(60, 1);
  const broken = disturbed(lookUp, 2, () => {
    throw new TypeError('x is not a function');
  });

  await expect(read(broken)).rejects.toThrow('x is not a function');
  expect(await readState(file)).toMatchObject({ state: { history: { counts: { records: 50 } } } });
});

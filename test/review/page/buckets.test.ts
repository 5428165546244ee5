import { axisOf, bucketsOf, roundStep, type Scale, scaleOf } from '../../../review/page/buckets';
import { type Entry, entriesOf } from '../../../review/page/entry';
import { reviewFixture } from '../review-fixture';

const HOUR = 3_600_000;
const [ENTRY] = entriesOf(reviewFixture({ count: 1 })) as [Entry];

/** Entries that began at these times. */
function began(...times: number[]): Entry[] {
  return times.map((first) => ({ ...ENTRY, first }));
}

test.each([6, 20, 60])('every incident is in exactly one of at most %d bars', (most) => {
  for (const span of [0, 1, 59_999, HOUR, 25 * HOUR, 900 * HOUR, 90_000 * HOUR]) {
    for (const start of [0, 1, 12_345_678, 1_790_000_000_001]) {
      const entries = began(start, start + span / 3, start + span);
      const scale = scaleOf(entries, most) as Scale;

      const buckets = bucketsOf(entries, scale);

      expect(buckets.length).toBeLessThanOrEqual(most);
      expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(3);
      expect(buckets[0]?.total).toBeGreaterThan(0);
      expect(buckets.at(-1)?.total).toBeGreaterThan(0);
    }
  }
});

test('bars begin at round times of the clock', () => {
  const at = Date.parse('2026-11-02T03:04:05Z');

  const scale = scaleOf(began(at, at + 30 * HOUR), 12) as Scale;

  expect(scale.step).toBe(3 * HOUR);
  expect(new Date(scale.from).toISOString()).toBe('2026-11-02T03:00:00.000Z');
});

test('there is no scale without a time', () => {
  expect(scaleOf([], 10)).toBeNull();
  expect(scaleOf(began(Number.NaN), 10)).toBeNull();
});

test('a step is round, and never less than asked for', () => {
  expect(roundStep(0)).toBe(60_000);
  expect(roundStep(2 * HOUR)).toBe(3 * HOUR);
  expect(roundStep(5_000 * 24 * HOUR)).toBeGreaterThanOrEqual(5_000 * 24 * HOUR);
});

test.each([0, 1, 2, 5, 7, 42, 399, 10_000])('the axis of %d goes from 0 past it, in few whole steps', (highest) => {
  const ticks = axisOf(highest);

  expect(ticks[0]).toBe(0);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(1, highest));
  expect(ticks.length).toBeLessThanOrEqual(5);
  expect(ticks.every(Number.isInteger)).toBe(true);
});

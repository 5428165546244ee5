import type { Severity } from '../../lambda/cases/case';
import type { Entry } from './entry';

/** One bar of the timeline: how many incidents began in its time. */
export type Bucket = {
  /** From here and before there, ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly total: number;
};

/** When the bars of a timeline begin; all are `step` ms wide. */
export type Scale = { readonly from: number; readonly step: number; readonly bars: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times that people read easily as the width of a bar, or between two labels. */
const STEPS = [1, 5, 15, 30]
  .map((count) => count * MINUTE)
  .concat(
    [1, 3, 6, 12].map((count) => count * HOUR),
    [1, 2, 7, 28].map((count) => count * DAY),
  );

/** The scale on which `entries` fit with at most `most` bars; null when there are none. */
export function scaleOf(entries: readonly Entry[], most: number): Scale | null {
  const times = entries.map(({ first }) => first).filter(Number.isFinite);
  const earliest = times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const latest = times.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  if (times.length === 0) {
    return null;
  }
  const barsOf = (step: number) => Math.floor(latest / step) - Math.floor(earliest / step) + 1;
  const step = roundStep((latest - earliest) / Math.max(1, most - 1));
  return { from: Math.floor(earliest / step) * step, step, bars: barsOf(step) };
}

/** The bars of `entries` on a scale. */
export function bucketsOf(entries: readonly Entry[], { from, step, bars }: Scale): Bucket[] {
  const counts = Array.from({ length: bars }, () => ({ high: 0, medium: 0, low: 0 }));
  for (const { first, incident } of entries) {
    const count = counts[Math.floor((first - from) / step)];
    if (count) {
      count[incident.severity] += 1;
    }
  }
  return counts.map((bySeverity, at) => ({
    from: from + at * step,
    to: from + (at + 1) * step,
    bySeverity,
    total: bySeverity.high + bySeverity.medium + bySeverity.low,
  }));
}

/** The first round time that is at least `least`, in ms. */
export function roundStep(least: number): number {
  const widest = STEPS.at(-1) ?? DAY;
  return STEPS.find((width) => width >= least) ?? widest * Math.ceil(least / widest);
}

/** Round numbers for the axis, from 0 to at least `highest`, in at most four steps. */
export function axisOf(highest: number): number[] {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= rough) ?? rough);
  return Array.from({ length: Math.ceil(Math.max(1, highest) / step) + 1 }, (_, at) => at * step);
}

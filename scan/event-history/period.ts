import type { Wanted } from '../wanted';

/** How many days CloudTrail keeps events in its event history. */
export const DAYS_KEPT = 90;

const KEPT_MS = DAYS_KEPT * 24 * 3_600_000;

/** The clock here may be off a little, and a call takes its time: so near its end AWS is not asked for a time. */
const MARGIN_MS = 60_000;

/** The part of the past that a scan reads; milliseconds since 1970. */
export type Period = { readonly since: number; readonly until: number };

/** The oldest time that the event history has. */
export function oldestKept(now: number): number {
  return now - KEPT_MS;
}

/** The period that is wanted, as far as the event history had it when the scan began. */
export function periodOf({ since, until }: Pick<Wanted, 'since' | 'until'>, begun: number): Period {
  const oldest = oldestKept(begun);
  return { since: Math.max(since ?? oldest, oldest), until: Math.min(until ?? begun, begun) };
}

/** The start time to ask for; null for all that there is, when the period goes further back than the event history by now. */
export function startTimeOf({ since }: Period, now: number): number | null {
  return since > oldestKept(now) + MARGIN_MS ? since : null;
}

import type { Severity } from '../cases/case';
import type { Suppression } from './suppression';

/** When administrators hear of an incident: the settings of the stack. */
export type NoticePolicy = {
  /** Lowest severity that gets a notice of its own; below it, the daily digest tells. */
  readonly immediate: Severity;
  readonly gatherMs: number;
  readonly windowMs: number;
  /** Hour of the daily digest, UTC. */
  readonly digestHour: number;
  /** Notices an hour, high severity not counted, before they are put together. */
  readonly cap: number;
  /** How long items are kept. */
  readonly keepMs: number;
  readonly suppressions: readonly Suppression[];
};

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

/** The graver of two. */
export function graver(one: Severity, other: Severity | null): Severity {
  return other !== null && RANK[other] > RANK[one] ? other : one;
}

/** Whether a finding of this severity gets a notice of its own. High severity always does. */
export function isDirect(severity: Severity, { immediate }: NoticePolicy): boolean {
  return RANK[severity] >= RANK[immediate];
}

const DAY = 24 * 3_600_000;

/** The next time of the daily digest after `now`. */
export function nextDaily(now: number, { digestHour }: NoticePolicy): number {
  const today = Math.floor(now / DAY) * DAY + digestHour * 3_600_000;
  return today > now ? today : today + DAY;
}

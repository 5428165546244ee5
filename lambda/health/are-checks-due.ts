import { isOpenCheck, isSettling } from './follow-verdicts';
import type { ProbeItems } from './health-items';
import type { Prevented } from './prevent';
import { isLost } from './send-canaries';

const MINUTE = 60_000;

/** How often everything is checked while all is well; runs of the schedule are never exactly five minutes apart. */
const BEAT_MS = 60 * MINUTE - MINUTE;

/**
 * Whether everything is to be checked in this run: hourly, after a deployment or a change of Trailmend's own resources, and
 * in every run while something is wrong that is not just settling.
 */
export function areChecksDue(items: ProbeItems, prevented: Prevented | null, now: number): boolean {
  const { checkedAt, wantedAt, incidents, canaries } = items;
  if (checkedAt === null || now - checkedAt >= BEAT_MS || (wantedAt !== null && wantedAt > checkedAt)) {
    return true;
  }
  const isRoleMissing = prevented !== null && prevented.outcome.kind !== 'created';
  const isCanaryLost = !isSettling(items, now) && canaries.some((canary) => isLost(canary, now));
  return isRoleMissing || incidents.some(isOpenCheck) || isCanaryLost;
}

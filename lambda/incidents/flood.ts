import { SETTLE_MS } from './incident';
import type { NoticePolicy } from './notice-policy';

/** Most notices that one sweep sends one by one. */
const ONE_BY_ONE = 5;

/** What the sweeps hand on to each other. */
export type SweepState = {
  /** Notices about one incident that went out since `periodStart`. */
  readonly periodStart: number;
  readonly sent: number;
  /** Until when a storm puts everything together; null when there is none. */
  readonly stormUntil: number | null;
};

/** How the notices that incidents want are sent. */
export type Dispatch =
  | { readonly kind: 'one-by-one' }
  /** Together, in one notice; with a storm, everything else waits until `stormUntil`. */
  | { readonly kind: 'together'; readonly as: 'storm' | 'digest'; readonly stormUntil: number | null }
  /** Not now: a storm notice has been sent, and its digest comes then. */
  | { readonly kind: 'hold'; readonly until: number };

/** What a sweep has before it. */
export type Wanted = {
  /** Incidents that want a notice of their own, and how many of these want their first. */
  readonly notices: number;
  readonly first: number;
  /** Incidents that still gather and will want one within the minute. */
  readonly gathering: number;
};

/** Decides how a sweep's notices go out, so that a flood of incidents is no flood of mail. Pure. */
export function dispatch(
  { notices, first, gathering }: Wanted,
  { stormUntil, sent }: SweepState,
  now: number,
  policy: NoticePolicy,
): Dispatch {
  if (stormUntil !== null && now < stormUntil) {
    return { kind: 'hold', until: stormUntil };
  }
  const isFlood = first + gathering > ONE_BY_ONE;
  const next = now + policy.windowMs + policy.gatherMs + SETTLE_MS;
  if (stormUntil !== null && notices > 1) {
    return { kind: 'together', as: 'digest', stormUntil: isFlood ? next : null };
  }
  if (isFlood || sent + notices > policy.cap) {
    return { kind: 'together', as: 'storm', stormUntil: next };
  }
  // Digests of what everybody knows: many of them at once are one mail, but no storm.
  return notices > ONE_BY_ONE ? { kind: 'together', as: 'digest', stormUntil: null } : { kind: 'one-by-one' };
}

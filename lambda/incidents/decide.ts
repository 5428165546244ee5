import { isMuted, windowClosesAt } from './admit';
import type { Episode, Incident, Tally } from './incident';
import { type NoticePolicy, nextDaily } from './notice-policy';

/** What an incident that is due needs. */
export type Verdict =
  /** A notice: its first, the digest of what went on, or a line in the daily digest. */
  | { readonly kind: 'first' | 'digest' | 'daily' }
  /** Nothing yet; look again then. */
  | { readonly kind: 'wait'; readonly until: number; readonly dueFor: 'look' | 'daily' }
  | { readonly kind: 'quiet' };

/** How many events wait to be told, and how many of them are suppressed. */
export type Untold = { readonly open: number; readonly suppressed: number };

/** What no notice has told yet. Each event that told at once has told of itself. */
export function untoldOf({ told, toldSuppressed }: Incident, tally: Tally, toldAtOnce: number): Untold {
  return {
    open: Math.max(0, tally.open - told - toldAtOnce),
    suppressed: Math.max(0, tally.suppressed - toldSuppressed),
  };
}

/**
 * Decides what is due. Pure: incident, count and time in, verdict out.
 * @param toldAtOnce events of the episode that told at once and are not yet part of `incident.told`
 */
export function decide(
  incident: Incident,
  tally: Tally,
  toldAtOnce: number,
  now: number,
  policy: NoticePolicy,
): Verdict {
  const { episode } = incident;
  if (episode === null) {
    return { kind: 'quiet' };
  }
  const untold = untoldOf(incident, tally, toldAtOnce);
  const isDirect = episode.direct && !isMuted(incident, now);
  if (isDirect && untold.open > 0) {
    return directVerdict(episode, episode.told || toldAtOnce > 0, now);
  }
  if (untold.open + untold.suppressed > 0) {
    return incident.dueFor === 'daily'
      ? { kind: 'daily' }
      : { kind: 'wait', until: nextDaily(now, policy), dueFor: 'daily' };
  }
  const closes = windowClosesAt(episode);
  return closes <= now ? { kind: 'quiet' } : { kind: 'wait', until: closes, dueFor: 'look' };
}

function directVerdict({ silentUntil }: Episode, told: boolean, now: number): Verdict {
  if (!told) {
    return { kind: 'first' };
  }
  return silentUntil <= now ? { kind: 'digest' } : { kind: 'wait', until: silentUntil, dueFor: 'look' };
}

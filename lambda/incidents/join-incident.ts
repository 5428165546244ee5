import { type Admission, admit, isMuted } from './admit';
import type { Occurrence } from './incident';
import type { NoticePolicy } from './notice-policy';
import type { Store } from './store';

/** How often an event tries to change its incident while others do; each loser finds the winner's change. */
const TRIES = 10;

/** What joining came to. */
export type Joined = Pick<Admission, 'owes'> & {
  /** Whether an earlier delivery of the event has taken over what it owes. */
  readonly isResumed: boolean;
  /** End of the incident's last time; null when this is the first. */
  readonly quietSince: number | null;
  /** Why somebody has muted it; null when nobody has. */
  readonly muted: string | null;
};

/**
 * Lets an event join its incident: one call when the incident is open, two when the event opens it or is news.
 * @throws when others change the incident all the time, so that the message comes again
 */
export async function joinIncident(
  store: Store,
  occurrence: Occurrence,
  now: number,
  policy: NoticePolicy,
): Promise<Joined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const incident = await store.incidents.read(occurrence.key, now);
    const { next, owes } = admit(incident, occurrence, now, policy);
    if (next === null || (await store.incidents.write(next, now))) {
      const muted = isMuted(incident, now) ? (incident?.mute?.reason ?? null) : null;
      return { owes, isResumed: next === null, quietSince: incident?.quietSince ?? null, muted };
    }
  }
  throw new Error(
    `Incident ${occurrence.key} changed ${TRIES} times while event ${occurrence.event} tried to join it.`,
  );
}

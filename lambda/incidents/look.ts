import { newlyTold, type ToldAtOnce } from './advance';
import { FREEZE_MS } from './arrivals';
import { decide, type Untold, untoldOf, type Verdict } from './decide';
import { type AtOnce, type Incident, LEASE_MS, type Owner, type Tally } from './incident';
import { type News, NewsCollector } from './news';
import type { NoticePolicy } from './notice-policy';
import { noticeKey } from './outbox';
import type { Store } from './store';

/** What a sweep sees of an incident that is due, and what it concludes. */
export type Look = {
  readonly incident: Incident;
  readonly tally: Tally;
  /** Arrival before which events count as settled. */
  readonly until: number;
  /** Notices that its events have told at once since the last look. */
  readonly atOnce: readonly ToldAtOnce[];
  readonly untold: Untold;
  readonly news: News;
  readonly verdict: Verdict;
};

/** While the event that must tell of a role may still be delivered again, nobody else tells of it: only it knows how it went. */
const REDELIVERED_MS = 45 * 60_000;

/** Looks at an incident; null when it is not due after all, since somebody else has seen to it. */
export async function lookAt(key: string, store: Store, now: number, policy: NoticePolicy): Promise<Look | null> {
  const incident = await store.incidents.read(key, now);
  if (incident === null || incident.dueAt === null || incident.dueAt > now) {
    return null;
  }
  const until = now - FREEZE_MS;
  const news = new NewsCollector(incident);
  const tally = await store.incidents.tally(key, incident.countedUntil, until, now, (event) => news.add(event));
  const { atOnce, isPending } = await toldAtOnce(incident, store, now);
  const told = newlyTold(incident, atOnce);
  const untold = untoldOf(incident, tally, told);
  const verdict = decide(incident, tally, told, now, policy);
  // Its own notice is on its way, or will be with the event's next delivery.
  const waits = isPending && verdict.kind === 'first';
  const later: Verdict = { kind: 'wait', until: now + LEASE_MS, dueFor: 'look' };
  return { incident, tally, until, atOnce, untold, news: news.untold(atOnce), verdict: waits ? later : verdict };
}

async function toldAtOnce({ key, episode }: Incident, store: Store, now: number) {
  const owners = Object.entries(episode?.owners ?? {}).filter(([, { counted }]) => !counted) as [AtOnce, Owner][];
  const entries = await Promise.all(owners.map(([kind, { at }]) => store.outbox.read(noticeKey(key, kind, at))));
  const atOnce: ToldAtOnce[] = [];
  let isPending = false;
  for (const [index, [kind, { at }]] of owners.entries()) {
    const entry = entries[index];
    if (entry?.sent) {
      atOnce.push({ kind, sent: entry.sent });
    } else {
      isPending ||= entry != null || (kind !== 'urgent' && now - at < REDELIVERED_MS);
    }
  }
  return { atOnce, isPending };
}

import { windowClosesAt } from './admit';
import { type AtOnce, type Episode, type Incident, LISTED, type SentNotice, type Tally } from './incident';
import { graver, type NoticePolicy } from './notice-policy';

/** What a notice tells of one incident. */
export type Told = {
  readonly key: string;
  /** Events since the incident's `countedUntil` that were known then, without and with a setting that suppresses them. */
  readonly open: number;
  readonly suppressed: number;
  /** Arrival up to which they are settled, and so can be counted for good. */
  readonly until: number;
};

/** A notice that an event of the incident told at once. */
export type ToldAtOnce = { readonly kind: AtOnce; readonly sent: SentNotice };

/** How many events these notices tell that nobody has told before: one event may tell at once of several outcomes. */
export function newlyTold({ episode }: Incident, atOnce: readonly ToldAtOnce[]): number {
  const counted = Object.values(episode?.owners ?? {}).flatMap((owner) => (owner.counted ? [owner.event] : []));
  const told = new Set(atOnce.map(({ kind }) => episode?.owners[kind]?.event));
  return [...told].filter((event) => event !== undefined && !counted.includes(event)).length;
}

/** The incident after a notice told of it: another window of silence begins. */
export function afterNotice(
  incident: Incident,
  told: Told,
  tally: Tally,
  sent: SentNotice,
  now: number,
  policy: NoticePolicy,
): Incident {
  const { episode } = incident;
  const windowEnd = now + policy.windowMs;
  const silentUntil = windowClosesAt({ windowEnd });
  return {
    ...counted(incident, told, tally),
    notices: [...incident.notices, sent].slice(-LISTED),
    episode: episode && { ...episode, told: true, windowEnd, silentUntil, owners: allCounted(episode) },
    dueAt: episode && silentUntil,
    dueFor: episode && 'look',
  };
}

/** The incident after a look that told nothing: its lists are up to date, and it is due again then. */
export function afterLook(
  incident: Incident,
  tally: Tally,
  atOnce: readonly ToldAtOnce[],
  due: { readonly until: number; readonly dueFor: 'look' | 'daily' },
): Incident {
  const { episode } = incident;
  const owners = Object.fromEntries(
    atOnce.map(({ kind }) => [kind, { ...episode?.owners[kind], counted: true }] as const),
  );
  return {
    ...withFacts(incident, tally),
    told: incident.told + newlyTold(incident, atOnce),
    notices: [...incident.notices, ...atOnce.map(({ sent }) => sent)].slice(-LISTED),
    episode: episode && {
      ...episode,
      told: episode.told || atOnce.length > 0,
      owners: { ...episode.owners, ...owners } as Episode['owners'],
    },
    dueAt: due.until,
    dueFor: due.dueFor,
  };
}

/** The incident after a window in which nothing happened. */
export function afterQuiet(incident: Incident, tally: Tally, until: number, now: number): Incident {
  const { open, suppressed } = tally;
  return {
    ...counted(incident, { key: incident.key, open, suppressed, until }, tally),
    state: incident.state === 'remediated' ? 'remediated' : 'quiet',
    episode: null,
    quietSince: now,
    dueAt: null,
    dueFor: null,
  };
}

/** Freezes what is settled; what is told beyond it stays known as told. */
function counted(incident: Incident, { open, suppressed, until }: Told, tally: Tally): Incident {
  return {
    ...withFacts(incident, tally),
    countedUntil: Math.max(incident.countedUntil, until),
    total: incident.total + tally.settledOpen + tally.settledSuppressed,
    told: Math.max(0, open - tally.settledOpen),
    toldSuppressed: Math.max(0, suppressed - tally.settledSuppressed),
  };
}

function withFacts(incident: Incident, tally: Tally): Incident {
  const { firstSeen, lastSeen, severity, episode } = incident;
  const listed = (kept: readonly string[], seen: readonly string[]) =>
    [...new Set([...kept, ...seen])].slice(0, LISTED);
  return {
    ...incident,
    revision: incident.revision + 1,
    severity: episode ? graver(severity, tally.severity) : severity,
    firstSeen: tally.firstSeen !== null && tally.firstSeen < firstSeen ? tally.firstSeen : firstSeen,
    lastSeen: tally.lastSeen !== null && tally.lastSeen > lastSeen ? tally.lastSeen : lastSeen,
    actions: listed(incident.actions, tally.actions),
    resources: listed(incident.resources, tally.resources),
    principals: listed(incident.principals, tally.principals),
    accounts: listed(incident.accounts, tally.accounts),
    exact: incident.exact && tally.complete,
  };
}

function allCounted({ owners }: Episode): Episode['owners'] {
  return Object.fromEntries(Object.entries(owners).map(([kind, owner]) => [kind, { ...owner, counted: true }]));
}

import { FREEZE_MS } from './arrivals';
import { type AtOnce, type Episode, type Incident, LATE_MS, LEASE_MS, type Occurrence, SETTLE_MS } from './incident';
import { graver, isDirect, type NoticePolicy, nextDaily } from './notice-policy';

/** What becomes of an incident when an event joins it. */
export type Admission = {
  /** The incident to write; null when nothing changes: it is open, and what is due covers the event. */
  readonly next: Incident | null;
  /** What this event must tell at once, and since when it is known; null when somebody else or a later notice does. */
  readonly owes: { readonly kind: AtOnce; readonly at: number } | null;
};

const COVERED: Admission = { next: null, owes: null };

/** Told however late, muted or suppressed: Trailmend has changed the management account. */
const ALWAYS_TOLD: readonly (AtOnce | null)[] = ['created'];

/**
 * Lets an event join its incident. Opens the incident, reopens it after quiet, or finds it open and leaves it alone. Pure:
 * the same event decides the same way when it is delivered again.
 */
export function admit(incident: Incident | null, occurrence: Occurrence, now: number, policy: NoticePolicy): Admission {
  const always = ALWAYS_TOLD.includes(occurrence.atOnce);
  const silent = !always && (occurrence.suppressed !== null || isMuted(incident, now));
  const kind = silent ? null : occurrence.atOnce;
  const owner = kind && incident?.episode?.owners[kind];
  if (kind && owner?.event === occurrence.event) {
    return { next: null, owes: { kind, at: owner.at } };
  }
  const direct = !silent && (kind !== null || isDirect(occurrence.severity, policy));
  const episode = incident?.episode ?? null;
  const isOpen = episode !== null && now < episode.windowEnd;
  const owed = isOpen && owner !== undefined ? null : kind;
  const isCovered = isOpen && owed === null && (!direct || (episode.direct && !isLeftToDaily(incident)));
  if (
    isCovered ||
    (!isOpen && isLate(incident, occurrence, now) && !isNewsHoweverLate(incident, { kind, direct }, occurrence))
  ) {
    return COVERED;
  }
  const joined = join(incident, occurrence, now, { kind: owed, direct }, policy);
  return { next: joined, owes: owed && { kind: owed, at: occurrence.since } };
}

/** Whether somebody has asked for silence, and it is not over. */
export function isMuted(incident: Incident | null, now: number): boolean {
  return incident !== null && incident.mute !== null && incident.mute.until > now;
}

/** Whether it waits for the daily digest with what was muted or suppressed; what is neither must not wait with it. */
function isLeftToDaily(incident: Incident | null): boolean {
  return incident?.dueFor === 'daily';
}

/** What became of a role is of now, whenever the call was; and nobody has heard of what is graver than all that was told. */
function isNewsHoweverLate(incident: Incident | null, { kind, direct }: Way, { severity }: Occurrence): boolean {
  const isGraver = incident !== null && graver(incident.severity, severity) !== incident.severity;
  return direct && (isGraver || (kind !== null && kind !== 'urgent'));
}

/** A record that comes long after its call, of a time that notices have told: it counts, but it is no news. */
function isLate(incident: Incident | null, { time }: Occurrence, now: number): boolean {
  const called = Date.parse(time);
  return incident !== null && now - called > LATE_MS && called < incident.countedUntil;
}

/** How an event joins: what it tells at once, and whether it deserves a notice of its own. */
type Way = { readonly kind: AtOnce | null; readonly direct: boolean };

function join(before: Incident | null, o: Occurrence, now: number, way: Way, policy: NoticePolicy): Incident {
  const base = before ?? newIncident(o);
  const { episode } = base;
  const isNews = way.direct && !episode?.direct;
  const windowEnd = now + policy.windowMs;
  const next: Episode = {
    openedAt: episode?.openedAt ?? now,
    windowEnd,
    silentUntil: isNews || episode === null ? windowClosesAt({ windowEnd }) : episode.silentUntil,
    direct: way.direct || (episode?.direct ?? false),
    told: episode?.told === true && !isNews,
    owners: {
      ...episode?.owners,
      ...(way.kind && { [way.kind]: { event: o.event, at: o.since, counted: wasCounted(base, o) } }),
    },
  };
  return {
    ...base,
    revision: base.revision + 1,
    severity: episode === null ? o.severity : graver(base.severity, o.severity),
    state: o.remediated ? 'remediated' : 'open',
    episode: next,
    ...dueOf(base, way, now, policy),
    finding: way.direct || !episode?.direct ? o.finding : base.finding,
  };
}

function dueOf(before: Incident, { kind, direct }: Way, now: number, policy: NoticePolicy) {
  if (kind) {
    // The event tells at once; the look after its lease makes sure of that.
    return { dueAt: now + LEASE_MS, dueFor: 'look' } as const;
  }
  if (direct && (!before.episode?.direct || isLeftToDaily(before))) {
    return { dueAt: now + policy.gatherMs, dueFor: 'gather' } as const;
  }
  return before.episode && before.dueAt !== null
    ? { dueAt: before.dueAt, dueFor: before.dueFor }
    : ({ dueAt: nextDaily(now, policy), dueFor: 'daily' } as const);
}

function newIncident(o: Occurrence): Incident {
  const listed = (value: string | null) => (value === null ? [] : [value]);
  return {
    key: o.key,
    revision: 0,
    case: o.case,
    severity: o.severity,
    state: 'open',
    firstSeen: o.time,
    lastSeen: o.time,
    actions: listed(o.action),
    resources: listed(o.resource),
    principals: listed(o.principal),
    accounts: listed(o.account),
    notices: [],
    episode: null,
    quietSince: null,
    countedUntil: 0,
    total: 0,
    exact: true,
    told: 0,
    toldSuppressed: 0,
    dueAt: null,
    dueFor: null,
    finding: o.finding,
    mute: null,
  };
}

/** Whether the last count has the event, since an earlier delivery brought it and broke off before it told. */
function wasCounted({ countedUntil }: Incident, { since }: Occurrence): boolean {
  return since < countedUntil + FREEZE_MS;
}

/** When the silence after a notice is over and everything that arrived in it is settled. */
export function windowClosesAt({ windowEnd }: Pick<Episode, 'windowEnd'>): number {
  return windowEnd + SETTLE_MS;
}

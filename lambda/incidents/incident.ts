import type { CaseId } from '../cases';
import type { Severity } from '../cases/case';

/** Longest list of actions, resources, principals, accounts or notices that an incident keeps. */
export const LISTED = 20;

/**
 * How long after its arrival an event can still become visible: as long as the function runs, and some more. What is
 * older is settled, so counting it twice gives the same number.
 */
export const SETTLE_MS = 90_000;

/** How long one responder may take to send a notice before another may. Longer than the function runs. */
export const LEASE_MS = 90_000;

/** Delay behind which an event is late: it belongs to a time that was told already, if there is one. */
export const LATE_MS = 15 * 60_000;

/** Why somebody is told at once, once per episode: a call of high severity, or what became of a missing role. */
export type AtOnce =
  | 'urgent'
  | 'created'
  | 'already-present'
  | 'would-create'
  | 'probe-failed'
  | 'create-failed'
  | 'probe-failed-last'
  | 'create-failed-last';

/** The event that owes a notice at once. */
export type Owner = {
  readonly event: string;
  /** Its first arrival; part of the notice's key, so that it is the same notice however often the event comes again. */
  readonly at: number;
  /** Whether the incident's `told` has it. */
  readonly counted: boolean;
};

/** From the first event until a whole window stayed silent. Times are of arrival, in ms since 1970. */
export type Episode = {
  readonly openedAt: number;
  /** Until then events join without changing the incident; the first one after it begins the next window. */
  readonly windowEnd: number;
  /** Until then nothing is told of it but news; the next digest comes after that. */
  readonly silentUntil: number;
  /** Whether it is told by a notice of its own; false when the daily digest does. */
  readonly direct: boolean;
  /** Whether any notice has told of it. */
  readonly told: boolean;
  readonly owners: Readonly<Partial<Record<AtOnce, Owner>>>;
};

/** A time without notices that somebody asked for. */
export type Mute = { readonly until: number; readonly by: string; readonly reason: string; readonly since: number };

/** A notice that was sent about the incident. */
export type SentNotice = { readonly id: string; readonly noticeId: string; readonly at: number };

/** Findings with the same cause. A value: what changes makes a new one. */
export type Incident = {
  readonly key: string;
  /** Raised with every change; a change that was decided on an older one is refused. */
  readonly revision: number;
  readonly case: CaseId;
  readonly severity: Severity;
  readonly state: 'open' | 'remediated' | 'quiet';
  /** Times of the calls, ISO 8601. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly accounts: readonly string[];
  /** Newest last. */
  readonly notices: readonly SentNotice[];
  /** Null while it is quiet. */
  readonly episode: Episode | null;
  /** End of the last episode; null before that. */
  readonly quietSince: number | null;
  /** Arrival up to which events are counted for good, in `total`. */
  readonly countedUntil: number;
  readonly total: number;
  /** False when there were too many events to read them all: `total` is then a lower bound. */
  readonly exact: boolean;
  /** How many of the events since `countedUntil` have been told, and of those suppressed ones. */
  readonly told: number;
  readonly toldSuppressed: number;
  /** When somebody must look at it again, and what for; null while it is quiet. */
  readonly dueAt: number | null;
  readonly dueFor: 'gather' | 'look' | 'daily' | null;
  /** Latest finding that made news, as JSON; the notice is rendered from it. */
  readonly finding: string;
  readonly mute: Mute | null;
};

/** What one event brings to its incident. */
export type Occurrence = {
  /** Id of the event. */
  readonly event: string;
  readonly key: string;
  readonly case: CaseId;
  readonly severity: Severity;
  /** When the call was made, ISO 8601, never later than its arrival. */
  readonly time: string;
  /** First arrival, ms since 1970. */
  readonly since: number;
  readonly action: string | null;
  readonly resource: string | null;
  readonly principal: string | null;
  readonly account: string | null;
  /** Reason of the setting that suppresses it; null when none does. */
  readonly suppressed: string | null;
  /** Why somebody must hear at once; null when it can wait. */
  readonly atOnce: AtOnce | null;
  /** Whether Trailmend has removed the cause. */
  readonly remediated: boolean;
  readonly finding: string;
};

/** What the events since a point in time add up to. */
export type Tally = {
  /** Events that nothing suppresses, and those that a setting does; of each also how many are settled. */
  readonly open: number;
  readonly suppressed: number;
  readonly settledOpen: number;
  readonly settledSuppressed: number;
  readonly severity: Severity | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly accounts: readonly string[];
  /** Reasons of the settings that suppress some of them. */
  readonly suppressions: readonly string[];
  /** False when there were too many to read them all: the numbers are then a lower bound. */
  readonly complete: boolean;
};

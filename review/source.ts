import type { AuditRecord } from '../lambda/audit/audit-record';
import type { NoticeRecord } from '../lambda/audit/notice-record';
import type { MuteRecord } from '../lambda/incidents/mute-store';
import type { ReviewIncident } from './review-data';
import type { Selection } from './selection';

/** What a list of audit records shows. The table holds those of events, the log those of a sweep's notices as well. */
export type Listed = AuditRecord | NoticeRecord;

/** Audit records, newest first. */
export type Records = {
  readonly records: readonly Listed[];
  /** How many older ones there were no room for. */
  readonly left: number;
};

/** A notice about an incident, as it was sent or waits to be. */
export type ChainNotice = {
  /** Its kind and time, by which the table knows it. */
  readonly id: string;
  /** SNS message id; null while it waits. */
  readonly noticeId: string | null;
  /** When it was sent, ms since 1970; null while it waits. */
  readonly at: number | null;
  /** Null where the notice itself is not kept. */
  readonly subject: string | null;
  readonly text: string | null;
  /** What sending it took; null where only the table is at hand, and for what an event told: that is in the event's own. */
  readonly record: NoticeRecord | null;
};

/** One incident with all that is known of it. */
export type Chain = ReviewIncident & {
  /** Newest last. */
  readonly noticeTexts: readonly ChainNotice[];
  /** Who muted it, or ended that; newest last. */
  readonly muteHistory: readonly MuteRecord[];
};

/** What was found by a key or an event's id. */
export type Found = {
  /** The event that was asked for; null when an incident was. */
  readonly event: AuditRecord | null;
  /** Null for an event that asked for nothing. */
  readonly chain: Chain | null;
};

/** Where the record of what happened is read from. */
export type Source = {
  /** For people: which table or file. */
  readonly name: string;
  /** @param audit how many audit records of each, the newest */
  incidents(selection: Selection, audit: number): Promise<readonly ReviewIncident[]>;
  records(selection: Selection): Promise<Records>;
  /** @param id key of an incident, or `eventId` of an event; in the log, of a copy of it too; null when there is no such */
  find(id: string): Promise<Found | null>;
  /** Names of accounts, as far as they are known. */
  accountNames(accounts: readonly string[]): Promise<Readonly<Record<string, string>>>;
};

/** Most audit records that are listed at once. */
export const MOST_RECORDS = 10_000;

/** Most audit records of one incident that is looked at by itself. */
export const CHAIN_RECORDS = 1_000;

/** Whether `id` is an incident's key, as notices name it. */
export function isIncidentKey(id: string): boolean {
  return /^[0-9a-f]{12}$/.test(id);
}

/** Key of the incident that a record counts for; null for an event that asked for nothing, though it may have a cause. */
export function incidentKeyOf({ incidentKey, plan }: AuditRecord): string | null {
  return plan.kind === 'ignore' ? null : incidentKey;
}

/** What an event is known by: its id, or its message's where it has none. */
export function eventIdOf({ eventId, messageId }: AuditRecord): string {
  return eventId ?? `message#${messageId}`;
}

/** Newest first. */
export function byLastSeen(one: ReviewIncident, other: ReviewIncident): number {
  return one.lastSeen < other.lastSeen ? 1 : one.lastSeen > other.lastSeen ? -1 : one.key < other.key ? -1 : 1;
}

import type { AuditRecord } from '../lambda/audit/audit-record';
import type { CaseId } from '../lambda/cases';
import type { Severity } from '../lambda/cases/case';
import type { Mute, SentNotice } from '../lambda/incidents/incident';
import type { Refused } from '../lambda/incidents/occurrence';

/** What people review: incidents with their explanation and evidence. JSON throughout. */
export type ReviewData = {
  readonly schema: 'trailmend.review/1';
  /** When it was put together, ISO 8601. */
  readonly generatedAt: string;
  /** Where it comes from, for people: a table and its Region, a file, a sandbox run. */
  readonly source: string;
  /** Names of accounts, as far as they are known. */
  readonly accountNames: Readonly<Record<string, string>>;
  /** Newest first, by `lastSeen`. */
  readonly incidents: readonly ReviewIncident[];
};

/** One incident. */
export type ReviewIncident = {
  readonly key: string;
  readonly case: CaseId;
  readonly severity: Severity;
  readonly state: 'open' | 'remediated' | 'quiet';
  /** Times of the calls, ISO 8601. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
  /** How many of these a setting or a mute keeps from being told. */
  readonly suppressed: number;
  /** False when `count` is a lower bound. */
  readonly exact: boolean;
  /** Bounded lists. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly accounts: readonly string[];
  readonly mute: Mute | null;
  readonly notices: readonly SentNotice[];
  /** Latest finding: from it explanation, fix and notice are rendered in any language; null where only the log is known. */
  readonly finding: Refused | null;
  /** What was done for its events, newest first; bounded, so it may hold fewer than `count`. */
  readonly audit: readonly AuditRecord[];
};

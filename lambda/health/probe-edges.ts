import type { AuditLine } from '../audit/audit-line';
import type { Notice } from '../notice/notice';
import type { RoleOutcome } from '../plan/remediation';
import type { ServiceLinkedRole } from '../plan/service-linked-roles';
import type { Locale } from '../texts/languages';
import type { Verdict } from './check';
import type { HealthEdges } from './edges';
import type { Expectation } from './expectation';
import type { Cursor, HealthStore } from './health-store';

/** A page of the event history: records as JSON, newest first, and where the next page begins. */
export type HistoryPage = { readonly records: readonly string[]; readonly token: string | null };

/** Everything outside that a run of the probe touches; the entry builds the real ones. */
export type ProbeEdges = {
  readonly expectation: Expectation;
  readonly store: HealthStore;
  /** What the prevention of a missing role asks. */
  readonly aws: Pick<HealthEdges, 'hasRole' | 'trustedServices' | 'delegatedAdministrators'>;
  /** @param since from when on a role that came into being is our own work */
  ensureRole(role: ServiceLinkedRole, since: number): Promise<RoleOutcome>;
  /** Makes the canary's call in a Region. Returns when it was refused, as it should be. */
  callCanary(region: string): Promise<void>;
  /** Reads a page of a Region's event history of CloudTrail calls. */
  lookUp(region: string, page: Cursor): Promise<HistoryPage>;
  /** Puts a message into the queue that the responder reads. */
  sendMessage(body: string): Promise<void>;
  runChecks(): Promise<readonly Verdict[]>;
  readonly locale: Locale;
  /** Returns the SNS message id of the notice for people. */
  publishNotice(notice: Notice): Promise<string>;
  /** Adds a line to the audit log. */
  record(line: AuditLine): void;
  /** Milliseconds since 1970. */
  now(): number;
  wait(ms: number): Promise<unknown>;
};

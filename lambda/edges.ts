import type { AuditLine } from './audit/audit-line';
import type { Organization } from './cases/case';
import type { Heard } from './health/heard';
import type { NoticePolicy } from './incidents/notice-policy';
import type { Store } from './incidents/store';
import type { Notice } from './notice/notice';
import type { RoleOutcome } from './plan/remediation';
import type { ServiceLinkedRole } from './plan/service-linked-roles';
import type { Texts } from './texts/texts';

/** Everything outside that the story of an event touches; the entry builds the real ones. */
export type Edges = {
  readonly organization: Organization;
  /** How often the queue delivers a message at most. */
  readonly deliveries: number;
  /** @param since from when on a role that came into being is our own work, done in an earlier delivery; null: never */
  ensureRole(role: ServiceLinkedRole, since: number | null): Promise<RoleOutcome>;
  /** Events, incidents and notices on their way. */
  readonly store: Store;
  /** What is noted for the probe. */
  readonly heard: Pick<Heard, 'note' | 'canary'>;
  readonly policy: NoticePolicy;
  /** Language of the notices. */
  readonly texts: Texts;
  listDelegatedAdministrators(): Promise<string[]>;
  hasOrganizationTrail(): Promise<boolean>;
  /** Name of an account; null when it is not known or cannot be looked up. */
  accountName(account: string): Promise<string | null>;
  /** Returns the SNS message id of the notice for people. */
  publishNotice(notice: Notice): Promise<string>;
  /** Adds a line to the audit log. */
  record(line: AuditLine): void;
  /** Milliseconds since 1970. */
  now(): number;
};

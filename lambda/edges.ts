import type { AuditRecord } from './audit/audit-record';
import type { Organization } from './cases/case';
import type { Notice } from './notice/notice';
import type { RoleOutcome } from './plan/remediation';
import type { ServiceLinkedRole } from './plan/service-linked-roles';

/** Everything outside that the story of an event touches; the entry builds the real ones. */
export type Edges = {
  readonly organization: Organization;
  /** How often the queue delivers a message at most. */
  readonly deliveries: number;
  ensureRole(role: ServiceLinkedRole): Promise<RoleOutcome>;
  listDelegatedAdministrators(): Promise<string[]>;
  hasOrganizationTrail(): Promise<boolean>;
  /** Returns the SNS message id. */
  publishNotice(notice: Notice): Promise<string>;
  record(record: AuditRecord): void;
  /** Milliseconds since 1970. */
  now(): number;
};

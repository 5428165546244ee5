import type { AuditRecord } from '../../lambda/audit/audit-record';
import { type CallError, gravest, type Remediation, type RoleOutcome } from '../../lambda/plan/remediation';
import { SERVICE_LINKED_ROLES } from '../../lambda/plan/service-linked-roles';
import type { ReviewIncident } from '../review-data';

/**
 * What became of the roles that an incident was about, by its audit records; null when they tell nothing. The latest record
 * says it; but after a creation later calls find the role present, and the creation tells more.
 */
export function remediationOf({ audit }: ReviewIncident): Remediation | null {
  const known = audit.map(remediationIn).filter((remediation) => remediation !== null);
  const [latest = null] = known;
  return latest && gravest(latest.roles) === 'already-present'
    ? (known.find(({ roles }) => gravest(roles) === 'created') ?? latest)
    : latest;
}

function remediationIn(record: AuditRecord): Remediation | null {
  const roles = record.verification.flatMap(roleOutcome);
  const { receiveCount, maxReceiveCount, again, standing } = record;
  return roles.length === 0
    ? null
    : {
        roles,
        standing: standing && { ...standing, errors: standing.errors.map(callError) },
        delivery: { number: receiveCount, of: maxReceiveCount, again: again && receiveCount < maxReceiveCount },
      };
}

/** Roles are looked up by their names, so that a file can put no other into a command. */
function roleOutcome({ role: name, outcome, ...seen }: AuditRecord['verification'][number]): RoleOutcome[] {
  const role = SERVICE_LINKED_ROLES.find((known) => known.name === name);
  if (role === undefined) {
    return [];
  }
  switch (outcome) {
    case 'created':
    case 'would-create':
      return [{ role, kind: outcome }];
    case 'already-present':
      return [{ role, kind: outcome, createdAt: seen.createdAt }];
    case 'probe-failed':
    case 'create-failed':
      return [{ role, kind: outcome, error: callError(seen.error ?? { name: '', message: '' }) }];
  }
}

/** Whether a call may succeed by itself decides what is done next, not what is said of it. */
function callError({ name, message }: Pick<CallError, 'name' | 'message'>): CallError {
  return { name, message, passing: false, mayBeDone: false };
}

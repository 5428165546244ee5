import type { Edges } from './edges';
import type { Claim, EventRef } from './incidents/event-store';
import { isFinal, type RoleOutcome } from './plan/remediation';
import type { ServiceLinkedRole } from './plan/service-linked-roles';

/**
 * Ensures the roles of a plan, or takes over what an earlier delivery of the event has recorded. What changed the account or
 * failed is recorded at once; a role that was there is there at the next look as well.
 */
export async function mend(
  planned: readonly ServiceLinkedRole[],
  event: EventRef,
  claim: Extract<Claim, { kind: 'claimed' }>,
  edges: Edges,
): Promise<RoleOutcome[]> {
  const ensure = (role: ServiceLinkedRole) => {
    const before = claim.roles?.find((outcome) => outcome.role.name === role.name);
    if (before && isFinal(before)) {
      return before;
    }
    return edges.ensureRole(role, claim.isResumed && mayBeOurs(before) ? claim.since : null);
  };
  const roles = await Promise.all(planned.map(ensure));
  if (roles.some(({ kind }) => kind !== 'already-present' && kind !== 'would-create')) {
    await edges.store.events.recordRoles(event, roles);
  }
  return roles;
}

/** An earlier delivery that ended without a record, or without AWS's word that nothing was done, may have created the role. */
function mayBeOurs(before: RoleOutcome | undefined): boolean {
  return before === undefined || (before.kind === 'create-failed' && before.error.mayBeDone);
}

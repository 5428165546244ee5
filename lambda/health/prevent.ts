import { CLOUDTRAIL } from '../denial/ties';
import type { RoleOutcome } from '../plan/remediation';
import { SERVICE_LINKED_ROLES, type ServiceLinkedRole } from '../plan/service-linked-roles';
import type { Prevention, ProbeItems } from './health-items';
import type { ProbeEdges } from './probe-edges';

/** Why CloudTrail's first role is needed though nobody has failed yet. */
export type Need = { readonly trustedAccess: boolean; readonly delegatedAdministrators: readonly string[] };

/** What became of the role, where anything had to be done. */
export type Prevented = { readonly outcome: RoleOutcome; readonly need: Need };

/** Clocks of IAM and Lambda differ; we have just seen that the role was not there. */
const SKEW_MS = 60_000;

/**
 * Ensures the role that every call for an organization's trails needs, before anybody misses it. That it is about to be
 * created is noted first: whatever happens then, a later run finds out what became of it and tells. Null when the role is
 * there, or nobody needs it yet or any more.
 */
export async function prevent(
  { preventions }: Pick<ProbeItems, 'preventions'>,
  edges: ProbeEdges,
): Promise<Prevented | null> {
  const [role] = SERVICE_LINKED_ROLES;
  if (role === undefined) {
    return null;
  }
  const begun = preventions.find((one) => one.role === role.name && one.state === 'open');
  const known = begun?.outcome ? (JSON.parse(begun.outcome) as RoleOutcome) : null;
  if (begun && known?.kind === 'created') {
    return { outcome: known, need: needOf(begun) };
  }
  const isThere = await edges.aws.hasRole(role.name);
  if (isThere && begun === undefined) {
    return null;
  }
  // Whether a role that is there by now is our own work shows below, also when nobody needs it any more.
  const need = isThere && begun ? needOf(begun) : await look(edges);
  if (need === null) {
    await (begun && edges.store.endPrevention(role.name, null, edges.now()));
    return null;
  }
  if (!isThere && edges.expectation.remediation === 'observe') {
    return { outcome: { role, kind: 'would-create' }, need };
  }
  return ensure(role, begun, need, edges);
}

async function ensure(
  role: ServiceLinkedRole,
  begun: Prevention | undefined,
  need: Need,
  edges: ProbeEdges,
): Promise<Prevented> {
  const since = begun?.since ?? (await edges.store.intend(role.name, JSON.stringify(need), edges.now()));
  const outcome = await edges.ensureRole(role, since - SKEW_MS);
  await keep(outcome, edges);
  return { outcome, need };
}

/** Keeps what became of a role until it was told. That somebody else made it meanwhile is nothing to tell. */
async function keep(outcome: RoleOutcome, { store, now }: ProbeEdges): Promise<void> {
  const { name } = outcome.role;
  if (outcome.kind === 'already-present') {
    await store.endPrevention(name, null, now());
  } else {
    await store.prevented(name, outcome);
  }
}

async function look({ aws }: ProbeEdges): Promise<Need | null> {
  const [services, delegatedAdministrators] = await Promise.all([aws.trustedServices(), aws.delegatedAdministrators()]);
  const trustedAccess = services.includes(CLOUDTRAIL);
  return trustedAccess || delegatedAdministrators.length > 0 ? { trustedAccess, delegatedAdministrators } : null;
}

function needOf({ why }: Prevention): Need {
  return JSON.parse(why) as Need;
}

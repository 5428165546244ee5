import { setTimeout } from 'node:timers/promises';
import { CreateServiceLinkedRoleCommand, GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { callErrorOf } from '../aws/call-error';
import type { CallError, RoleOutcome, Sighting } from '../plan/remediation';
import type { ServiceLinkedRole } from '../plan/service-linked-roles';

/** What GetRole showed. */
type Sight = { kind: 'shown' | 'absent'; seen: Sighting } | { kind: 'failed'; error: CallError };

/**
 * Pauses between looks at a role that IAM says it has just created, in ms. IAM is eventually consistent and publishes no
 * number; these add up to 6.2 s, so that two roles and their notice fit the function's timeout.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const VERIFY_PAUSES: readonly number[] = [200, 400, 800, 1_600, 3_200];

/**
 * Makes sure that a service-linked role is there: looks, creates it when absent (only looks in `observe`), and looks again
 * until IAM shows it. Safe to run twice and at the same time. Every failure is a value.
 * @param since from when on a role that came into being is taken for our own work, whose answer or record was lost
 */
export async function ensureRole(
  iam: IAMClient,
  role: ServiceLinkedRole,
  remediation: 'auto' | 'observe',
  since: number | null = null,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Promise<RoleOutcome> {
  const before = await look(iam, role, 1);
  if (before.kind === 'failed') {
    return { role, kind: 'probe-failed', error: before.error };
  }
  if (before.kind === 'shown') {
    return present(role, before.seen, since);
  }
  if (remediation === 'observe') {
    return { role, seen: before.seen, kind: 'would-create' };
  }
  const absentAt = Date.now();
  const created = await create(iam, role);
  if (created.kind === 'failed') {
    return { role, seen: before.seen, kind: 'create-failed', error: created.error };
  }
  const after = await lookUntilShown(iam, role, wait);
  if (after.kind === 'failed') {
    return { role, kind: 'create-failed', error: after.error };
  }
  const { seen } = after;
  if (!seen.shown) {
    return { role, seen, kind: 'create-failed', error: notShown(role) };
  }
  // Taken, though it was not there a moment ago: the SDK's own first attempt has made it, and its answer was lost.
  return created.kind === 'taken' ? present(role, seen, since ?? absentAt) : { role, seen, kind: 'created' };
}

/** A role that is there: our own work when it came into being since then. IAM tells its age in whole seconds. */
function present(role: ServiceLinkedRole, seen: Sighting, since: number | null): RoleOutcome {
  const { createdAt } = seen;
  const isOurs = since !== null && createdAt !== null && Date.parse(createdAt) >= Math.floor(since / 1000) * 1000;
  return isOurs ? { role, seen, kind: 'created' } : { role, seen, kind: 'already-present', createdAt };
}

async function look(iam: IAMClient, role: ServiceLinkedRole, number: number): Promise<Sight> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role.name }));
    const createdAt = Role?.CreateDate?.toISOString() ?? null;
    return { kind: 'shown', seen: { shown: true, createdAt, look: number } };
  } catch (thrown) {
    const error = callErrorOf(thrown);
    return error.name === 'NoSuchEntityException'
      ? { kind: 'absent', seen: { shown: false, createdAt: null, look: number } }
      : { kind: 'failed', error };
  }
}

/** Never sends a suffix: CloudTrail's roles have fixed names. A role that is there already is refused as a taken name. */
async function create(
  iam: IAMClient,
  role: ServiceLinkedRole,
): Promise<{ kind: 'created' } | { kind: 'taken' } | { kind: 'failed'; error: CallError }> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: role.service }));
    return { kind: 'created' };
  } catch (thrown) {
    const error = callErrorOf(thrown);
    const taken = error.name === 'InvalidInputException' && error.message.includes('has been taken in this account');
    return taken ? { kind: 'taken' } : { kind: 'failed', error };
  }
}

async function lookUntilShown(
  iam: IAMClient,
  role: ServiceLinkedRole,
  wait: (ms: number) => Promise<unknown>,
): Promise<Sight> {
  // The look before the creation was the first.
  let number = 2;
  let sight = await look(iam, role, number);
  for (const pause of VERIFY_PAUSES) {
    if (sight.kind === 'shown' || (sight.kind === 'failed' && !sight.error.passing)) {
      break;
    }
    await wait(pause);
    number += 1;
    sight = await look(iam, role, number);
  }
  return sight;
}

function notShown(role: ServiceLinkedRole): CallError {
  const message = `IAM accepted the creation of ${role.name}, but GetRole did not show it within seconds`;
  return { name: 'NotShownYet', message, passing: true, mayBeDone: true };
}

import { setTimeout } from 'node:timers/promises';
import { CreateServiceLinkedRoleCommand, GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { callErrorOf } from '../aws/call-error';
import type { CallError, RoleOutcome } from '../plan/remediation';
import type { ServiceLinkedRole } from '../plan/service-linked-roles';

/** What GetRole showed. */
type Sight = { kind: 'present'; createdAt: string | null } | { kind: 'absent' } | { kind: 'failed'; error: CallError };

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
  const before = await look(iam, role);
  if (before.kind === 'failed') {
    return { role, kind: 'probe-failed', error: before.error };
  }
  if (before.kind === 'present') {
    return present(role, before.createdAt, since);
  }
  if (remediation === 'observe') {
    return { role, kind: 'would-create' };
  }
  const absentAt = Date.now();
  const created = await create(iam, role);
  if (created.kind === 'failed') {
    return { role, kind: 'create-failed', error: created.error };
  }
  const after = await lookUntilShown(iam, role, wait);
  if (after.kind !== 'present') {
    return { role, kind: 'create-failed', error: after.kind === 'failed' ? after.error : notShown(role) };
  }
  // Taken, though it was not there a moment ago: the SDK's own first attempt has made it, and its answer was lost.
  return created.kind === 'taken' ? present(role, after.createdAt, since ?? absentAt) : { role, kind: 'created' };
}

/** A role that is there: our own work when it came into being since then. IAM tells its age in whole seconds. */
function present(role: ServiceLinkedRole, createdAt: string | null, since: number | null): RoleOutcome {
  const isOurs = since !== null && createdAt !== null && Date.parse(createdAt) >= Math.floor(since / 1000) * 1000;
  return isOurs ? { role, kind: 'created' } : { role, kind: 'already-present', createdAt };
}

async function look(iam: IAMClient, role: ServiceLinkedRole): Promise<Sight> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role.name }));
    return { kind: 'present', createdAt: Role?.CreateDate?.toISOString() ?? null };
  } catch (thrown) {
    const error = callErrorOf(thrown);
    return error.name === 'NoSuchEntityException' ? { kind: 'absent' } : { kind: 'failed', error };
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
  let sight = await look(iam, role);
  for (const pause of VERIFY_PAUSES) {
    if (sight.kind === 'present' || (sight.kind === 'failed' && !sight.error.passing)) {
      break;
    }
    await wait(pause);
    sight = await look(iam, role);
  }
  return sight;
}

function notShown(role: ServiceLinkedRole): CallError {
  const message = `IAM accepted the creation of ${role.name}, but GetRole did not show it within seconds`;
  return { name: 'NotShownYet', message, passing: true, mayBeDone: true };
}

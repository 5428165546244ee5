import { type AccessRequest, type Effect, evaluate, type Statement } from './policy';

/** The resource that is asked for: its account, and its policy when it has one. */
export type Guard = {
  readonly account: string;
  readonly policy?: readonly Statement[];
  /** KMS keys and the trust of roles: identity policies count only where the resource's own policy delegates to the account. */
  readonly isSovereign?: boolean;
};

/** Null when AWS would let the request through, else the reason as AWS words it. */
export type Refusal = string | null;

/**
 * Decides as AWS does: a deny anywhere refuses; within an account one allow suffices; across accounts both sides must
 * allow; a service needs the resource policy; a key needs its key policy, a role that is assumed its trust policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function refusalOf(request: AccessRequest, guard: Guard): Refusal {
  const { caller, action } = request;
  const byIdentity = caller.kind === 'identity' ? evaluate(caller.statements, request) : 'silent';
  const byResource = evaluate(guard.policy ?? [], request);
  if (byIdentity === 'denied') return 'with an explicit deny in an identity-based policy';
  if (byResource === 'denied') return 'with an explicit deny in a resource-based policy';
  const layer = missingLayer(byIdentity, byResource, caller.kind === 'identity' ? caller.account : null, guard);
  return layer && `because no ${layer} policy allows the ${action} action`;
}

function missingLayer(byIdentity: Effect, byResource: Effect, callerAccount: string | null, guard: Guard) {
  const granted = byIdentity === 'allowed';
  const isAbroad = callerAccount !== null && callerAccount !== guard.account;
  if (callerAccount === null || (guard.isSovereign && !isAbroad)) {
    const delegated = byResource === 'delegated' && callerAccount !== null;
    if (byResource === 'allowed' || (delegated && granted)) return null;
    return delegated ? 'identity-based' : 'resource-based';
  }
  if (!isAbroad) return granted || byResource === 'allowed' ? null : 'identity-based';
  if (!granted) return 'identity-based';
  return byResource === 'silent' ? 'resource-based' : null;
}

/** The whole sentence AWS answers a refused caller with. */
export function refusalMessage(request: AccessRequest, reason: string, resourceAsShown = request.resource): string {
  const { caller, action } = request;
  const who = caller.kind === 'identity' ? caller.shownAs : caller.service;
  const what = resourceAsShown === '*' ? '' : ` on resource: ${resourceAsShown}`;
  return `User: ${who} is not authorized to perform: ${action}${what} ${reason}`;
}

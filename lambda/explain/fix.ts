import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import { isDenialCode } from '../denial/error-codes';
import type { Layer, Reason } from '../denial/parse-message';
import { allowStatement } from './allow-statement';
import { type CasePolicy, casePolicies, isForCaller } from './case-policies';
import { grantCommands } from './grant-commands';
import { type AttachTo, attachToOf, canBeGiven } from './identity';
import { smallestManagedPolicy } from './managed-policy';
import { organizationCommands } from './organization-commands';
import type { Statement } from './policy';

/** The change that would let a call through. Empty where none can be offered. */
export type Fix = {
  /** The one statement that allows it; null where an Allow cannot help. */
  readonly allowStatement: Statement | null;
  /** False where AWS did not say which layer refused, so that the statement may not be what is missing. */
  readonly certain: boolean;
  /** Name of the smallest AWS managed policy that covers it. */
  readonly managedPolicy: string | null;
  readonly attachTo: AttachTo;
  /** Whole policies of AWS's pages, for the resources and roles of the case. */
  readonly policies: readonly CasePolicy[];
  /** What somebody with the rights runs, in order: to set the organization up, or to let somebody in. */
  readonly commands: readonly string[];
};

/** The fix for a denial whose reason is `reason`. */
export function fixOf(id: CaseId, denial: Denial, reason: Reason): Fix {
  const statement = id !== 'not-covered' && allowHelps(denial, reason) ? allowStatement(denial) : null;
  return {
    allowStatement: statement,
    certain: reason.layer === 'identity-policy',
    managedPolicy: statement && smallestManagedPolicy(String(statement.Action)),
    attachTo: attachToOf(denial),
    policies: offeredPolicies(id, denial, reason, statement),
    commands: id === 'grant-access-denied' ? grantCommands(denial) : organizationCommands(denial),
  };
}

/** Layers that no policy of an identity or a resource can lift. */
const ABOVE: readonly Layer[] = [
  'permissions-boundary',
  'session-policy',
  'service-control-policy',
  'resource-control-policy',
  'vpc-endpoint-policy',
];

/** Whole policies allow as well: none against a Deny or a layer above, and for the caller only beside a statement. */
function offeredPolicies(id: CaseId, denial: Denial, reason: Reason, statement: Statement | null): CasePolicy[] {
  const { effect, layer, evidence } = reason;
  const above = ABOVE.includes(layer) || (layer === 'role-trust-policy' && evidence === 'stated');
  const policies = effect === 'explicit-deny' || above ? [] : casePolicies(id, denial);
  return policies.filter(({ purpose }) => statement !== null || !isForCaller(purpose));
}

/**
 * An Allow helps against a missing identity-based Allow, and may help where no layer is known. It never helps against a
 * Deny, against layers above the identity, or where CloudTrail answered with a code of its own.
 */
function allowHelps(denial: Denial, { layer, effect, evidence }: Reason): boolean {
  const missingAllow = layer === 'identity-policy' && effect === 'implicit-deny' && evidence === 'stated';
  const open = layer === 'unknown' && effect === 'unknown';
  return (missingAllow || open) && isAboutRights(denial) && canBeGiven(denial) && !isForeignRole(denial);
}

function isAboutRights({ errorCode, message }: Denial): boolean {
  return errorCode === null || isDenialCode(errorCode) || /is not authorized to perform/i.test(message ?? '');
}

/** Roles of other accounts cannot be passed, whatever is allowed. */
export function isForeignRole({ action, message }: Denial): boolean {
  return action === 'iam:PassRole' && /cross-account/i.test(message ?? '');
}

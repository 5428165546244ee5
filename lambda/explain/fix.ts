import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import { isDenialCode } from '../denial/error-codes';
import type { Layer, Reason } from '../denial/parse-message';
import { accountOf } from '../denial/resource';
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
  const statement = isOffered(id, denial) && allowHelps(denial, reason) ? allowStatement(denial) : null;
  const safe = statement === null || isSafe(id, statement) ? statement : null;
  const liftable = reason.effect !== 'explicit-deny' && !isAbove(reason);
  return {
    allowStatement: safe,
    certain: reason.layer === 'identity-policy',
    managedPolicy: safe && smallestManagedPolicy(String(safe.Action)),
    attachTo: attachToOf(denial),
    policies: liftable ? casePolicies(id, denial).filter(({ purpose }) => safe !== null || !isForCaller(purpose)) : [],
    commands: id === 'grant-access-denied' ? (liftable ? grantCommands(denial) : []) : organizationCommands(denial),
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

function isAbove({ layer, evidence }: Reason): boolean {
  return ABOVE.includes(layer) || (layer === 'role-trust-policy' && evidence === 'stated');
}

/** Nobody allows across accounts what only the owner of a trail may do. */
function isOffered(id: CaseId, denial: Denial): boolean {
  return id !== 'not-covered' && id !== 'cross-account-denied' && !isForeignTrail(denial);
}

/**
 * Whether the call was to change an organization trail from an account that does not own it. Only the management account
 * and a delegated administrator can.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html
 */
export function isForeignTrail({ resource, caller, readOnly }: Denial): boolean {
  const owner = resource?.includes(':trail/') ? accountOf(resource) : null;
  return !readOnly && owner !== null && caller.account !== null && owner !== caller.account;
}

/** A right to change IAM without a condition is as good as every right: that is not offered to anybody. */
function isSafe(id: CaseId, { Condition }: Statement): boolean {
  return id !== 'grant-access-denied' || Condition !== undefined;
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

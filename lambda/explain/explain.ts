import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import type { Layer, Reason } from '../denial/parse-message';
import { type Fix, fixOf, isForeignRole } from './fix';
import { canBeGiven } from './identity';
import { isInFullAccess } from './managed-policy';
import { type Owner, ownerOf } from './owner';
import { reasonOf } from './reason';

/** The one next step; the texts of each language say it in words. */
export type Step =
  | 'attach-statement'
  | 'allow-action'
  | 'extend-permission-set'
  | 'check-permissions'
  | 'remove-deny'
  | 'find-deny'
  | 'except-in-organization-policy'
  | 'allow-in-organization-policy'
  | 'change-boundary'
  | 'change-session-policy'
  | 'change-endpoint-policy'
  | 'change-trust-policy'
  | 'change-resource-policy'
  | 'repair-delivery'
  | 'share-resource'
  | 'pass-role-of-account'
  | 'prepare-organization'
  | 'let-others-in'
  | 'create-role'
  | 'look-beyond-identity';

/** Which layer refused a call, how well that is known, who owns it, and the one next step. */
export type Explanation = Reason & {
  readonly owner: Owner;
  readonly step: Step;
  /** Where else it can be when the caller already holds full access to CloudTrail; empty where that says nothing. */
  readonly beyondFullAccess: readonly Layer[];
};

/** Explains a denial of case `id`, with the fix that goes with it. */
export function explain(id: CaseId, denial: Denial): { explanation: Explanation; fix: Fix } {
  const reason = reasonOf(denial);
  const fix = fixOf(id, denial, reason);
  const full =
    reason.layer === 'unknown' && denial.action !== null && isInFullAccess(denial.action) && canBeGiven(denial);
  const explanation: Explanation = {
    ...reason,
    owner: ownerOf(id, denial, reason),
    step: stepOf(id, denial, reason, fix),
    beyondFullAccess: full ? ['permissions-boundary', 'service-control-policy', 'session-policy'] : [],
  };
  return { explanation, fix };
}

function stepOf(id: CaseId, denial: Denial, reason: Reason, fix: Fix): Step {
  if (isForeignRole(denial)) {
    return 'pass-role-of-account';
  }
  // Trails have no resource policy that could be changed.
  if (id === 'cross-account-denied' && reason.layer === 'resource-policy' && denial.resource?.includes(':trail/')) {
    return 'share-resource';
  }
  return (
    stepOfLayer(reason, fix) ??
    stepOfCase(id, denial, fix) ??
    (fix.allowStatement ? 'check-permissions' : 'look-beyond-identity')
  );
}

/** The step that the layer alone decides; null where the layer is unknown or only inferred. */
function stepOfLayer({ layer, effect, evidence }: Reason, fix: Fix): Step | null {
  if (evidence === 'inferred' && layer !== 'vpc-endpoint-policy') {
    return 'repair-delivery';
  }
  const denied = effect === 'explicit-deny';
  switch (layer) {
    case 'identity-policy':
      return denied ? 'remove-deny' : stepToAllow(fix);
    case 'service-control-policy':
    case 'resource-control-policy':
      return denied ? 'except-in-organization-policy' : 'allow-in-organization-policy';
    case 'permissions-boundary':
      return 'change-boundary';
    case 'session-policy':
      return 'change-session-policy';
    case 'vpc-endpoint-policy':
      return 'change-endpoint-policy';
    case 'role-trust-policy':
      return 'change-trust-policy';
    case 'resource-policy':
      return 'change-resource-policy';
    case 'unknown':
      return denied ? 'find-deny' : null;
  }
}

function stepToAllow({ allowStatement, attachTo }: Fix): Step {
  if (allowStatement === null) {
    return 'allow-action';
  }
  return attachTo.kind === 'permission-set' ? 'extend-permission-set' : 'attach-statement';
}

/** Where no layer is known, the case says what to do. */
function stepOfCase(id: CaseId, denial: Denial, { allowStatement }: Fix): Step | null {
  switch (id) {
    case 'missing-service-linked-role':
      return denial.service === 'cloudtrail' ? 'create-role' : null;
    case 'organization-not-ready':
      return allowStatement === null ? 'prepare-organization' : null;
    case 'integration-denied':
      return allowStatement === null ? 'repair-delivery' : null;
    case 'cross-account-denied':
      return 'share-resource';
    case 'grant-access-denied':
      return 'let-others-in';
    default:
      return null;
  }
}

import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import type { Reason } from '../denial/parse-message';
import { type Fix, isForeignRole, isForeignTrail } from './fix';
import { canBeGiven } from './identity';
import { type OrganizationStep, organizationStep } from './organization-commands';

/** The one next step; the texts of each language say it in words. */
export type Step =
  | OrganizationStep
  | 'attach-statement'
  | 'allow-action'
  | 'extend-permission-set'
  | 'check-permissions'
  | 'check-caller'
  | 'remove-deny'
  | 'find-deny'
  | 'read-message'
  | 'except-in-organization-policy'
  | 'allow-in-organization-policy'
  | 'change-boundary'
  | 'change-session-policy'
  | 'change-endpoint-policy'
  | 'change-trust-policy'
  | 'change-resource-policy'
  | 'repair-delivery'
  | 'share-trail'
  | 'share-resource'
  | 'call-from-trail-owner'
  | 'pass-role-of-account'
  | 'let-others-in'
  | 'create-role'
  | 'look-beyond-identity';

/** The next step for a denial of case `id`, given why it was refused and what fix there is. */
export function stepOf(id: CaseId, denial: Denial, reason: Reason, fix: Fix): Step {
  const denied = reason.effect === 'explicit-deny';
  if (isForeignRole(denial)) {
    return 'pass-role-of-account';
  }
  if (!denied && isAboutIdentity(reason)) {
    const step = stepOfCase(id, denial, fix);
    if (step !== null) {
      return step;
    }
  }
  return stepOfLayer(reason, fix) ?? stepWithoutLayer(denial, fix);
}

/** Whether the caller's own rights, a resource's policy, or nothing known refused: then the case tells more than the layer. */
function isAboutIdentity({ layer, evidence, effect }: Reason): boolean {
  return evidence === 'inferred' || layer === 'identity-policy' || layer === 'resource-policy' || effect === 'unknown';
}

function stepOfCase(id: CaseId, denial: Denial, { allowStatement }: Fix): Step | null {
  switch (id) {
    case 'missing-service-linked-role':
      return denial.service === 'cloudtrail' ? 'create-role' : null;
    case 'organization-not-ready':
      return organizationStep(denial);
    case 'integration-denied':
      return allowStatement === null && denial.reason.evidence === 'unknown' ? 'repair-delivery' : null;
    case 'grant-access-denied':
      return 'let-others-in';
    case 'cross-account-denied':
      return denial.resource?.includes(':trail/')
        ? 'share-trail'
        : denial.reason.layer === 'resource-policy'
          ? null
          : 'share-resource';
    case 'cloudtrail-action-denied':
      return isForeignTrail(denial) ? 'call-from-trail-owner' : null;
    default:
      return null;
  }
}

/** The step that the layer alone decides; null where none is known. */
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
      return denied ? 'find-deny' : effect === 'implicit-deny' ? 'read-message' : null;
  }
}

function stepToAllow({ allowStatement, attachTo }: Fix): Step {
  if (allowStatement === null) {
    return 'allow-action';
  }
  return attachTo.kind === 'permission-set' ? 'extend-permission-set' : 'attach-statement';
}

function stepWithoutLayer(denial: Denial, { allowStatement }: Fix): Step {
  if (allowStatement !== null) {
    return 'check-permissions';
  }
  return canBeGiven(denial) ? 'check-caller' : 'look-beyond-identity';
}

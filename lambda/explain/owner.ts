import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import type { Reason } from '../denial/parse-message';
import { CLOUDTRAIL } from '../denial/ties';
import { attachToOf, canBeGiven } from './identity';

/** Who can change what refused the call. */
export type Owner =
  | 'user'
  | 'role'
  | 'permission-set'
  | 'organization-policies'
  | 'permissions-boundary'
  | 'session'
  | 'vpc-endpoint'
  | 'assumed-role'
  | 'resource'
  | 'delivery-role'
  | 'organization'
  | 'aws-service'
  | 'unknown';

/** The owner of the layer that refused the call; where no layer is known, of what the case is about. */
export function ownerOf(id: CaseId, denial: Denial, { layer, evidence, effect }: Reason): Owner {
  switch (layer) {
    case 'service-control-policy':
    case 'resource-control-policy':
      return 'organization-policies';
    case 'permissions-boundary':
      return 'permissions-boundary';
    case 'session-policy':
      return 'session';
    case 'vpc-endpoint-policy':
      return 'vpc-endpoint';
    case 'role-trust-policy':
      return evidence === 'inferred' ? 'delivery-role' : 'assumed-role';
    case 'resource-policy':
      return 'resource';
    case 'identity-policy':
      return evidence === 'inferred' ? 'delivery-role' : ownerOfCaller(denial);
    case 'unknown':
      return effect === 'unknown' ? ownerOfCase(id, denial) : 'unknown';
  }
}

/** Where no layer is known: whoever can change what the case is about. */
function ownerOfCase(id: CaseId, denial: Denial): Owner {
  if (denial.caller.service === CLOUDTRAIL) {
    return 'resource';
  }
  return id === 'organization-not-ready' || id === 'missing-service-linked-role'
    ? 'organization'
    : id === 'cross-account-denied'
      ? 'resource'
      : ownerOfCaller(denial);
}

function ownerOfCaller(denial: Denial): Owner {
  const { kind } = attachToOf(denial);
  if (kind === 'user' || kind === 'role' || kind === 'permission-set') {
    return kind;
  }
  return canBeGiven(denial) ? 'unknown' : denial.caller.type === 'AWSService' ? 'aws-service' : 'unknown';
}

import type { Denial } from '../denial/denial';
import type { Place } from './check';

/** Name of the trail that the canary asks for. It does not exist, and nobody needs to make it. */
export const CANARY_TRAIL = 'trailmend-canary';

/** What the canary calls, refused for want of any permission: a read, which reaches EventBridge only where rules see reads. */
const CANARY_OPERATION = 'GetTrailStatus';

/**
 * Whether a refused call is the canary's own: exactly its role, its operation and its trail, in the role's own account. Any
 * other call of that role is an ordinary refusal.
 */
export function isCanary(denial: Denial, canaryRole: string | null | undefined): boolean {
  return (
    canaryRole != null &&
    denial.trusted &&
    denial.caller.principal === canaryRole &&
    denial.account === accountOf(canaryRole) &&
    denial.operation === CANARY_OPERATION &&
    denial.resource?.endsWith(`:${denial.account}:trail/${CANARY_TRAIL}`) === true
  );
}

/** Where a denial came from; null when the record does not say, or the envelope says otherwise. */
export function placeOf({ account, region, trusted }: Denial): Place | null {
  return trusted && account !== null && region !== null ? { account, region } : null;
}

function accountOf(roleArn: string): string | undefined {
  return roleArn.split(':')[4];
}

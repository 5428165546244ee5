import type { Denial } from '../denial/denial';
import { hasPrefix, ORGANIZATION_CODES } from '../denial/error-codes';
import { tieOf } from '../denial/ties';
import type { Case } from './case';
import { severityOfCall } from './severity';

/**
 * The organization does not let CloudTrail work for it yet, or the call came from the wrong account of it. Trailmend
 * never changes the organization.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
export const organizationNotReady = {
  id: 'organization-not-ready',
  docs: 'creating-an-organizational-trail-prepare.html',
  decide(denial) {
    const reason = reasonOf(denial);
    return reason === null ? null : { severity: severityOfCall(denial), plan: { kind: 'notify', reason } };
  },
} as const satisfies Case;

function reasonOf(denial: Denial): string | null {
  if (denial.service === 'cloudtrail' && hasPrefix(denial.errorCode, ORGANIZATION_CODES)) {
    return 'the organization or the calling account is not set up for this CloudTrail call';
  }
  const tie = tieOf(denial);
  if (denial.action?.startsWith('organizations:') && (tie === 'name' || tie === 'caller')) {
    return 'a call to AWS Organizations that CloudTrail needs was refused';
  }
  return null;
}

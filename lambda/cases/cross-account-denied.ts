import { arnParts } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { isForeignAccountCode } from '../denial/error-codes';
import { accountOf } from '../denial/resource';
import type { Case, Organization } from './case';
import { severityOfCall } from './severity';

/**
 * Somebody of one account was refused a CloudTrail resource of another.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_troubleshoot.html#security_iam_troubleshoot-cross-account-access
 */
export const crossAccountDenied = {
  id: 'cross-account-denied',
  docs: 'security_iam_troubleshoot.html#security_iam_troubleshoot-cross-account-access',
  decide(denial, organization) {
    if (denial.service !== 'cloudtrail' || !isCrossAccount(denial, organization)) {
      return null;
    }
    const reason = 'the caller and the CloudTrail resource belong to different accounts';
    return { severity: severityOfCall(denial), plan: { kind: 'notify', reason } };
  },
} as const satisfies Case;

function isCrossAccount(denial: Denial, organization: Organization): boolean {
  if (isForeignAccountCode(denial.errorCode ?? '', denial.message ?? '')) {
    return true;
  }
  const owner = arnParts(denial.resource)?.service === 'cloudtrail' ? accountOf(denial.resource) : null;
  const caller = denial.caller.account ?? denial.account;
  if (owner === null || caller === null || owner === caller) {
    return false;
  }
  // An organization trail carries the management account's id whoever calls; only a resource policy makes it cross-account.
  return owner !== managementAccountOf(denial, organization) || denial.reason.layer === 'resource-policy';
}

/** The management account: known, or named by the organization's policy that refused the call. */
function managementAccountOf(denial: Denial, { managementAccount }: Organization): string | null {
  const policy = arnParts(denial.reason.policyArn);
  return managementAccount ?? (policy?.service === 'organizations' ? policy.account : null);
}

import type { Case } from './case';
import { severityOfCall } from './severity';

/**
 * Any other refused CloudTrail action.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_troubleshoot.html#security_iam_troubleshoot-no-permissions
 */
export const cloudTrailActionDenied = {
  id: 'cloudtrail-action-denied',
  docs: 'security_iam_troubleshoot.html#security_iam_troubleshoot-no-permissions',
  decide(denial) {
    if (denial.service !== 'cloudtrail') {
      return null;
    }
    return { severity: severityOfCall(denial), plan: { kind: 'notify', reason: 'a CloudTrail action was refused' } };
  },
} as const satisfies Case;

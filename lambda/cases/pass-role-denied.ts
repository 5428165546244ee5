import type { Case } from './case';
import { severityOfAccess } from './severity';

/**
 * The caller may not hand a role to CloudTrail. `iam:PassRole` is no API call and has no event of its own: it shows only
 * in the message of the call that was given the role.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_troubleshoot.html#security_iam_troubleshoot-passrole
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const passRoleDenied = {
  id: 'pass-role-denied',
  docs: 'security_iam_troubleshoot.html#security_iam_troubleshoot-passrole',
  decide(denial) {
    if (denial.service !== 'cloudtrail' || denial.action !== 'iam:PassRole') {
      return null;
    }
    const reason = 'the caller may not pass the role to CloudTrail';
    return { severity: severityOfAccess(denial), plan: { kind: 'notify', reason } };
  },
} as const satisfies Case;

import type { Denial } from '../denial/denial';
import { namesCloudTrail, parameterText, TYING_PARAMETERS } from '../denial/ties';
import type { Case } from './case';

/** The IAM actions by which an administrator gives somebody access. */
const GRANTS =
  /^iam:(?:(?:Attach|Put)(?:User|Role|Group)Policy|CreatePolicy(?:Version)?|Create(?:Role|User|Group)|AddUserToGroup)$/;

/**
 * An administrator was refused while giving a person or workload access to CloudTrail. Seldom seen: IAM's denials mostly
 * have no parameters, and their message names the user or role, not the policy.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
 */
export const grantAccessDenied = {
  id: 'grant-access-denied',
  docs: 'security_iam_id-based-policy-examples.html#grant-custom-permissions-for-cloudtrail-users',
  decide(denial) {
    if (!GRANTS.test(denial.action ?? '') || !isAboutCloudTrail(denial)) {
      return null;
    }
    const reason = 'an administrator was refused while giving access to CloudTrail';
    return { severity: 'medium', plan: { kind: 'notify', reason } };
  },
} as const satisfies Case;

function isAboutCloudTrail(denial: Denial): boolean {
  return (
    namesCloudTrail(denial.resource) ||
    TYING_PARAMETERS.some((name) => namesCloudTrail(parameterText(denial.parameters, name)))
  );
}

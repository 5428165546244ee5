import type { Denial } from '../denial/denial';
import { hasPrefix, MISSING_ROLE_CODES } from '../denial/error-codes';
import { parameterText } from '../denial/ties';
import { rolesNeededBy, SERVICE_LINKED_ROLES, type ServiceLinkedRole } from '../plan/service-linked-roles';
import type { Case, Decision, Organization } from './case';

/**
 * CloudTrail could not work for the organization because a service-linked role is missing, or a person may not see or
 * create it. Trailmend may: it creates the role in the management account.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_troubleshoot.html#security_iam_troubleshoot-no-slr
 */
export const missingServiceLinkedRole = {
  id: 'missing-service-linked-role',
  docs: 'security_iam_troubleshoot.html#security_iam_troubleshoot-no-slr',
  decide(denial, organization) {
    return byCode(denial) ?? byRefusedRole(denial, organization);
  },
} as const satisfies Case;

function byCode(denial: Denial): Decision | null {
  const { errorCode, operation, partition, service } = denial;
  if (service !== 'cloudtrail' || !hasPrefix(errorCode, MISSING_ROLE_CODES)) {
    return null;
  }
  const certain = hasPrefix(errorCode, ['NoManagementAccountSLRExists']);
  const reason = certain
    ? 'the management account lacks a service-linked role that CloudTrail needs'
    : 'the code also stands for a missing service-linked role; only a look at the role can tell';
  return ensure(rolesNeededBy(operation, partition), reason);
}

/** A person, or CloudTrail on a person's behalf, was refused to see or create one of the roles. */
function byRefusedRole(denial: Denial, { managementAccount }: Organization): Decision | null {
  if (denial.action !== 'iam:CreateServiceLinkedRole' && denial.action !== 'iam:GetRole') {
    return null;
  }
  const roles = SERVICE_LINKED_ROLES.filter((role) => isAbout(denial, role));
  if (roles.length === 0) {
    return null;
  }
  if (managementAccount !== null && denial.service === 'iam' && denial.account !== managementAccount) {
    const reason =
      'the role concerned is in another account than the management account, where Trailmend creates nothing';
    return { severity: 'medium', plan: { kind: 'notify', reason } };
  }
  return ensure(roles, 'the caller may not see or create the service-linked role; Trailmend may');
}

function isAbout(denial: Denial, role: ServiceLinkedRole): boolean {
  return (
    denial.resource?.endsWith(`/${role.name}`) === true ||
    parameterText(denial.parameters, 'aWSServiceName') === role.service ||
    parameterText(denial.parameters, 'roleName') === role.name
  );
}

function ensure(roles: readonly ServiceLinkedRole[], reason: string): Decision {
  return { severity: 'high', plan: { kind: 'create-service-linked-role', roles, reason } };
}

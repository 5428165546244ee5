import { rowOf } from '../denial/json';

/**
 * The rights that a caller needs for CloudTrail's work in an organization, as data: the other meaning of the codes that
 * look like a missing role. AWS does not say which one is missing.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator-permissions.html
 */
const ORGANIZATION_RESOURCES: readonly string[] = [
  'iam:GetRole',
  'iam:CreateServiceLinkedRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:EnableAWSServiceAccess',
];

const DELEGATED_ADMINISTRATORS: Readonly<Record<string, readonly string[]>> = {
  RegisterOrganizationDelegatedAdmin: [
    'iam:GetRole',
    'iam:CreateServiceLinkedRole',
    'organizations:RegisterDelegatedAdministrator',
    'organizations:ListAWSServiceAccessForOrganization',
  ],
  DeregisterOrganizationDelegatedAdmin: [
    'organizations:DeregisterDelegatedAdministrator',
    'organizations:ListAWSServiceAccessForOrganization',
  ],
};

/** The IAM actions that `operation` needs besides its own. */
export function rightsBehind(operation: string | null): readonly string[] {
  return rowOf(DELEGATED_ADMINISTRATORS, operation ?? '') ?? ORGANIZATION_RESOURCES;
}

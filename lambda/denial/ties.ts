import type { Denial } from './denial';
import type { JsonObject } from './json';
import { asObject } from './json';

/**
 * What ties a call to another service to CloudTrail: a name in what it was about, CloudTrail as the caller, or only a
 * console session.
 */
export type Tie = 'name' | 'caller' | 'console';

/**
 * Request parameters that can name CloudTrail. The event pattern of the neighbouring services
 * (`lib/event-patterns.ts`) looks into the same ones.
 */
export const TYING_PARAMETERS: readonly string[] = [
  'servicePrincipal',
  'aWSServiceName',
  'policyArn',
  'policyDocument',
  'policyName',
  'roleName',
  'assumeRolePolicyDocument',
  'bucketName',
  'bucketPolicy',
  'logGroupName',
  'topicArn',
  'name',
  'attributeValue',
  'policy',
];

/** Member of a KMS encryption context by which CloudTrail names the trail it encrypts for. */
export const TYING_ENCRYPTION_CONTEXT = 'aws:cloudtrail:arn';

/** CloudTrail as an AWS service principal. */
export const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/**
 * What stands in the text of every record that a case takes: CloudTrail's name, or that of AWS Config, which refuses reads of
 * CloudTrail's console without naming it. A record without either need not be looked at further.
 */
export const MENTION = /cloudtrail|config/i;

/**
 * Services that CloudTrail works with, so that a call refused by one of them may concern it. The event pattern hears them,
 * and a scan of the event history asks for them.
 */
export const NEIGHBOURS: readonly string[] = ['iam', 'config', 'logs', 's3', 'sns', 'kms', 'organizations'];

/** The tie of a denial to CloudTrail, the strongest first; null when the record has none. The caller's own name is none. */
export function tieOf(denial: Denial): Tie | null {
  if (denial.service === 'cloudtrail' || namesCloudTrail(denial.action) || namesCloudTrail(denial.resource)) {
    return 'name';
  }
  if (denial.parameters && parametersNameCloudTrail(denial.parameters)) {
    return 'name';
  }
  if (denial.caller.service === CLOUDTRAIL) {
    return 'caller';
  }
  return denial.caller.fromConsole ? 'console' : null;
}

/** Whether `text` has "cloudtrail" in it, in any case. */
export function namesCloudTrail(text: string | null): boolean {
  return text !== null && /cloudtrail/i.test(text);
}

/** How deep a parsed document is looked into; IAM's policies are five levels deep. */
const DEEPEST = 8;

/** The text of a request parameter, as the service sent it; of a document that arrives parsed, the texts in it. */
export function parameterText(parameters: JsonObject | null, name: string): string | null {
  const value = parameters?.[name];
  return typeof value === 'object' && value !== null ? textsIn(value, DEEPEST) : (scalar(value) ?? null);
}

function textsIn(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) {
    return scalar(value) ?? '';
  }
  return depth === 0
    ? ''
    : Object.values(value)
        .map((member) => textsIn(member, depth - 1))
        .join(' ');
}

function scalar(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

function parametersNameCloudTrail(parameters: JsonObject): boolean {
  const context = asObject(parameters.encryptionContext);
  return (
    TYING_PARAMETERS.some((name) => namesCloudTrail(parameterText(parameters, name))) ||
    (context !== null && TYING_ENCRYPTION_CONTEXT in context)
  );
}

import { filledPattern, resourcePatterns } from './actions';
import { arnParts } from './arn';
import type { JsonObject } from './json';
import { textAt } from './json';

/** Where a resource is, as far as the record says. */
export type Place = { readonly partition: string; readonly region: string | null; readonly account: string | null };

/** Parameters of CloudTrail's operations that name what the call is about, the most telling first. */
const NAMING_PARAMETERS: readonly string[] = [
  'trailARN',
  'trailArn',
  'eventDataStore',
  'channel',
  'resourceArn',
  'resourceId',
  'trailName',
  'name',
];

/** Parameters by which CloudTrail's operations are handed a role. */
const PASSED_ROLES: readonly string[] = ['cloudWatchLogsRoleArn', 'federationRoleArn'];

/**
 * The ARN of the resource that a refusal names: IAM's `role NAME` form and bare names of CloudTrail's resources are
 * completed where account and Region are known. Other text is returned as it is.
 */
export function completeResource(resource: string, action: string | null, place: Place): string {
  const { partition, account, region } = place;
  const [, kind, name] = /^(user|role|group|policy|instance profile) (\S+)$/.exec(resource) ?? [];
  if (kind && name) {
    const arn = `arn:${partition}:iam::${account}:${kind.replace(' ', '-')}/${name}`;
    return name.startsWith('arn:') ? name : account === null ? resource : arn;
  }
  const isName = /^[A-Za-z0-9._-]{3,128}$/.test(resource) && action?.startsWith('cloudtrail:');
  const pattern = isName && action && region && account ? patternOfNames(action) : null;
  return pattern ? filledPattern(pattern, place).replace(/\*$/, resource) : resource;
}

/**
 * The resource of a call whose message names none: the role that was to be passed, the first ARN of the record's
 * `resources`, else the parameter that names it. Bare names are taken for CloudTrail's own operations only; other services
 * give them other meanings.
 */
export function resourceOfRecord(
  { service, action }: { service: string; action: string },
  record: JsonObject,
  parameters: JsonObject | null,
): string | null {
  if (action === 'iam:PassRole') {
    return PASSED_ROLES.map((name) => textAt(parameters, name)).find((role) => role !== null) ?? null;
  }
  const listed = Array.isArray(record.resources) ? record.resources : [];
  const arns = listed.map((entry: JsonObject | null) => textAt(entry, 'ARN') ?? textAt(entry, 'arn'));
  const named = NAMING_PARAMETERS.map((name) => textAt(parameters, name));
  const usable = (value: string | null) => value !== null && (service === 'cloudtrail' || value.startsWith('arn:'));
  return [...arns, ...named].find(usable) ?? null;
}

/** Account that a resource belongs to; null when its ARN does not say. */
export function accountOf(resource: string | null): string | null {
  return arnParts(resource)?.account || null;
}

/** What a bare name stands for: a trail where the action takes one, else the action's only resource type. */
function patternOfNames(action: string): string | null {
  const patterns = resourcePatterns(action) ?? [];
  const only = patterns.length === 1 ? patterns[0] : undefined;
  return patterns.find((pattern) => pattern.includes(':trail/')) ?? only ?? null;
}

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

/**
 * The ARN of the resource that a refusal message names: IAM's `role NAME` form and bare trail names are completed where
 * account and Region are known. Other text is returned as it is.
 */
export function completeResource(resource: string, action: string | null, place: Place): string {
  const [, kind, name] = /^(user|role|group|policy|instance profile) (\S+)$/.exec(resource) ?? [];
  if (kind && name) {
    return name.startsWith('arn:') ? name : place.account ? iamArn(kind.replace(' ', '-'), name, place) : resource;
  }
  const bareTrailName = /^[A-Za-z0-9._-]{3,128}$/.test(resource);
  const complete = bareTrailName && action?.startsWith('cloudtrail:') && place.region && place.account;
  return complete ? `arn:${place.partition}:cloudtrail:${place.region}:${place.account}:trail/${resource}` : resource;
}

/**
 * The resource of a call whose message names none: the first ARN of the record's `resources`, else the parameter that names
 * it. Bare names are taken for CloudTrail's own operations only; other services give them other meanings.
 */
export function resourceOfRecord(service: string, record: JsonObject, parameters: JsonObject | null): string | null {
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

function iamArn(kind: string, name: string, { partition, account }: Place): string {
  return `arn:${partition}:iam::${account}:${kind}/${name}`;
}

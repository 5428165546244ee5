import { actionExists, filledPattern, fitsPattern, resourcePatterns, spelled } from '../denial/actions';
import { arnParts, isPlainArn } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { CLOUDTRAIL, parameterText } from '../denial/ties';
import { roleArn, SERVICE_LINKED_ROLES } from '../plan/service-linked-roles';
import type { Condition, Statement } from './policy';

/**
 * The one statement that allows what was refused: least privilege, the real ARN, `*` only where the action has no resource
 * type. Null when the action is unknown.
 */
export function allowStatement(denial: Denial): Statement | null {
  const action = spelled(denial.action ?? '');
  if (!actionExists(action)) {
    return null;
  }
  const condition = conditionFor(action, denial);
  return {
    Effect: 'Allow',
    Action: action,
    Resource: resourceFor(action, denial),
    ...(condition && { Condition: condition }),
  };
}

function resourceFor(action: string, denial: Denial): string | string[] {
  const linked = action === 'iam:GetRole' ? SERVICE_LINKED_ROLES.find(({ name }) => isNamed(name, denial)) : undefined;
  if (linked && denial.account !== null && /^\d{12}$/.test(denial.account)) {
    // Of a role that does not exist IAM knows only the name; once it exists, its path as well.
    const pathless = `arn:${denial.partition}:iam::${denial.account}:role/${linked.name}`;
    return [pathless, roleArn(linked, denial.partition, denial.account)];
  }
  const patterns = resourcePatterns(action) ?? [];
  if (patterns.length === 0) {
    return '*';
  }
  const named = denial.resource && unmasked(denial.resource);
  if (named !== null && isUsable(named, denial) && patterns.some((candidate) => fitsPattern(named, candidate))) {
    return named;
  }
  const pattern = filledPattern(preferred(action, patterns), denial);
  return named !== null && /^[\w.-]{3,128}$/.test(named) ? pattern.replace(/\*$/, named) : pattern;
}

function isNamed(role: string, { resource }: Denial): boolean {
  return resource?.endsWith(`/${role}`) === true;
}

/** People mask account ids in what they paste; a policy takes any account for a masked one. */
function unmasked(resource: string): string {
  return resource.replace(/^(arn:[\w-]+:[\w-]+:[\w-]*:)(?!\d{12}:|aws:|:)[^:]+:/, '$1*:');
}

/** Trails and buckets are what such refusals are about most; elsewhere the first resource type of the action. */
function preferred(action: string, patterns: readonly string[]): string {
  const trail = action.startsWith('cloudtrail:') ? patterns.find((pattern) => pattern.includes(':trail/')) : undefined;
  const bucket = patterns.find((pattern) => /:::\$\{BucketName\}/.test(pattern));
  return trail ?? bucket ?? patterns[0] ?? '*';
}

/** Whether an ARN from the record can stand in a policy of the caller's partition. */
function isUsable(arn: string, { partition }: Denial): boolean {
  return isPlainArn(arn) && arnParts(arn)?.partition === partition;
}

function isPlainName(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}

function conditionFor(action: string, { parameters, resource }: Denial): Condition | null {
  if (action === 'iam:PassRole') {
    return { StringEquals: { 'iam:PassedToService': CLOUDTRAIL } };
  }
  const linked = /:role\/aws-service-role\/([\w.]+)\//.exec(resource ?? '')?.[1];
  if (action === 'iam:CreateServiceLinkedRole' && linked !== undefined) {
    return { StringEquals: { 'iam:AWSServiceName': linked } };
  }
  const service = parameterText(parameters, 'servicePrincipal');
  if (/^organizations:\w+ServiceAccess$/.test(action) && service !== null && isPlainName(service)) {
    return { StringEquals: { 'organizations:ServicePrincipal': service } };
  }
  const policy = parameterText(parameters, 'policyArn');
  const attaches = /^iam:Attach(?:User|Role|Group)Policy$/.test(action);
  return attaches && policy !== null && isPlainArn(policy) && !policy.includes('*')
    ? { ArnEquals: { 'iam:PolicyARN': policy } }
    : null;
}

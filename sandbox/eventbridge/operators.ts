import { eventBridgeGlob, matchesGlob } from '../glob';
import { readCidr, readNumeric } from './ranges';

/** A JSON value that is neither an object nor an array. */
export type Leaf = string | number | boolean | null;

/** One element of a pattern's array: `absent` asks for the key to be missing, all else tests a value. */
export type Condition = 'absent' | ((leaf: Leaf) => boolean);

type Read = (value: unknown) => (leaf: Leaf) => boolean;

const OPERATORS: Readonly<Record<string, Read>> = {
  prefix: (value) => textTest(value, 'prefix', (leaf, wanted) => leaf.startsWith(wanted)),
  suffix: (value) => textTest(value, 'suffix', (leaf, wanted) => leaf.endsWith(wanted)),
  'equals-ignore-case': (value) => ignoringCase(textOf(value, 'equals-ignore-case'), (leaf, wanted) => leaf === wanted),
  wildcard: (value) => {
    const glob = eventBridgeGlob(textOf(value, 'wildcard'));
    return (leaf) => typeof leaf === 'string' && matchesGlob(glob, leaf);
  },
  'anything-but': readAnythingBut,
  numeric: readNumeric,
  cidr: readCidr,
  exists: (value) => {
    if (value !== true) throw new Error('exists takes true or false');
    return () => true;
  },
};

/** The operators that `anything-but` can turn round. */
const INVERTIBLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

/**
 * Reads one element of a pattern's array.
 * @throws Error for an operator that EventBridge does not know, or one that is used wrongly.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function readCondition(element: unknown): Condition {
  if (isLeaf(element)) return (leaf) => leaf === element;
  const [name, value] = onlyEntry(element);
  if (name === 'exists' && value === false) return 'absent';
  const read = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!read) throw new Error(`unknown operator "${name}"; known are ${Object.keys(OPERATORS).join(', ')} and $or`);
  return read(value);
}

/** Whether `value` is a string, number, boolean or null. */
export function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function readAnythingBut(value: unknown): (leaf: Leaf) => boolean {
  if (!isLeaf(value) && !Array.isArray(value)) {
    const [name, inner] = onlyEntry(value);
    if (!INVERTIBLE.includes(name)) throw new Error(`anything-but takes no "${name}"`);
    const tests = listOf(inner).map((item) => readCondition({ [name]: item }));
    return (leaf) => !tests.some((test) => test !== 'absent' && test(leaf));
  }
  const wanted = listOf(value);
  if (!wanted.every((item) => typeof item === 'string' || typeof item === 'number')) {
    throw new Error('anything-but takes strings, numbers or one operator');
  }
  return (leaf) => !wanted.some((item) => item === leaf);
}

function textTest(value: unknown, operator: string, test: (leaf: string, wanted: string) => boolean) {
  if (typeof value === 'string') return (leaf: Leaf) => typeof leaf === 'string' && test(leaf, value);
  const [name, wanted] = onlyEntry(value);
  if (name !== 'equals-ignore-case') throw new Error(`${operator} takes a string or equals-ignore-case, not "${name}"`);
  return ignoringCase(textOf(wanted, operator), test);
}

function ignoringCase(value: string, test: (leaf: string, wanted: string) => boolean): (leaf: Leaf) => boolean {
  const wanted = value.toLowerCase();
  return (leaf) => typeof leaf === 'string' && test(leaf.toLowerCase(), wanted);
}

function textOf(value: unknown, operator: string): string {
  if (typeof value !== 'string') throw new Error(`${operator} takes a string, not ${JSON.stringify(value)}`);
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Error('an empty list matches nothing');
  return list;
}

function onlyEntry(value: unknown): [string, unknown] {
  const [entry, ...others] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (!entry || others.length > 0) throw new Error(`expected one operator, found ${JSON.stringify(value)}`);
  return entry;
}

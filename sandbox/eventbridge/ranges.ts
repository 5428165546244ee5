import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Leaf } from './operators';

/** Reads `numeric`: a bound, equality or a range. */
export function readNumeric(value: unknown): (leaf: Leaf) => boolean {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  const [first, low, second, high] = parts;
  const isRange = parts.length === 4 && [first, second].every((sign) => sign !== '=');
  if (!(parts.length === 2 || isRange))
    throw new Error('numeric takes a sign and a number, or two of each for a range');
  if (isRange && !(String(first).startsWith('>') && String(second).startsWith('<') && Number(low) < Number(high))) {
    throw new Error('a numeric range begins with > or >=, ends with < or <=, and its lower bound comes first');
  }
  const tests = [compareWith(first, low), ...(isRange ? [compareWith(second, high)] : [])];
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function compareWith(sign: unknown, bound: unknown): (value: number) => boolean {
  if (typeof bound !== 'number') throw new Error(`numeric compares with numbers, not ${JSON.stringify(bound)}`);
  if (sign === '=') return (value) => value === bound;
  if (sign === '>') return (value) => value > bound;
  if (sign === '>=') return (value) => value >= bound;
  if (sign === '<') return (value) => value < bound;
  if (sign === '<=') return (value) => value <= bound;
  throw new Error(`numeric knows no sign ${JSON.stringify(sign)}`);
}

/** Reads `cidr`: a network of IPv4 or IPv6. */
export function readCidr(value: unknown): (leaf: Leaf) => boolean {
  const [network = '', bits = ''] = String(value).split('/');
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  if (
    !(isIPv4(network) || isIPv6(network)) ||
    !/^\d{1,3}$/.test(bits) ||
    Number(bits) > (family === 'ipv4' ? 32 : 128)
  ) {
    throw new Error(`cidr takes a network such as "10.0.0.0/8", not ${JSON.stringify(value)}`);
  }
  const range = new BlockList();
  range.addSubnet(network, Number(bits), family);
  const isSameFamily = family === 'ipv4' ? isIPv4 : isIPv6;
  return (leaf) => typeof leaf === 'string' && isSameFamily(leaf) && range.check(leaf, family);
}

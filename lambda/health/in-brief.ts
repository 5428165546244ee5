import type { Verdict } from './check';
import type { Saw } from './saw';

/** Most entries of one list: what is kept and sent has room for them, and a person reads no more. */
const KEPT = 50;

/** Longest text, in characters: longer than people are ever shown. */
const LONGEST = 1_000;

/**
 * A verdict with the first of every list only, so that it fits an item of the table and a notice, whatever has happened: an
 * organization of 1,000 accounts may lose 17,000 forwarders at once. Counts stay as they are.
 */
export function inBrief(verdict: Verdict): Verdict {
  return { ...verdict, saw: shortened(verdict.saw) as Saw };
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, KEPT).map(shortened);
  }
  if (typeof value === 'string') {
    return value.slice(0, LONGEST);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]))
    : value;
}

import { matchesPattern } from '../lambda/incidents/suppression';
import type { Listed } from './source';

/** What of the record is wanted. An empty list wants all. */
export type Selection = {
  /** Nothing that ended before, ms since 1970; null for no limit. */
  readonly since: number | null;
  readonly cases: readonly string[];
  readonly severities: readonly string[];
  readonly accounts: readonly string[];
  /** ARNs, with their colons, or names as they end ARNs; `*` stands for any text. */
  readonly principals: readonly string[];
};

/** Wants all there is. */
export const EVERYTHING: Selection = { since: null, cases: [], severities: [], accounts: [], principals: [] };

/** What a {@link Selection} looks at. */
export type Selectable = {
  readonly case: string;
  readonly severity: string | null;
  /** All of them, however many. */
  readonly accounts: ReadonlySet<string>;
  readonly principals: ReadonlySet<string>;
  /** ISO 8601. */
  readonly lastSeen: string;
};

/** Whether something is wanted: of each list that names anything, one of the named. */
export function isSelected(selection: Selection, { severity, accounts, principals, ...rest }: Selectable): boolean {
  const { since, cases, severities } = selection;
  const named = (list: readonly string[], value: string | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  return (
    (since === null || Date.parse(rest.lastSeen) >= since) &&
    named(cases, rest.case) &&
    named(severities, severity) &&
    (selection.accounts.length === 0 || selection.accounts.some((account) => accounts.has(account))) &&
    (selection.principals.length === 0 || [...principals].some((arn) => isNamed(arn, selection.principals)))
  );
}

function isNamed(arn: string, patterns: readonly string[]): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return patterns.some((pattern) => matchesPattern(pattern, /[:/]/.test(pattern) ? arn : name));
}

/** An audit record as a {@link Selection} looks at it. A notice is about no one account or principal. */
export function selectable({ severity, time, ...rest }: Listed): Selectable {
  const setOf = (value: string | null) => new Set(value === null ? [] : [value]);
  const { account, principal } = rest.kind === 'event' ? rest : { account: null, principal: null };
  return { case: rest.case, severity, accounts: setOf(account), principals: setOf(principal), lastSeen: time };
}

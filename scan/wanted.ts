import type { Refused } from '../lambda/incidents/occurrence';

/** What of the past is wanted. An empty list wants all. */
export type Wanted = {
  /** Only calls made from then on, and before then; ms since 1970, null for no limit. */
  readonly since: number | null;
  readonly until: number | null;
  readonly cases: readonly string[];
  readonly accounts: readonly string[];
  /** Whether incidents of which nobody would have been told are wanted as well. */
  readonly withIgnored: boolean;
};

/** Whether a finding is wanted, whatever its plan. A call without a time is, since it may have been made at any. */
export function isWanted({ case: id, denial }: Refused, { since, until, cases, accounts }: Wanted): boolean {
  const at = since === null && until === null ? Number.NaN : Date.parse(denial.time ?? '');
  return (
    !(since !== null && at < since) &&
    !(until !== null && at >= until) &&
    (cases.length === 0 || cases.includes(id)) &&
    (accounts.length === 0 || accounts.includes(denial.account ?? ''))
  );
}

import { explain } from '../explain/explain';
import type { DigestRow } from './digest-row';

/** Something that more than half of the incidents of a notice share. */
export type Shared = {
  readonly what: 'policy' | 'layer' | 'account';
  /** ARN of the policy, name of the layer, or id of the account. */
  readonly value: string;
  /** How many incidents share it. */
  readonly count: number;
};

/**
 * What most incidents have in common, so that a reader knows where to look first. A policy says its layer.
 * @param of how many there are, those included of which only the number is known
 */
export function inCommon(rows: readonly DigestRow[], of: number): Shared[] {
  const facts = rows.map(factsOf);
  const policy = mostOf('policy', facts, of);
  return [policy ?? mostOf('layer', facts, of), mostOf('account', facts, of)].filter((shared) => shared !== null);
}

type Facts = Readonly<Record<Shared['what'], string | null>>;

function factsOf({ finding, course }: DigestRow): Facts {
  const { policyArn, layer } = explain(finding.case, finding.denial).explanation;
  return {
    policy: policyArn,
    layer: layer === 'unknown' ? null : layer,
    account: course.touched.accounts.length > 1 ? null : finding.denial.account,
  };
}

function mostOf(what: Shared['what'], facts: readonly Facts[], of: number): Shared | null {
  const counts = new Map<string, number>();
  for (const { [what]: value } of facts) {
    if (value !== null) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most && most[1] > 1 && most[1] * 2 > of ? { what, value: most[0], count: most[1] } : null;
}

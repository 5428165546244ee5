import type { CaseId } from '../cases';
import type { Denial } from '../denial/denial';
import type { Layer, Reason } from '../denial/parse-message';
import { type Fix, fixOf } from './fix';
import { canBeGiven } from './identity';
import { isInFullAccess } from './managed-policy';
import { type Owner, ownerOf } from './owner';
import { reasonOf } from './reason';
import { type Step, stepOf } from './step';

/** Which layer refused a call, how well that is known, who owns it, and the one next step. */
export type Explanation = Reason & {
  readonly owner: Owner;
  readonly step: Step;
  /** Where else it can be when the caller already holds full access to CloudTrail; empty where that says nothing. */
  readonly beyondFullAccess: readonly Layer[];
};

/** Explains a denial of case `id`, with the fix that goes with it. */
export function explain(id: CaseId, denial: Denial): { explanation: Explanation; fix: Fix } {
  const reason = reasonOf(denial);
  const fix = fixOf(id, denial, reason);
  const full =
    reason.layer === 'unknown' && denial.action !== null && isInFullAccess(denial.action) && canBeGiven(denial);
  const explanation: Explanation = {
    ...reason,
    owner: ownerOf(id, denial, reason),
    step: stepOf(id, denial, reason, fix),
    beyondFullAccess: full ? ['permissions-boundary', 'service-control-policy', 'session-policy'] : [],
  };
  return { explanation, fix };
}

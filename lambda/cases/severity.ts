import type { Denial } from '../denial/denial';
import type { Severity } from './case';

/** Operations that weaken the record that CloudTrail keeps; refused, they are worth waking somebody. */
const WEAKENING = /^cloudtrail:(?:Stop|Delete|Update|PutEventSelectors)/;

/** Severity of a refused CloudTrail call: attempts to weaken the record, then other writes, then reads. */
export function severityOfCall(denial: Denial): Severity {
  return WEAKENING.test(denial.action ?? '') ? 'high' : severityOfAccess(denial);
}

/** Severity of a refusal that cannot weaken the record: writes before reads. */
export function severityOfAccess(denial: Denial): Severity {
  return denial.readOnly ? 'low' : 'medium';
}

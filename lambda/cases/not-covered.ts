import { tieOf } from '../denial/ties';
import type { Case } from './case';

/** Everything that is not about CloudTrail, as far as the record says. Counted, never guessed at. */
export const notCovered = {
  id: 'not-covered',
  docs: 'security_iam_troubleshoot.html',
  decide(denial) {
    const reason =
      tieOf(denial) === 'name'
        ? 'the refusal names CloudTrail, but is none of the situations that Trailmend covers'
        : 'no tie to CloudTrail in the record';
    return { severity: 'low', plan: { kind: 'ignore', reason } };
  },
} as const satisfies Case;

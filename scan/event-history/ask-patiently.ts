import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { Pace } from './pace';

/** How often a call is made that fails for reasons that pass by themselves. */
const ATTEMPTS = 5;

/** How often in a row CloudTrail may throttle: by then it has refused for some seven minutes. */
const THROTTLED_AT_MOST = 20;

type SdkError = Parameters<typeof isTransientError>[0];

/**
 * Makes a call at its turn, and again when CloudTrail throttles or the network fails. The SDK itself would try again out of
 * turn, so it must be told not to.
 */
export async function askPatiently<Answer>(
  ask: () => Promise<Answer>,
  pace: Pace,
  signal: AbortSignal,
): Promise<Answer> {
  let throttled = 0;
  let failed = 0;
  for (;;) {
    await pace.turn(signal);
    signal.throwIfAborted();
    try {
      const answer = await ask();
      // What Ctrl-C cut short must not look like an answer that ends a pass.
      signal.throwIfAborted();
      pace.speedUp();
      return answer;
    } catch (error) {
      throttled += isThrottling(error) ? 1 : 0;
      failed += isThrottling(error) ? 0 : isPassing(error) ? 1 : ATTEMPTS;
      if (signal.aborted || throttled >= THROTTLED_AT_MOST || failed >= ATTEMPTS) {
        throw error;
      }
      pace.slowDown();
    }
  }
}

/** Whether AWS said that there were too many calls. */
export function isThrottling(thrown: unknown): boolean {
  return thrown instanceof Error && isThrottlingError(thrown as SdkError);
}

function isPassing(thrown: unknown): boolean {
  const error = thrown as SdkError;
  return thrown instanceof Error && (isTransientError(error) || isServerError(error));
}

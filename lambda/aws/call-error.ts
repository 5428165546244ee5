import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { stackOf } from '../audit/stack-of';
import type { CallError } from '../plan/remediation';

type SdkError = Parameters<typeof isTransientError>[0];

/** Describes what an SDK call threw. The SDK has made its own attempts by then. */
export function callErrorOf(thrown: unknown): CallError {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SdkError;
  const passing = isThrottlingError(error) || isTransientError(error) || isServerError(error) || !answered(error);
  const mayBeDone = (error.$metadata?.httpStatusCode ?? 500) >= 500;
  return { name: error.name, message: error.message, passing, mayBeDone };
}

/** What a failure was, for a record. Only an error of our own is worth its stack; AWS's errors say all in their message. */
export function detailOf(thrown: unknown): string {
  const { name, message } = callErrorOf(thrown);
  const ours = thrown instanceof Error && !('$metadata' in thrown);
  return ours ? stackOf(thrown) : `${name}: ${message}`;
}

/** Whether AWS answered at all; without an answer the network or the service was to blame, not the request. */
function answered(error: SdkError): boolean {
  return error.$metadata?.httpStatusCode !== undefined;
}

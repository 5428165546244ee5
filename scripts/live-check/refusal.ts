import type { Caller } from './aws';
import { NotChecked } from './fact';

/** A call that AWS refused, and what it said. */
export type Refusal = {
  /** Error code, as the SDK names it. */
  readonly name: string;
  readonly message: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly requestId: string;
};

/** A refusal, with all that finds its record. */
export type RefusedCall = Refusal & {
  /** As records call the operation. */
  readonly eventName: string;
  /** Who may read the event history of the account that it was made in. */
  readonly as: Caller;
  /** Where its record is expected. */
  readonly region: string;
  /** When it was made, ms since 1970. */
  readonly at: number;
};

type SdkError = Error & { $metadata?: { httpStatusCode?: number; requestId?: string } };

/**
 * The refusal that a call ends in.
 * @throws NotChecked when it is not refused, or not answered
 */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => new NotChecked('the call was meant to be refused, and was not'),
    (thrown: SdkError) => thrown,
  );
  if (!('$metadata' in error)) {
    throw error;
  }
  const { httpStatusCode = null, requestId = '' } = error.$metadata ?? {};
  return { name: error.name, message: error.message, status: httpStatusCode, requestId };
}

/** A refusal in one line, for the table. */
export function told({ name, message, status }: Refusal): string {
  return `${name} (HTTP ${status ?? 'none'}): ${message}`;
}

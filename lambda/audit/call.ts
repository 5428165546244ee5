/** One AWS call that was made, as the SDK reports it. What was asked and what was answered is not kept: only that it was. */
export type Call = {
  /** Such as `iam` or `dynamodb`. */
  readonly service: string;
  /** Such as `CreateServiceLinkedRole`. */
  readonly operation: string;
  /** Null when no answer came. */
  readonly requestId: string | null;
  /** `ok`, or the error's name. */
  readonly outcome: string;
  /** How often the SDK tried. */
  readonly attempts: number;
  /** All attempts and the pauses between them. */
  readonly durationMs: number;
};

/** Most calls that one record lists. An event makes some 10; a sweep with hundreds of incidents more than a reader can use. */
const LISTED = 100;

/** The calls that a record lists: all, or those that failed and the first of the others, in the order they ended. */
export function listed(calls: readonly Call[]): { readonly callsLeftOut: number; readonly calls: readonly Call[] } {
  const failed = calls.filter(({ outcome }) => outcome !== 'ok').slice(0, LISTED);
  const others = calls.filter(({ outcome }) => outcome === 'ok').slice(0, LISTED - failed.length);
  const kept = new Set([...failed, ...others]);
  return { callsLeftOut: calls.length - kept.size, calls: calls.filter((call) => kept.has(call)) };
}

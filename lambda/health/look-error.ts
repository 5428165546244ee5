import type { HealthAction } from './actions';

/** AWS did not let us look, or could not be reached; the cause is what the SDK threw. */
export class LookError extends Error {
  constructor(
    readonly action: HealthAction,
    readonly region: string,
    override readonly cause: unknown,
  ) {
    super(`${action} in ${region} failed`, { cause });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as far as a reading needs it; tests hand in their own, so that nobody waits for it to pass. */
export type Time = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds, or until the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

/** The clock of this machine. */
export const REAL_TIME: Time = {
  now: Date.now,
  // It is rejected only when the signal is aborted.
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
};

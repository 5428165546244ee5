/** How far the local organization's time lies back when it starts, so that moving on does not lead into the future. */
const STARTS_AGO = 48 * 3_600_000;

/**
 * The time of the local organization. It runs with real time and can be moved on, so that nobody waits minutes for a
 * queue's visibility timeout.
 */
export class Clock {
  #ahead = -STARTS_AGO;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves on to `time`; does nothing when it has passed. */
  advanceTo(time: number): void {
    this.#ahead += Math.max(0, time - this.now());
  }

  /** Moves on by some minutes. */
  advanceMinutes(minutes: number): void {
    this.#ahead += minutes * 60_000;
  }
}

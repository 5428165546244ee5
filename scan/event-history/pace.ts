import type { Time } from '../time';

/**
 * Between the starts of two calls. CloudTrail answers two a second for each account and Region, whoever asks.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
const PACE_MS = 550;

/** The longest time between two calls, when CloudTrail goes on refusing. */
const SLOWEST_MS = 30_000;

/** Keeps the calls in one Region apart. It slows down while CloudTrail throttles, since others use up the same quota. */
export class Pace {
  #gap = PACE_MS;
  #next = 0;

  constructor(private readonly time: Time) {}

  /** Waits until the next call may begin; or until the signal is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    const left = this.#next - this.time.now();
    if (left > 0) {
      await this.time.wait(left, signal);
    }
    this.#next = this.time.now() + this.#gap;
  }

  /** The call that began last was too much: from then on the next one waits twice as long as it would have. */
  slowDown(): void {
    this.#gap = Math.min(2 * this.#gap, SLOWEST_MS);
    this.#next = this.time.now() + this.#gap;
  }

  /** A call was answered. */
  speedUp(): void {
    this.#gap = Math.max(PACE_MS, this.#gap / 2);
  }
}

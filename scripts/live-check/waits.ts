import { setTimeout } from 'node:timers/promises';

/** How time passes; tests make it fly. Times in ms since 1970. */
export type Clock = {
  readonly now: () => number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** The clock on the wall. */
export const WALL_CLOCK: Clock = {
  now: Date.now,
  pause: (ms, signal) => setTimeout(ms, undefined, { signal }),
};

/** How often what is waited for is looked at. CloudTrail takes two lookups a second. */
const BEAT = 15_000;

type Wait = {
  readonly what: string;
  readonly until: number;
  readonly look: () => Promise<boolean>;
  readonly end: (error?: unknown) => void;
};

/** All waiting of a run, on one beat and one after the other, so that facts which wait together do not throttle each other. */
export class Waits {
  readonly #waits = new Set<Wait>();
  #isBeating = false;
  #said = '';

  constructor(
    private readonly clock: Clock,
    private readonly say: (text: string) => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Looks until there is something, and answers it; null when there is nothing after so many minutes. */
  async until<T>(what: string, minutes: number, look: () => Promise<T | null>): Promise<T | null> {
    this.signal.throwIfAborted();
    let found: T | null = await look();
    if (found !== null) {
      return found;
    }
    const until = this.clock.now() + minutes * 60_000;
    await new Promise<void>((resolve, reject) => {
      const looked = async () => {
        found = await look();
        return found !== null;
      };
      const end = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#waits.add({ what, until, look: looked, end });
      if (!this.#isBeating) {
        void this.#beat();
      }
    });
    return found;
  }

  /** Looks for something that is being undone, for a minute and whoever interrupts; null when there is nothing by then. */
  async whileUndoing<T>(look: () => Promise<T | null>): Promise<T | null> {
    const { signal } = new AbortController();
    for (let tries = 0; tries < 12; tries += 1) {
      const found = await look();
      if (found !== null) {
        return found;
      }
      await this.clock.pause(5_000, signal);
    }
    return null;
  }

  /** Lets so many seconds pass. */
  async pass(seconds: number, why: string): Promise<void> {
    this.say(`waiting ${seconds} s: ${why}`);
    await this.clock.pause(seconds * 1000, this.signal);
  }

  async #beat(): Promise<void> {
    this.#isBeating = true;
    while (this.#waits.size > 0) {
      this.#sayWhat();
      await this.clock.pause(BEAT, this.signal).catch(() => {});
      for (const wait of [...this.#waits]) {
        await this.#look(wait);
      }
    }
    this.#isBeating = false;
  }

  /** Says what is waited for, when that has changed. */
  #sayWhat(): void {
    const what = [...this.#waits].map((wait) => wait.what).join('; ');
    if (what !== this.#said) {
      this.say(`waiting for ${what}`);
      this.#said = what;
    }
  }

  async #look(wait: Wait): Promise<void> {
    const end = (error?: unknown) => {
      this.#waits.delete(wait);
      wait.end(error);
    };
    try {
      this.signal.throwIfAborted();
      const isOver = this.clock.now() >= wait.until;
      if ((await wait.look()) || isOver) {
        end();
      }
    } catch (error) {
      end(error);
    }
  }
}

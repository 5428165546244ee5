import type { LookedUp } from './look-up';
import type { Period } from './period';

/** How far a pass is, as JSON. */
export type PassPart = {
  /** The service whose calls it reads. */
  readonly service: string;
  /** Time of the oldest call read, milliseconds since 1970; null before the first. */
  readonly oldest: number | null;
  /** Ids and times of the calls that are read again when it goes on. */
  readonly recent: readonly (readonly [id: string, time: number])[];
  readonly isDone: boolean;
};

/** How much is read again when a pass goes on: calls of the same second come in any order. */
const OVERLAP_MS = 5_000;

/** One reading of the calls to one service in one Region, from the newest to the oldest, which can be interrupted. */
export class Pass {
  readonly service: string;
  readonly #recent: Map<string, number>;
  #oldest: number | null;
  #isDone: boolean;

  constructor({ service, oldest, recent, isDone }: PassPart) {
    this.service = service;
    this.#recent = new Map(recent);
    this.#oldest = oldest;
    this.#isDone = isDone;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Up to when there is something left to read. */
  endTime({ until }: Period): number {
    return this.#oldest === null ? until : Math.min(until, this.#oldest + OVERLAP_MS);
  }

  /** Takes a page, and answers what of it was not read before. */
  take(events: readonly LookedUp[]): LookedUp[] {
    const fresh = events.filter(({ id }) => !this.#recent.has(id));
    for (const { id, time } of fresh) {
      this.#recent.set(id, time);
      this.#oldest = Math.min(this.#oldest ?? time, time);
    }
    for (const [id, time] of this.#recent) {
      if (time > (this.#oldest ?? time) + OVERLAP_MS) {
        this.#recent.delete(id);
      }
    }
    return fresh;
  }

  finish(): void {
    this.#isDone = true;
    this.#recent.clear();
  }

  /** Share of the period that is read, from 0 to 1. */
  share({ since, until }: Period): number {
    const read = (until - (this.#oldest ?? until)) / (until - since);
    return this.#isDone ? 1 : Math.min(Math.max(read, 0), 1);
  }

  part(): PassPart {
    return { service: this.service, oldest: this.#oldest, recent: [...this.#recent], isDone: this.#isDone };
  }
}

import type { Io } from './io';

/** Readings that take less long say nothing. */
const PATIENCE_MS = 1_000;

/** How often what is said changes. */
const PACE_MS = 200;

const CLEAR_LINE = '\r\u001b[K';

/** Says on a terminal how far a long reading is, on one line that goes away. */
export class Progress {
  #began: number;
  #saidAt: number | null = null;

  constructor(
    private readonly io: Io,
    private readonly now: () => number = Date.now,
    private readonly words: (done: number, of: number) => string = reading,
  ) {
    this.#began = now();
  }

  tell(done: number, of: number): void {
    this.show(() => this.words(done, of));
  }

  /** @param words made only when they are shown */
  show(words: () => string): void {
    const now = this.now();
    const isTime = now - (this.#saidAt ?? this.#began) >= (this.#saidAt === null ? PATIENCE_MS : PACE_MS);
    if (this.io.isWatched && isTime) {
      this.#saidAt = now;
      this.io.err(`${CLEAR_LINE}${words()}`);
    }
  }

  /** Takes the line away; the next reading begins now. */
  end(): void {
    if (this.#saidAt !== null) {
      this.io.err(CLEAR_LINE);
    }
    this.#saidAt = null;
    this.#began = this.now();
  }
}

function reading(done: number, of: number): string {
  return `reading ${done.toLocaleString('en')} of ${of.toLocaleString('en')} ...`;
}

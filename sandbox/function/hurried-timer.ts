/** Pauses of this length are request timeouts, in milliseconds; the pauses between attempts are shorter. */
const REQUEST_TIMEOUT = 4_000;

/** Turns of the event loop that a request's timeout takes, and the least length of each in milliseconds. */
const TURNS = 20;
const TURN = 8;

/** From the start of a function to its end, at which its timers never fire any more. */
export class Life {
  isOver = false;
  readonly #atEnd: (() => void)[] = [];

  /** Does `work` when the function ends. */
  atEnd(work: () => void): void {
    this.#atEnd.push(work);
  }

  end(): void {
    this.isOver = true;
    for (const work of this.#atEnd.splice(0)) work();
  }
}

/**
 * A timer of a function that has no time to lose. Pauses between attempts pass twenty times as fast. A request's timeout
 * passes in turns of the event loop, which answers come by too: however busy the machine is, none that was sent counts
 * as missing.
 */
export class HurriedTimer {
  #timer: NodeJS.Timeout;

  constructor(
    private readonly work: () => void,
    ms: number,
    private readonly life: Life,
  ) {
    this.#timer = ms < REQUEST_TIMEOUT ? setTimeout(() => this.#turn(0), ms / 20) : this.#wait(TURNS);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** As a timer of Node has it. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #wait(turns: number): NodeJS.Timeout {
    return setTimeout(() => this.#turn(turns - 1), TURN);
  }

  #turn(turnsLeft: number): void {
    if (this.life.isOver) return;
    if (turnsLeft > 0) this.#timer = this.#wait(turnsLeft);
    else this.work();
  }
}

/** A change of an account, by one call: what it is, how a person undoes it, how it is made and undone. */
export type Change<T> = {
  readonly what: string;
  /** AWS CLI command, for when this program cannot. */
  readonly byHand: string;
  readonly make: () => Promise<T>;
  /** Safe to run when the change was never made, or is undone already. */
  readonly undo: () => Promise<unknown>;
};

/** Everything that was changed, so that it is undone: in reverse order, whatever happens. */
export class Changes {
  readonly #made: Change<unknown>[] = [];

  constructor(
    private readonly say: (text: string) => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Makes a change. Where AWS did not say that it was refused, it may have been made: then it is undone, too. */
  async make<T>(change: Change<T>): Promise<T> {
    this.signal.throwIfAborted();
    this.say(`change: ${change.what} (undone at the end; by hand: ${change.byHand})`);
    this.#made.push(change);
    try {
      return await change.make();
    } catch (error) {
      if (wasRefused(error)) {
        this.#forget(change);
      }
      throw error;
    }
  }

  /** Whether this run has made a change that stands. */
  has(what: string): boolean {
    return this.#made.some((made) => made.what === what);
  }

  /** Undoes one change before the end; false when there is no such change. */
  async undo(what: string): Promise<boolean> {
    const change = this.#made.find((made) => made.what === what);
    if (change === undefined) {
      return false;
    }
    await change.undo();
    this.#forget(change);
    this.say(`undone: ${what}`);
    return true;
  }

  /** Undoes all, and answers what could not be undone: each with the reason and the command. */
  async undoAll(): Promise<string[]> {
    const left: string[] = [];
    for (const change of this.#made.splice(0).reverse()) {
      try {
        await change.undo();
        this.say(`undone: ${change.what}`);
      } catch (error) {
        left.push(`${change.what}: ${error}. By hand: ${change.byHand}`);
        this.say(`NOT undone: ${left.at(-1)}`);
      }
    }
    return left;
  }

  #forget(change: Change<unknown>): void {
    this.#made.splice(this.#made.indexOf(change), 1);
  }
}

/** Whether AWS answered that it did nothing. */
function wasRefused(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500;
}

/** Takes AWS's word that what is to be removed is not there. */
export async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!/^NoSuchEntity|NotFound|NotRegistered/.test((error as Error).name)) {
      throw error;
    }
  }
}

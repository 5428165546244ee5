import type { Problem } from '../source';
import type { Time } from '../time';
import type { ScanState } from './state';
import { writeState } from './state-file';

/** How much time may be lost when the machine fails. */
const KEEP_EVERY_MS = 15_000;

/** Keeps the state of a scan in a file, now and then and at the end. Nothing is kept where there is no file. */
export class Keeper {
  #keptAt: number;
  #isKeeping = false;
  #problems: readonly Problem[] = [];

  constructor(
    private readonly file: string | null,
    private readonly time: Time,
  ) {
    this.#keptAt = time.now();
  }

  /** Why the newest state is not in the file; none when it is. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Keeps the state if it is time to. */
  async offer(state: () => ScanState): Promise<void> {
    if (!this.#isKeeping && this.time.now() - this.#keptAt >= KEEP_EVERY_MS) {
      await this.keep(state);
    }
  }

  /** Keeps the state now. What was read is not given up because the disk is full. */
  async keep(state: () => ScanState): Promise<void> {
    if (this.file === null) {
      return;
    }
    this.#isKeeping = true;
    try {
      await writeState(this.file, state());
      this.#problems = [];
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const what = `cannot be written (${code ?? message}): make room, or the scan cannot go on from here`;
      this.#problems = [{ where: this.file, what }];
    } finally {
      this.#isKeeping = false;
      this.#keptAt = this.time.now();
    }
  }
}

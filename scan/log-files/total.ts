import { counted, numbered } from '../counted';
import type { Problem, Reading } from '../source';
import type { Batch } from './batch';

/** What was read so far, of how much, and how fast. */
export class Total {
  readonly #began = performance.now();
  readonly #problems: Problem[];
  #files = 0;
  #bytes = 0;

  /**
   * @param of files that there are to read
   * @param problems those of finding them
   * @param left folders that were not opened
   */
  constructor(
    private readonly of: number,
    problems: readonly Problem[],
    private readonly left: number,
  ) {
    this.#problems = [...problems];
  }

  add({ files, bytes, problems }: Pick<Batch, 'files' | 'bytes' | 'problems'>): void {
    this.#files += files;
    this.#bytes += bytes;
    this.#problems.push(...problems);
  }

  /** How far it is, for people. */
  words(): string {
    const seconds = (performance.now() - this.#began) / 1000;
    const left = this.#files === 0 ? null : (seconds / this.#files) * (this.of - this.#files);
    const share = Math.floor((100 * this.#files) / this.of);
    const bar = '#'.repeat(share / 5).padEnd(20, '-');
    const rate = megabytes(this.#bytes / seconds);
    return `[${bar}] ${share} % of ${numbered(this.of)} files, ${rate}/s${left === null ? '' : `, ${spanOf(left)} left`}`;
  }

  reading(isInterrupted: boolean): Reading {
    const read = `${counted(this.#files, 'file')}, ${megabytes(this.#bytes)} unzipped`;
    const problems = this.#problems.toSorted((one, other) => (one.where < other.where ? -1 : 1));
    const remark = `Not opened, since by account and date there is nothing wanted: ${counted(this.left, 'folder')}.`;
    return { read, problems, isInterrupted, remarks: this.left === 0 ? [] : [remark] };
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { maximumSignificantDigits: 3 })} MB`;
}

function spanOf(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

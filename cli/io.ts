import type { Readable } from 'node:stream';
import type { Time } from '../scan/time';

/** What a command may touch of the world; tests hand in their own. */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard input. */
  readonly input: () => Readable;
  /** Asks a person at the terminal; absent where there is none. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Whether `out` is a terminal that shows colours. */
  readonly colours: boolean;
  /** Columns of the terminal that `out` is; absent when it is none, and lines may have any length. */
  readonly columns?: number;
  /** The time that a reading goes by; that of this machine when absent. */
  readonly time?: Time;
  /** Whether `err` is a terminal, so that somebody sees how far a long reading is. */
  readonly isWatched?: boolean;
};

import type { History } from './history';

/** Something that could not be read. */
export type Problem = {
  /** What it is, for people: a path, a Region, a query. */
  readonly where: string;
  /** What happened, and what to do about it. */
  readonly what: string;
};

/** How a reading ended. */
export type Reading = {
  /** What was read, for people, such as `200 files, 295 MB`. */
  readonly read: string;
  /** What could not be read; the rest was. */
  readonly problems: readonly Problem[];
  /** Whether it was ended before its end. */
  readonly isInterrupted: boolean;
  /** What was left out on purpose, and how to go on where it stopped: lines for people. */
  readonly remarks: readonly string[];
};

/** Who watches a reading. */
export type Watch = {
  /** Aborted when the person ends the command: what was found so far is the result. */
  readonly signal: AbortSignal;
  /** How far it is, in one short line; asked for only when it is shown. */
  tell(words: () => string): void;
  /** Asks a person a question that is answered with yes or no; false where there is no terminal to ask on. */
  confirm(question: string): Promise<boolean>;
};

/** Where the past is read from. */
export type HistorySource = {
  /** For people: which files, Regions or table. */
  readonly name: string;
  /** When the reading began that this one goes on with, for times such as "8h ago"; absent where it begins now. ms since 1970. */
  readonly begun?: number;
  /** Reads all of it into `history`. What cannot be read at all, such as for lack of credentials, is thrown. */
  read(history: History, watch: Watch): Promise<Reading>;
};

import type { Severity } from '../cases/case';

/** What an incident has touched. */
export type Touched = {
  /** Of the events that no notice has told yet. */
  readonly actions: readonly string[];
  /** Since the events before were counted for good. */
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly accounts: readonly string[];
};

/** How often something was refused, as far as a notice counts it. */
export type Course = {
  /** Events that no notice has told yet, and how many of them a setting suppresses. */
  readonly untold: number;
  readonly suppressed: number;
  /** Gravest of these; high only when nobody was told of high severity, and no setting suppresses it. */
  readonly severity: Severity;
  readonly total: number;
  /** False when `total` is a lower bound. */
  readonly exact: boolean;
  readonly firstSeen: string;
  readonly touched: Touched;
};

/** What a notice says of its incident. */
export type IncidentFacts = {
  /** The first time, again after quiet, or a digest of what goes on. */
  readonly news: 'first' | 'again' | 'ongoing';
  /** End of the last time, ms since 1970. */
  readonly quietSince: number | null;
  /** How long repeats are grouped. */
  readonly silentMs: number;
  /** Null when the notice speaks of one event. */
  readonly course: Course | null;
};

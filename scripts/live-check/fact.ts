import type { Look } from './look';
import type { StageId } from './stages';

/** What a check of a fact came to. */
export type Answer = {
  readonly verdict: 'as expected' | 'different' | 'not checked';
  /** What was seen, one or two sentences for the table. */
  readonly seen: string;
};

/** One thing about AWS that no document settles, and how to see it. Its texts are Markdown. */
export type Fact = {
  readonly id: string;
  readonly question: string;
  /** What Trailmend rests on. */
  readonly expected: string;
  /** What is called, and in which account. */
  readonly calls: string;
  /** What of the accounts is changed for this fact alone, besides what its stage changes; empty when nothing is. */
  readonly changes: string;
  /** How that is undone; empty when nothing is changed. */
  readonly undo: string;
  /** How long it takes at most. */
  readonly minutes: number;
  /** State of the organization that it needs. */
  readonly stage: StageId;
  /** Cannot be seen within the run, so it does not count towards the exit code. */
  readonly isForLater?: boolean;
  readonly run: (look: Look) => Promise<Answer>;
};

/** The answer of a check that saw something. */
export function answer(isExpected: boolean, seen: string): Answer {
  return { verdict: isExpected ? 'as expected' : 'different', seen };
}

/** Thrown where a fact cannot be looked at; its message is the reason, for the table. */
export class NotChecked extends Error {}

import type { HealthEdges } from './edges';
import type { Expectation } from './expectation';
import type { Saw } from './saw';

/** What is checked, in the order in which it is shown. */
export const CHECK_IDS = [
  'account',
  'all-features',
  'trusted-access',
  'stack-sets-access',
  'roles',
  'trail',
  'rules',
  'bus-policy',
  'forwarders',
  'canary',
  'accounts',
  'subscribers',
  'topic-key',
  'topic-policy',
  'queue',
  'dead-letters',
  'probe',
] as const;

/** Id of a check. */
export type CheckId = (typeof CHECK_IDS)[number];

/** How something is; `not-checked` is never shown as ok. */
export type Status = 'ok' | 'failed' | 'not-checked';

/** An account and a Region. */
export type Place = { readonly account: string; readonly region: string };

/** What a check found about one subject. */
export type Verdict = {
  readonly check: CheckId;
  /** Which Region, role or policy; empty where there is only one. With `check` it is the identity of a health incident. */
  readonly subject: string;
  readonly status: Status;
  /** From which texts in every language are made (`lambda/texts/health-texts.ts`). */
  readonly saw: Saw;
  /** Where it was seen, and where to run `mend`. */
  readonly place: Place;
  /** What to run, in this order; empty when there is nothing to mend. `<…>` is for the reader to fill in. */
  readonly mend: readonly string[];
};

/** What checks look with and at. */
export type Look = {
  /** What the deployment should be; null before there is one. */
  readonly expectation: Expectation | null;
  /** The account whose credentials are used, and the Region that was named. */
  readonly here: Place;
  readonly aws: HealthEdges;
  /** Milliseconds since 1970. */
  now(): number;
  /** Told after every check: how many are done, of how many. */
  progress?(done: number, of: number): void;
};

/** One thing that must hold. */
export type Check = {
  readonly id: CheckId;
  /** Answers at least one verdict. What AWS refuses may be thrown: it becomes `not-checked`. */
  run(look: Look): Promise<readonly Verdict[]>;
};

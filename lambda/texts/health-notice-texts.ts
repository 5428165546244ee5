import type { CheckId } from '../health/check';
import type { Tampering } from '../health/trigger';

/** A change of Trailmend's own resources; every text has been neutralised. */
type Change = Pick<Tampering, 'time' | 'principal' | 'session' | 'action' | 'resource' | 'from' | 'region'>;

/** The labels before the lines of a health notice. */
type Label = 'check' | 'mend' | 'nextStep' | 'note' | 'role' | 'seen' | 'since' | 'undo' | 'whatHappened' | 'why';

/**
 * Every sentence of a notice about Trailmend's own health, in one language; what a check saw has texts of its own. They are
 * apart from the others since only the probe needs them. Texts that are handed in have been neutralised.
 */
export type HealthNoticeTexts = {
  readonly labels: Readonly<Record<Label, string>>;
  /** What is wrong when a check fails, as the subject of a mail. */
  readonly failures: Readonly<Record<CheckId, string>>;
  /** What a failure means for those who rely on Trailmend. */
  readonly meanings: Readonly<Record<CheckId, string>>;
  /** One or several subjects of a check behind a headline: `eu-west-1 and 2 more`. */
  subjects(first: string, more: number): string;
  wellAgain(check: string): string;
  tampered(action: string, more: number): string;
  created(role: string): string;
  /** A check, by its id, found something wrong, so often. */
  found(check: string, count: number): string;
  /** How long it was not well. */
  isWell(check: string, count: number): string;
  lasted(from: string, until: string): string;
  changed(count: number): string;
  change(change: Change): string;
  wasCreated(role: string): string;
  neededFor(trustedAccess: boolean, delegatedAdministrators: readonly string[]): string;
  /** Where to run what follows. */
  where(account: string, region: string): string;
  readonly steps: {
    readonly failed: string;
    readonly well: string;
    readonly tampered: string;
    readonly created: string;
  };
  /** Why Trailmend could not mend it by itself. */
  couldNot(error: string, message: string): string;
  /** Why Trailmend did not create a role that is missing. */
  readonly observed: string;
  /** Names the canary for the reader's own detection rules. */
  canary(role: string, trail: string): string;
  readonly checkedAgain: string;
  /** Stands for what is not listed. */
  more(count: number): string;
};

import type { CheckId, Place, Status, Verdict } from '../health/check';
import { inBrief } from '../health/in-brief';
import type { Saw } from '../health/saw';
import { shown } from './untrusted';

/** What checks are about, as doctor groups them. */
export type HealthGroup = 'organization' | 'hearing' | 'telling' | 'probe';

/** How many verdicts of each kind. */
export type Tally = { readonly ok: number; readonly failed: number; readonly notChecked: number };

/** What was seen, of one kind. */
type Facts<K extends Saw['kind']> = Extract<Saw, { kind: K }>;

/**
 * Every sentence about health, in one language. A language that lacks one does not compile. Texts from AWS that are handed
 * in have been neutralised.
 */
export type HealthTexts = {
  readonly statuses: Readonly<Record<Status, string>>;
  readonly groups: Readonly<Record<HealthGroup, string>>;
  /** What is checked, by name. */
  readonly checks: Readonly<Record<CheckId, string>>;
  /** What was seen, as one or more sentences. */
  readonly saw: { readonly [K in Saw['kind']]: (saw: Facts<K>, place: Place) => string };
  /** A check's name, its place where there are several, and what was seen. */
  line(check: string, place: Place | null, saw: string): string;
  readonly doctor: {
    /** Before all verdicts. */
    deployed(stack: string, place: Place): string;
    notDeployed(stack: string, place: Place): string;
    /** After all: the count, and the names of what failed. */
    tally(tally: Tally, failed: readonly string[]): string;
    /** Stands for commands that stand above. */
    readonly asAbove: string;
    /** On a terminal, while it looks. */
    looking(done: number, of: number): string;
  };
};

/** What a verdict says, as one line without its status: the check, where, and what was seen. */
export function verdictInWords(verdict: Verdict, texts: HealthTexts): string {
  const { check, place } = verdict;
  return texts.line(texts.checks[check], isOfPlace(verdict) ? place : null, sawInWords(verdict, texts));
}

/** What a verdict is about, in words: the check, and where if it is one of several places. */
export function subjectInWords(verdict: Verdict, texts: HealthTexts): string {
  const { account, region } = verdict.place;
  return isOfPlace(verdict) ? `${texts.checks[verdict.check]} ${account} ${region}` : texts.checks[verdict.check];
}

/** What was seen, in words. */
export function sawInWords(verdict: Verdict, texts: HealthTexts): string {
  const { saw, place } = inBrief(verdict);
  const write = texts.saw[saw.kind] as (saw: Saw, place: Place) => string;
  return write(neutralised(saw) as Saw, place);
}

function isOfPlace({ subject, place }: Verdict): boolean {
  return subject === `${place.account} ${place.region}`;
}

function neutralised(value: unknown): unknown {
  if (typeof value === 'string') {
    return value === '' ? '' : shown(value);
  }
  if (Array.isArray(value)) {
    return value.map(neutralised);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, neutralised(member)]))
    : value;
}

/** The first few of many, and how many more there are. @param count how many there are, when not all are given */
export function firstOf<T>(all: readonly T[], most = 5, count = all.length) {
  const some = all.slice(0, most);
  return { some, more: count - some.length };
}

/** Whether an error says that a right is missing: `AccessDenied`, `AccessDeniedException`, `AuthorizationErrorException` and the like. */
export function isRefusal(error: string): boolean {
  return /AccessDenied|Authorization|Unauthorized|NotAuthorized/i.test(error);
}

/** What an ARN names, without where it is; any other text as it is. */
export function nameOf(arn: string): string {
  return arn.startsWith('arn:') ? (arn.split(/[:/]/).at(-1) ?? arn) : arn;
}

/** A time to the minute. */
export function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

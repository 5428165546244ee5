import type { Severity } from '../cases/case';
import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { explain } from '../explain/explain';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { whoOf, why } from './describe-denial';
import { countText, minuteOf, refusedNames, touchedText } from './describe-incident';
import type { Course } from './incident-facts';
import type { Line } from './layout';

/** One incident in a digest. */
export type DigestRow = {
  /** The finding that it is told by. */
  readonly finding: Finding & { readonly denial: Denial };
  readonly key: string;
  readonly severity: Severity;
  readonly course: Course;
  readonly lastSeen: string;
  /** Reasons of the settings that suppress some of its events. */
  readonly suppressions: readonly string[];
  /** Null when it is not muted. */
  readonly mute: { readonly until: number; readonly by: string; readonly reason: string } | null;
};

/** Names of accounts by their ids, as far as they are known. */
export type AccountNames = ReadonlyMap<string, string>;

const GRAVEST_FIRST: readonly Severity[] = ['high', 'medium', 'low'];

/** Orders rows: the gravest first, then what was refused most. */
export function byGravity(one: DigestRow, other: DigestRow): number {
  const graver = GRAVEST_FIRST.indexOf(one.severity) - GRAVEST_FIRST.indexOf(other.severity);
  return graver || other.course.untold - one.course.untold || (one.key < other.key ? -1 : 1);
}

/** A row for people: with the count, the reason and what was touched, or in one sentence when there are many. */
export function rowLine(row: DigestRow, names: AccountNames, texts: Texts, whole: boolean): Line {
  const { finding, key, severity, course, lastSeen, suppressions, mute } = row;
  const { case: id, denial } = finding;
  const { digest } = texts;
  const until = mute && minuteOf(new Date(mute.until).toISOString());
  const silence = [
    ...suppressions.map((reason) => digest.suppressed(shown(reason))),
    ...(mute && until ? [digest.muted(shown(mute.by), until, shown(mute.reason))] : []),
  ];
  const { principals, accounts } = course.touched;
  const who = texts.incident.names([whoOf(denial, texts)], principals.length > 1);
  const where = texts.incident.names([accountText(denial.account, names, texts)], accounts.length > 1);
  const head = digest.row(refusedNames(course, denial, texts), who, where);
  const text = whole
    ? [
        head,
        texts.sentences([countText(course, texts), digest.last(minuteOf(lastSeen))]),
        touchedText(course.touched, texts),
        why(id, denial, explain(id, denial).explanation, texts),
        digest.graded(id, severity),
        ...silence,
      ]
        .filter(Boolean)
        .join('\n')
    : texts.sentences([head, digest.times(course.untold), ...silence]);
  return { label: shown(key), text };
}

/** An account by its name, where that is known. */
export function accountText(account: string | null, names: AccountNames, texts: Texts): string {
  const name = names.get(account ?? '');
  return texts.account(shown(account), name === undefined ? null : shown(name));
}

/**
 * A row for programs. Members that say nothing are left out; one that is not whole only tells which incident it is and how much
 * is new.
 */
export function rowJson(row: DigestRow, whole: boolean): object {
  const { finding, key, severity, course, lastSeen, suppressions, mute } = row;
  const { untold, suppressed, total, exact, firstSeen } = course;
  const { account, caller, action } = finding.denial;
  const short = { incidentKey: key, severity, account, count: untold, ...(exact ? {} : { exact }) };
  if (!whole) {
    return short;
  }
  return {
    ...short,
    case: finding.case,
    principal: caller.principal,
    action,
    total,
    firstSeen,
    lastSeen,
    ...(suppressed === 0 ? {} : { suppressed, suppressions }),
    ...(mute === null ? {} : { mutedUntil: new Date(mute.until).toISOString() }),
  };
}

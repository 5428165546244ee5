import type { Severity } from '../cases/case';
import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { findingJson } from '../finding-json';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { refusedName, whoOf } from './describe-denial';
import { countText, minuteOf, touchedText } from './describe-incident';
import { outcomeJson } from './describe-roles';
import type { Course } from './incident-facts';
import { type Line, laidOut } from './layout';
import { NOTICE_SCHEMA, type Notice } from './notice';
import { fitted } from './subject-line';

/** Why many incidents come in one notice: too many at once, what went on in them, or the day's digest. */
export type DigestKind = 'storm' | 'digest' | 'daily';

/** One incident in a digest. */
export type DigestRow = {
  /** The finding that it is told by. */
  readonly finding: Finding & { readonly denial: Denial };
  readonly key: string;
  readonly severity: Severity;
  /** Whether a notice has told of it before. */
  readonly isTold: boolean;
  readonly course: Course;
  readonly lastSeen: string;
  /** Reasons of the settings that suppress some of its events. */
  readonly suppressions: readonly string[];
  /** Null when it is not muted. */
  readonly mute: { readonly until: number; readonly by: string; readonly reason: string } | null;
};

/** How many incidents are described whole; the others have one line each, so that SNS takes the message. */
const WHOLE = 30;

const GRAVEST_FIRST: readonly Severity[] = ['high', 'medium', 'low'];

/** What many incidents come to. */
export type Digest = {
  readonly kind: DigestKind;
  /** At least one. */
  readonly rows: readonly DigestRow[];
  /** How many there are besides `rows`, for which there is no room. */
  readonly more: number;
  /** When the digest of a storm comes, ms since 1970; null for what is no storm. */
  readonly until: number | null;
};

/**
 * Renders one notice about many incidents. Its JSON twin is that of the gravest incident, so that programs which know no
 * digests read something true, with all of them in `incidents`.
 */
export function renderDigest({ kind, rows, more, until }: Digest, texts: Texts): Notice {
  const sorted = [...rows].sort(byGravity);
  const [first] = sorted as [DigestRow, ...DigestRow[]];
  const sum = { incidents: rows.length + more, refusals: rows.reduce((count, { course }) => count + course.untold, 0) };
  const at = until === null ? '' : minuteOf(new Date(until).toISOString());
  const severity = severityOf(sorted);
  const nextStep = texts.digest.nextStep(kind, at);
  const head: Line[] = [
    { label: texts.labels.whatHappened, text: texts.digest.whatHappened(kind, sum) },
    { label: texts.labels.nextStep, text: nextStep },
  ];
  const { denial } = first.finding;
  return {
    subject: fitted(`Trailmend: ${texts.digest.subject(kind, sum)}`),
    text: `${laidOut([...head, ...sorted.map((row, at) => rowLine(row, texts, at < WHOLE))])}\n`,
    nextStep,
    json: {
      schema: NOTICE_SCHEMA,
      ...findingJson(first.finding, texts),
      severity,
      outcome: outcomeJson(null, denial),
      kind,
      incident: null,
      incidents: sorted.map(rowJson),
      until: until === null ? null : new Date(until).toISOString(),
    },
    attributes: {
      case: first.finding.case,
      plan: first.finding.plan.kind,
      account: shown(denial.account),
      region: shown(denial.region),
      severity,
    },
  };
}

function byGravity(one: DigestRow, other: DigestRow): number {
  const graver = GRAVEST_FIRST.indexOf(one.severity) - GRAVEST_FIRST.indexOf(other.severity);
  return graver || other.course.untold - one.course.untold || (one.key < other.key ? -1 : 1);
}

/**
 * What was told at once pages nobody a second time, and what is muted or suppressed nobody at all: a digest is of high
 * severity only when it brings other news of that.
 */
function severityOf(rows: readonly DigestRow[]): Severity {
  const news = rows.some(
    ({ severity, isTold, course, mute }) =>
      severity === 'high' && !isTold && mute === null && course.untold > course.suppressed,
  );
  const [gravest] = rows;
  return news ? 'high' : gravest?.severity === 'low' ? 'low' : 'medium';
}

function rowLine(row: DigestRow, texts: Texts, whole: boolean): Line {
  const { finding, key, severity, course, lastSeen, suppressions, mute } = row;
  const { denial } = finding;
  const until = mute && minuteOf(new Date(mute.until).toISOString());
  const silence = [
    ...suppressions.map((reason) => texts.digest.suppressed(shown(reason))),
    mute && until ? texts.digest.muted(shown(mute.by), until, shown(mute.reason)) : '',
  ];
  const head = texts.digest.row(refusedName(denial), whoOf(denial, texts), shown(denial.account));
  const facts = whole
    ? [
        `${countText(course, texts)} ${texts.digest.last(minuteOf(lastSeen))}`,
        touchedText(course.touched, texts),
        `${finding.case}, ${texts.severities[severity]}`,
      ]
    : [texts.digest.times(course.untold)];
  return { label: shown(key), text: [head, ...facts, ...silence].filter(Boolean).join(whole ? '\n' : ' ') };
}

/** Members that say nothing are left out: this goes out once per protocol. */
function rowJson({ finding, key, severity, course, lastSeen, suppressions, mute }: DigestRow): object {
  const { untold, suppressed, total, exact, firstSeen } = course;
  const { account, caller, action } = finding.denial;
  return {
    incidentKey: key,
    case: finding.case,
    severity,
    account,
    principal: caller.principal,
    action,
    count: untold,
    total,
    firstSeen,
    lastSeen,
    ...(exact ? {} : { exact }),
    ...(suppressed === 0 ? {} : { suppressed, suppressions }),
    ...(mute === null ? {} : { mutedUntil: new Date(mute.until).toISOString() }),
  };
}

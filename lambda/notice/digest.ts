import type { Severity } from '../cases/case';
import type { Layer } from '../denial/parse-message';
import { findingJson } from '../finding-json';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { minuteOf, muteCommand } from './describe-incident';
import { outcomeJson } from './describe-roles';
import { type AccountNames, accountText, byGravity, type DigestRow, rowJson, rowLine } from './digest-row';
import { inCommon, type Shared } from './in-common';
import { type Line, laidOut } from './layout';
import { NOTICE_SCHEMA, type Notice } from './notice';
import { fitted } from './subject-line';

/** Why many incidents come in one notice: too many at once, what went on in them, or the day's digest. */
export type DigestKind = 'storm' | 'digest' | 'daily';

/** How many incidents are described whole; the others have one sentence each, so that SNS takes the message. */
const WHOLE = 30;

/** Most incidents that are whole for programs as well. Beyond that, all but {@link WHOLE} are short. */
const LONG = 180;

/** Most incidents that a storm's notice lists: it says what is going on, and its digest tells the rest. */
const LISTED = 100;

/** What many incidents come to. */
export type Digest = {
  readonly kind: DigestKind;
  /** At least one. */
  readonly rows: readonly DigestRow[];
  /** How many want a notice besides these `rows`, and are not told of yet. */
  readonly more: number;
  /** When the digest of a storm comes, ms since 1970; null for what is no storm. */
  readonly until: number | null;
  /** Which part of how many this is; null for one that is whole. */
  readonly part: { readonly number: number; readonly of: number } | null;
  readonly accountNames: AccountNames;
};

/**
 * Renders one notice about many incidents. Its JSON twin is that of the gravest incident, so that programs which know no
 * digests read something true, with all of them in `incidents`.
 */
export function renderDigest(digest: Digest, texts: Texts): Notice {
  const { kind, rows, until, part } = digest;
  const sorted = [...rows].sort(byGravity);
  const [first] = sorted as [DigestRow, ...DigestRow[]];
  const listed = kind === 'storm' ? sorted.slice(0, LISTED) : sorted;
  const severity = severityOf(sorted);
  const sum = sumOf(digest);
  const { denial } = first.finding;
  const subject = `${texts.digest.subject(kind, sum)}${part === null ? '' : ` ${texts.digest.part(part)}`}`;
  const nextStep = texts.digest.nextStep(kind, until === null ? '' : minuteOf(new Date(until).toISOString()));
  return {
    subject: fitted(`Trailmend: ${subject}`),
    text: `${laidOut([...headLines(digest, nextStep, texts), ...listed.map((row, at) => rowLine(row, digest.accountNames, texts, at < WHOLE))])}\n`,
    nextStep,
    json: {
      schema: NOTICE_SCHEMA,
      ...findingJson(first.finding, texts),
      severity,
      outcome: outcomeJson(null, denial),
      kind,
      incident: null,
      incidents: listed.map((row, at) => rowJson(row, listed.length <= LONG || at < WHOLE)),
      incidentCount: sum.incidents,
      part,
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

/** A storm is counted with what is still on its way; every digest by its own rows. */
function sumOf({ kind, rows, more }: Digest) {
  return {
    incidents: rows.length + (kind === 'storm' ? more : 0),
    refusals: rows.reduce((count, { course }) => count + course.untold, 0),
    exact: rows.every(({ course }) => course.exact) && (kind !== 'storm' || more === 0),
  };
}

function headLines(digest: Digest, nextStep: string, texts: Texts): Line[] {
  const { kind, rows, more, accountNames } = digest;
  const { labels } = texts;
  const sum = sumOf(digest);
  const shared = inCommon(rows, sum.incidents).map((each) => sharedText(each, sum.incidents, accountNames, texts));
  const unlisted = kind === 'storm' ? Math.max(0, rows.length - LISTED) + more : more;
  return [
    { label: labels.whatHappened, text: texts.digest.whatHappened(kind, sum) },
    ...(shared.length === 0 ? [] : [{ label: labels.inCommon, text: shared.join('\n') }]),
    { label: labels.nextStep, text: nextStep },
    { label: labels.quieten, text: `${muteCommand('KEY')}\n${texts.digest.key}`, verbatim: true },
    ...(unlisted === 0 ? [] : [{ label: labels.note, text: texts.digest.more(kind, unlisted) }]),
  ];
}

function sharedText({ what, value, count }: Shared, of: number, names: AccountNames, texts: Texts): string {
  const named = {
    policy: () => shown(value),
    layer: () => texts.layers[value as Layer],
    account: () => accountText(value, names, texts),
  }[what]();
  return texts.digest.shared(what, named, count, of);
}

/**
 * What was told at once pages nobody a second time, and what is muted or suppressed nobody at all: a digest is of high
 * severity only when it brings other news of that.
 */
function severityOf(rows: readonly DigestRow[]): Severity {
  const news = rows.some(({ course, mute }) => course.severity === 'high' && mute === null);
  const [gravest] = rows;
  return news ? 'high' : gravest?.severity === 'low' ? 'low' : 'medium';
}

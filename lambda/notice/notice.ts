import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { tieOf } from '../denial/ties';
import { type Explanation, explain } from '../explain/explain';
import type { Fix } from '../explain/fix';
import { findingJson } from '../finding-json';
import { gravest, type Remediation } from '../plan/remediation';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { whatHappened, whenWhere, why } from './describe-denial';
import { fixLines, ownerText, stepText } from './describe-fix';
import { digestOf, incidentJson, incidentLines, isOtherThan, sinceText } from './describe-incident';
import { outcomeJson, retryAfterRoles, roleLines, stepAfterRoles, undoCommands, wasNoCause } from './describe-roles';
import type { IncidentFacts } from './incident-facts';
import { type Line, laidOut } from './layout';
import { subjectLine } from './subject-line';

/** What a notice about Trailmend's own health tells, for programs. */
type HealthJson = {
  readonly state: 'failed' | 'well' | 'tampered' | 'created';
  /** Id of the check; `roles` when the role was created, `tampered` for a change by hand. */
  readonly check: string;
  readonly rows: readonly object[];
  /** How many rows there was no room for. */
  readonly more: number;
};

/** Version of the JSON form of a notice; its schema is `schemas/notice-1.schema.json`. */
export const NOTICE_SCHEMA = 'trailmend.notice/1';

/** One message to administrators. */
export type Notice = {
  /** Under 100 characters, without line breaks or control characters. */
  readonly subject: string;
  /** For people: plain text of 72 columns. */
  readonly text: string;
  readonly nextStep: string;
  /** For programs: the same by {@link NOTICE_SCHEMA}. */
  readonly json: ReturnType<typeof findingJson> & {
    readonly schema: string;
    readonly outcome: object;
    readonly kind: 'notice' | 'storm' | 'digest' | 'daily' | 'health';
    readonly incident: object | null;
    readonly incidents?: readonly object[];
    readonly incidentCount?: number;
    readonly part?: object | null;
    readonly until?: string | null;
    /** What a notice about Trailmend's own health tells. */
    readonly health?: HealthJson;
  };
  /** For filter policies of subscriptions; each is text, never empty. */
  readonly attributes: Readonly<Record<'case' | 'plan' | 'account' | 'region' | 'severity', string>> & {
    /** Only in notices about Trailmend's own health. */
    readonly kind?: 'health';
  };
};

/** What a notice is about. */
export type NoticeSubject = {
  readonly finding: Finding & { readonly denial: Denial };
  /** Null when nothing was to be mended. */
  readonly remediation: Remediation | null;
  /** Name of the account concerned; null where it is not known. */
  readonly accountName: string | null;
  /** What is known of its incident; nothing offline. */
  readonly incident?: IncidentFacts | null;
};

/** A subject with what explains it. */
export type Explained = NoticeSubject & { readonly explanation: Explanation; readonly fix: Fix };

/** Renders a notice in the language of `texts`. */
export function renderNotice(subject: NoticeSubject, texts: Texts): Notice {
  const { finding, remediation, incident } = subject;
  const { denial } = finding;
  const about = explained(subject);
  const course = digestOf(incident);
  const own = remediation && wasNoCause(remediation, denial) ? 'medium' : finding.severity;
  const severity = course ? course.severity : own;
  return {
    subject: subjectLine(about, texts),
    text: `${laidOut(noticeLines(about, texts, false))}\n`,
    nextStep: nextStep(about, texts),
    json: {
      schema: NOTICE_SCHEMA,
      ...findingJson(finding, texts, about),
      severity,
      outcome: outcomeJson(remediation, denial),
      kind: incident?.news === 'ongoing' ? 'digest' : 'notice',
      incident: incident ? incidentJson(incident) : null,
    },
    attributes: {
      case: finding.case,
      plan: finding.plan.kind,
      account: shown(denial.account),
      region: shown(denial.region),
      severity,
    },
  };
}

/** What a notice is about, with what explains it. */
export function explained(subject: NoticeSubject): Explained {
  return { ...subject, ...explain(subject.finding.case, subject.finding.denial) };
}

/** The lines of a notice, one per fact. `everyForm` adds the forms of a fix that a mail has no room for. */
export function noticeLines(about: Explained, texts: Texts, everyForm: boolean): Line[] {
  const { finding, remediation, accountName, explanation, incident } = about;
  const { denial, incidentKey } = finding;
  const { labels } = texts;
  const { recordId, region } = denial;
  const course = digestOf(incident);
  // Trailmend has changed the account: that is told, muted or not.
  const isCreation = remediation !== null && gravest(remediation.roles) === 'created';
  return [
    ...(course === null
      ? line(labels.whatHappened, whatHappened(denial, texts))
      : [
          { label: labels.whatHappened, text: sinceText(course, texts) },
          { label: labels.about, text: whatHappened(denial, texts) },
        ]),
    ...line(labels.whenWhere, whenWhere(denial, accountName, texts)),
    ...line(labels.why, whyOf(about, texts)),
    ...line(labels.roles, remediation && roleLines(remediation, denial, texts)),
    ...line(labels.owner, remediation || finding.own ? null : ownerText(explanation, about.fix, texts)),
    ...line(labels.nextStep, nextStep(about, texts)),
    ...line(labels.retry, remediation && retryAfterRoles(remediation, denial)),
    ...line(labels.undo, remediation && undoCommands(remediation)),
    ...(remediation || finding.own ? [] : offeredFix(about, texts, everyForm)),
    ...notesOf(about, texts).map((text) => ({ label: labels.note, text })),
    ...incidentLines(shown(incidentKey), incident ?? null, !isCreation, texts),
    ...line(
      labels.more,
      region !== null && /^[\w-]+$/.test(recordId ?? '') ? texts.more(shown(recordId), region) : null,
    ),
    ...line(labels.case, texts.case(finding.case, texts.guide + finding.docs)),
  ];
}

function whyOf({ finding, remediation, explanation }: Explained, texts: Texts): string {
  const { denial } = finding;
  return remediation && wasNoCause(remediation, denial)
    ? texts.answered(texts.roleWasThere, shown(denial.errorCode))
    : why(finding.case, denial, explanation, texts);
}

function line(label: string, text: string | null): Line[] {
  return text === null ? [] : [{ label, text }];
}

function nextStep({ finding, remediation, explanation, fix, incident }: Explained, texts: Texts): string {
  if (finding.own) {
    return texts.ownRefusal;
  }
  if (isOtherThan(finding.denial, incident)) {
    return texts.incident.sameReason;
  }
  return remediation
    ? stepAfterRoles(remediation, finding.denial, texts)
    : stepText(explanation, fix, finding.denial, texts);
}

/** The fix, or, against a Deny, why there is none; nothing for a digest of other actions. */
function offeredFix({ fix, finding, explanation, incident }: Explained, texts: Texts, everyForm: boolean): Line[] {
  if (isOtherThan(finding.denial, incident)) {
    return [];
  }
  const lines = fixLines(fix, finding.denial, texts, everyForm);
  const cannot = lines.length === 0 && explanation.effect === 'explicit-deny';
  return cannot ? [{ label: texts.labels.fix, text: texts.fix.none }] : lines;
}

function notesOf({ finding, remediation, explanation, fix }: Explained, { notes }: Texts): string[] {
  const { denial } = finding;
  const beyond = remediation === null && explanation.beyondFullAccess.length > 0 && fix.allowStatement !== null;
  return [
    explanation.evidence === 'stated' ? notes.oneLayerOnly : null,
    beyond ? notes.beyondFullAccess(shown(denial.action)) : null,
    finding.case === 'integration-denied' && tieOf(denial) === 'console' ? notes.consoleOnly : null,
    denial.trusted ? null : notes.untrusted,
  ].filter((note) => note !== null);
}

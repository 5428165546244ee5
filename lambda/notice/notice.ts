import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { tieOf } from '../denial/ties';
import { type Explanation, explain } from '../explain/explain';
import type { Fix } from '../explain/fix';
import { findingJson } from '../finding-json';
import { appearedSince, gravest, type Remediation } from '../plan/remediation';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { refusedName, whatHappened, whenWhere, why } from './describe-denial';
import { fixLines, ownerText, stepText } from './describe-fix';
import { retryAfterRoles, roleLines, stepAfterRoles, undoCommands } from './describe-roles';
import { type Line, laidOut } from './layout';

/** Version of the JSON form of a notice; its schema is `schemas/notice-1.schema.json`. */
const NOTICE_SCHEMA = 'trailmend.notice/1';

/** One message to administrators. */
export type Notice = {
  /** Under 100 characters, without line breaks or control characters. */
  readonly subject: string;
  /** For people: plain text of 72 columns. */
  readonly text: string;
  readonly nextStep: string;
  /** For programs: the same by {@link NOTICE_SCHEMA}. */
  readonly json: ReturnType<typeof findingJson> & { readonly schema: string; readonly outcome: object };
  /** For filter policies of subscriptions; each is text, never empty. */
  readonly attributes: Readonly<Record<'case' | 'plan' | 'account' | 'region' | 'severity', string>>;
};

/** What a notice is about. */
export type NoticeSubject = {
  readonly finding: Finding & { readonly denial: Denial };
  /** Null when nothing was to be mended. */
  readonly remediation: Remediation | null;
  /** Name of the account concerned; null where it is not known. */
  readonly accountName: string | null;
};

type Explained = NoticeSubject & { readonly explanation: Explanation; readonly fix: Fix };

/** Renders a notice in the language of `texts`. */
export function renderNotice(subject: NoticeSubject, texts: Texts): Notice {
  const { finding, remediation } = subject;
  const { denial } = finding;
  const about = explained(subject);
  const severity = remediation && wasNoCause(remediation, denial) ? 'medium' : finding.severity;
  return {
    subject: fitted(`Trailmend: ${subjectOf(about, texts)}`),
    text: `${laidOut(noticeLines(about, texts, false))}\n`,
    nextStep: nextStep(about, texts),
    json: {
      schema: NOTICE_SCHEMA,
      ...findingJson(finding, texts),
      severity,
      outcome: outcomeJson(subject),
    } as Notice['json'],
    attributes: {
      case: finding.case,
      plan: finding.plan.kind,
      account: shown(denial.account),
      region: shown(denial.region),
      severity,
    },
  };
}

/** Whether every role was there all along, so that none of them was the cause. */
function wasNoCause({ roles }: Remediation, { time }: Denial): boolean {
  return gravest(roles) === 'already-present' && !roles.some((role) => appearedSince(role, time));
}

/** SNS takes subjects of less than 100 characters. */
function fitted(subject: string): string {
  const characters = Array.from(subject);
  return characters.length < 100 ? subject : `${characters.slice(0, 96).join('')}...`;
}

function subjectOf({ finding, remediation, accountName, explanation }: Explained, texts: Texts): string {
  const { denial } = finding;
  const { subjects } = texts;
  const account = texts.account(shown(denial.account), accountName && shown(accountName));
  if (finding.own) {
    return subjects.ownRefusal(shown(denial.action));
  }
  if (remediation) {
    const kind = gravest(remediation.roles);
    const names = remediation.roles.filter((outcome) => outcome.kind === kind).map(({ role }) => role.name);
    const since = kind === 'already-present' && !wasNoCause(remediation, denial);
    return since ? subjects.rolesSince(names.join(', '), account) : subjects.roles(kind, names.join(', '), account);
  }
  const { effect, layer } = explanation;
  return effect === 'explicit-deny' && layer !== 'unknown'
    ? subjects.denied(refusedName(denial), texts.layers[layer], account)
    : subjects[finding.case](refusedName(denial), account);
}

/** What a notice is about, with what explains it. */
export function explained(subject: NoticeSubject): Explained {
  return { ...subject, ...explain(subject.finding.case, subject.finding.denial) };
}

/** The lines of a notice, one per fact. `everyForm` adds the forms of a fix that a mail has no room for. */
export function noticeLines(about: Explained, texts: Texts, everyForm: boolean): Line[] {
  const { finding, remediation, accountName, explanation } = about;
  const { denial, incidentKey } = finding;
  const { labels } = texts;
  const { eventId, region } = denial;
  return [
    ...line(labels.whatHappened, whatHappened(denial, texts)),
    ...line(labels.whenWhere, whenWhere(denial, accountName, texts)),
    ...line(labels.why, why(finding.case, denial, explanation, texts)),
    ...line(labels.roles, remediation && roleLines(remediation, denial, texts)),
    ...line(labels.owner, remediation || finding.own ? null : ownerText(explanation, about.fix, texts)),
    ...line(labels.nextStep, nextStep(about, texts)),
    ...line(labels.retry, remediation && retryAfterRoles(remediation, denial)),
    ...line(labels.undo, remediation && undoCommands(remediation)),
    ...(remediation || finding.own ? [] : offeredFix(about, texts, everyForm)),
    ...notesOf(about, texts).map((text) => ({ label: labels.note, text })),
    ...line(labels.incident, shown(incidentKey)),
    ...line(labels.more, region !== null && /^[\w-]+$/.test(eventId ?? '') ? texts.more(shown(eventId), region) : null),
    ...line(labels.case, texts.case(finding.case, texts.guide + finding.docs)),
  ];
}

function line(label: string, text: string | null): Line[] {
  return text === null ? [] : [{ label, text }];
}

function nextStep({ finding, remediation, explanation, fix }: Explained, texts: Texts): string {
  if (finding.own) {
    return texts.ownRefusal;
  }
  return remediation
    ? stepAfterRoles(remediation, finding.denial, texts)
    : stepText(explanation, fix, finding.denial, texts);
}

/** The fix, or, against a Deny, why there is none. */
function offeredFix({ fix, finding, explanation }: Explained, texts: Texts, everyForm: boolean): Line[] {
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

function outcomeJson({ remediation, finding }: NoticeSubject): object {
  if (!remediation) {
    return { kind: 'notified', roles: [], retryCommand: null, undoCommand: null, delegatedAdministrators: null };
  }
  return {
    kind: gravest(remediation.roles),
    roles: remediation.roles.map(({ role, kind, ...rest }) => ({
      name: role.name,
      service: role.service,
      outcome: kind,
      error: 'error' in rest ? { name: rest.error.name, message: rest.error.message } : null,
    })),
    retryCommand: retryAfterRoles(remediation, finding.denial),
    undoCommand: undoCommands(remediation),
    delegatedAdministrators: remediation.standing.delegatedAdministrators,
  };
}

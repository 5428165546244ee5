import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { findingJson } from '../finding-json';
import { gravest, type Remediation } from '../plan/remediation';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { refusedName, whatHappened, whenWhere, why } from './describe-denial';
import { retryAfterRoles, roleLines, stepAfterRoles, undoCommands } from './describe-roles';
import { type Line, laidOut } from './layout';

/** Version of the JSON form of a notice; its schema is `schemas/notice-1.schema.json`. */
export const NOTICE_SCHEMA = 'trailmend.notice/1';

/** One message to administrators. */
export type Notice = {
  /** Under 100 characters, without line breaks or control characters. */
  readonly subject: string;
  /** For people: plain text of 72 columns. */
  readonly text: string;
  /** For programs: the same by {@link NOTICE_SCHEMA}. */
  readonly json: object;
  /** For filter policies of subscriptions; each is text, never empty. */
  readonly attributes: Readonly<Record<'case' | 'plan' | 'account' | 'region' | 'severity', string>>;
};

/** What a notice is about. `remediation` is null when nothing was to be mended. */
export type NoticeSubject = {
  readonly finding: Finding & { readonly denial: Denial };
  readonly remediation: Remediation | null;
};

/** Renders a notice in the language of `texts`. */
export function renderNotice(about: NoticeSubject, texts: Texts): Notice {
  const { finding, remediation } = about;
  const severity = remediation && gravest(remediation.roles) === 'already-present' ? 'medium' : finding.severity;
  const { account, region } = finding.denial;
  return {
    subject: fitted(`Trailmend: ${subjectOf(about, texts)}`),
    text: `${laidOut(linesOf(about, texts))}\n`,
    json: { schema: NOTICE_SCHEMA, ...findingJson(finding, texts.guide), severity, outcome: outcomeJson(about) },
    attributes: {
      case: finding.case,
      plan: finding.plan.kind,
      account: shown(account),
      region: shown(region),
      severity,
    },
  };
}

/** SNS takes subjects of less than 100 characters. */
function fitted(subject: string): string {
  const characters = Array.from(subject);
  return characters.length < 100 ? subject : `${characters.slice(0, 98).join('')}…`;
}

function subjectOf({ finding, remediation }: NoticeSubject, { subjects, layers }: Texts): string {
  const { denial } = finding;
  const account = shown(denial.account);
  if (finding.own) {
    return subjects.ownRefusal(shown(denial.action));
  }
  if (remediation) {
    const kind = gravest(remediation.roles);
    const names = remediation.roles.filter((outcome) => outcome.kind === kind).map(({ role }) => role.name);
    return subjects.roles(kind, names.join(', '), account);
  }
  const layer = denial.reason.layer === 'unknown' ? null : layers[denial.reason.layer];
  return subjects[finding.case](refusedName(denial), account, layer);
}

function linesOf(about: NoticeSubject, texts: Texts): Line[] {
  const { finding, remediation } = about;
  const { denial, incidentKey } = finding;
  const { labels } = texts;
  const lines: (Line | null)[] = [
    { label: labels.whatHappened, text: whatHappened(denial, texts) },
    { label: labels.whenWhere, text: whenWhere(denial, texts) },
    { label: labels.why, text: why(finding.case, denial, texts) },
    remediation && { label: labels.roles, text: roleLines(remediation, denial, texts) },
    { label: labels.nextStep, text: nextStep(about, texts) },
    optional(labels.retry, remediation && retryAfterRoles(remediation, denial)),
    optional(labels.undo, remediation && undoCommands(remediation)),
    optional(labels.note, denial.reason.layer === 'unknown' ? null : texts.oneLayerOnly),
    optional(labels.note, denial.trusted ? null : texts.untrusted),
    { label: labels.incident, text: shown(incidentKey) },
    optional(labels.event, denial.eventId === null ? null : shown(denial.eventId)),
    { label: labels.case, text: texts.case(finding.case, texts.guide + finding.docs) },
  ];
  return lines.filter((line) => line !== null);
}

function optional(label: string, text: string | null): Line | null {
  return text === null ? null : { label, text };
}

function nextStep({ finding, remediation }: NoticeSubject, texts: Texts): string {
  if (finding.own) {
    return texts.ownRefusal;
  }
  return remediation ? stepAfterRoles(remediation, finding.denial, texts) : texts.nextSteps[finding.case];
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

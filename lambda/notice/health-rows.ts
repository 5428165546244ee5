import type { Place } from '../health/check';
import type { KeptVerdict } from '../health/follow-verdicts';
import type { HealthIncident } from '../health/health-items';
import type { HealthNews } from '../health/health-news';
import type { Tampering } from '../health/trigger';
import { minuteOf, sawInWords } from '../texts/health-texts';
import type { HealthWords } from '../texts/health-words';
import { shown } from '../texts/untrusted';

/** One subject of a notice about health. */
export type HealthRow = {
  /** As it stands in a headline; empty where there is only one. */
  readonly subject: string;
  readonly text: string;
  /** What to run, and where; null where there is nothing to run. */
  readonly mend: { readonly place: Place; readonly commands: readonly string[] } | null;
  /** Error code and message of what Trailmend tried itself. */
  readonly error: readonly [name: string, message: string] | null;
  /** For programs: texts are as AWS and callers wrote them. */
  readonly json: object;
};

/** The rows of a notice, longest unwell first. */
export function rowsOf(news: HealthNews, words: HealthWords): HealthRow[] {
  if (news.kind === 'created') {
    return [];
  }
  const rowOf = { failed: failedRow, well: wellRow, tampered: tamperedRow }[news.kind];
  return [...news.incidents]
    .sort((one, other) => one.openedAt - other.openedAt)
    .map((incident) => rowOf(incident, words));
}

function failedRow(incident: HealthIncident, words: HealthWords): HealthRow {
  const verdict = JSON.parse(incident.verdict) as KeptVerdict;
  const subject = incident.subject === '' ? '' : shown(incident.subject);
  const { place, mend, error } = verdict;
  return {
    subject,
    text: `${subject === '' ? '' : `${subject}: `}${sawInWords(verdict, words.health)}`,
    mend: mend.length === 0 ? null : { place, commands: mend },
    error: error && [shown(error.name), shown(error.message)],
    json: { ...commonJson(incident), ...verdict },
  };
}

function wellRow(incident: HealthIncident, { notice }: HealthWords): HealthRow {
  const subject = incident.subject === '' ? '' : shown(incident.subject);
  const lasted = notice.lasted(minuteOf(incident.openedAt), minuteOf(incident.closedAt ?? incident.openedAt));
  const text = `${subject === '' ? '' : `${subject}: `}${lasted}`;
  return { subject, text, mend: null, error: null, json: { ...commonJson(incident), ...JSON.parse(incident.verdict) } };
}

function tamperedRow(incident: HealthIncident, { notice }: HealthWords): HealthRow {
  const change = JSON.parse(incident.verdict) as Tampering;
  const { time, principal, session, action, resource, from, region } = change;
  const facts = {
    time: shown(time),
    principal: shown(principal),
    session: session === null ? null : shown(session),
    action: shown(action),
    resource: shown(resource),
    from: shown(from),
    region: shown(region),
  };
  return {
    subject: facts.action,
    text: notice.change(facts),
    mend: null,
    error: null,
    json: { ...commonJson(incident), change },
  };
}

function commonJson({ check, subject, openedAt, closedAt }: HealthIncident) {
  const closed = closedAt === null ? null : new Date(closedAt).toISOString();
  return { check, subject, openedAt: new Date(openedAt).toISOString(), closedAt: closed };
}

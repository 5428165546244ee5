import { explain } from '../lambda/explain/explain';
import { why } from '../lambda/notice/describe-denial';
import { minuteOf } from '../lambda/notice/describe-incident';
import { en } from '../lambda/texts/en';
import { shown } from '../lambda/texts/untrusted';
import type { ReviewIncident } from '../review/review-data';
import type { Cell } from './grid';
import { styled } from './style';

/** Headings of {@link incidentRow}. */
export const INCIDENT_HEADS = [
  'INCIDENT',
  'SEVERITY',
  'STATE',
  'COUNT',
  'LAST SEEN',
  'CASE',
  'ACCOUNT',
  'PRINCIPAL',
  'WHAT',
];

/** Most actions that one line names. */
const NAMED = 3;

/** How urgent something is, by colour. */
export const SEVERITY_STYLES = { high: 'red', medium: 'yellow', low: 'dim' } as const;

/** An incident in a list. */
export function incidentRow(incident: ReviewIncident, now: number, colours: boolean): Cell[] {
  const { key, severity, lastSeen, accounts, principals } = incident;
  return [
    { text: shown(key), paint: styled('bold', colours) },
    { text: severity, paint: styled(SEVERITY_STYLES[severity], colours) },
    { text: stateOf(incident, now) },
    { text: timesOf(incident) },
    { text: minuteOf(lastSeen) },
    { text: incident.case },
    { text: firstOf(accounts) },
    { text: firstOf(principals.map(nameIn)) },
    { text: whatOf(incident) },
  ];
}

/** The state, and whether it is muted. */
export function stateOf({ state, mute }: ReviewIncident, now: number): string {
  return mute !== null && mute.until > now ? `${state}, muted` : state;
}

/** How often it came: `12×`, or `≥12×` when that is a lower bound. */
function timesOf({ count, exact }: ReviewIncident): string {
  return `${exact ? '' : '≥'}${count}×`;
}

/** The end of an ARN, by which people know a user or a role. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The first name, and how many there are besides. */
export function firstOf(names: readonly string[]): string {
  const [first = null, ...others] = names;
  return `${shown(first)}${others.length === 0 ? '' : ` +${others.length}`}`;
}

/** What was refused, and why. */
export function whatOf({ actions, finding }: Pick<ReviewIncident, 'actions' | 'finding'>): string {
  const names = actions.slice(0, NAMED).map((action) => shown(action.slice(action.indexOf(':') + 1)));
  const more = actions.length > NAMED ? ` +${actions.length - NAMED}` : '';
  const what = `${names.join(', ') || '-'}${more}`;
  if (finding === null) {
    return what;
  }
  const { explanation } = explain(finding.case, finding.denial);
  return `${what}: ${shown(why(finding.case, finding.denial, explanation, en))}`;
}

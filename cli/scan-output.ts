import { findingJson } from '../lambda/finding-json';
import { minuteOf } from '../lambda/notice/describe-incident';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { shown } from '../lambda/texts/untrusted';
import { counted, numbered } from '../scan/counted';
import type { Counts } from '../scan/history';
import type { ScannedIncident } from '../scan/scanned-incident';
import type { Reading } from '../scan/source';
import { type Cell, grid } from './grid';
import { firstOf, nameIn, SEVERITY_STYLES, whatOf } from './incident-rows';
import type { Io } from './io';
import { jsonLine } from './json-line';
import { styled } from './style';

/** What Trailmend would have done about an incident, by its default settings. */
type WouldDo = 'create-role' | 'tell-at-once' | 'tell-gathered' | 'tell-daily' | 'record';

/** How people read it. */
const WOULD: Readonly<Record<WouldDo, string>> = {
  'create-role': 'create role',
  'tell-at-once': 'tell at once',
  'tell-gathered': 'tell in 1 min',
  'tell-daily': 'tell daily',
  record: 'record only',
};

const HEADS = [
  'INCIDENT',
  'SEVERITY',
  'WOULD',
  'COUNT',
  'FIRST SEEN',
  'LAST SEEN',
  'CASE',
  'ACCOUNT',
  'PRINCIPAL',
  'WHAT',
];

/** Problems that are named; the others are only counted. */
const NAMED = 20;

/** The incidents as lines of JSON. */
export function incidentLines(incidents: readonly ScannedIncident[], locale: Locale): string[] {
  return incidents.map((incident) => {
    const { finding, severity, count, firstSeen, lastSeen, actions, resources, principals, accounts } = incident;
    const lists = { actions, resources, principals, accounts };
    const would = wouldDo(incident);
    return jsonLine({
      ...findingJson(finding, LANGUAGES[locale]),
      severity,
      count,
      firstSeen,
      lastSeen,
      would,
      ...lists,
    });
  });
}

/** The incidents as a table; says so when there are none. */
export function incidentTable(incidents: readonly ScannedIncident[], { colours, columns }: Io): string {
  const rows = incidents.map((incident) => rowOf(incident, colours));
  return rows.length === 0 ? 'No incidents.\n' : grid(rows, { heads: HEADS, width: columns, hasHeads: true });
}

/** What was read and what it came to, in a few sentences. */
export function summaryText(
  { ignored, malformed }: Counts,
  incidents: readonly ScannedIncident[],
  { read, problems, isInterrupted, remarks }: Reading,
): string {
  const calls = incidents.reduce((sum, { count }) => sum + count, 0);
  return [
    `Read ${read}: ${counted(incidents.length, 'incident')} of ${counted(calls, 'refused call')}.`,
    ...(ignored === 0
      ? []
      : [`Of ${counted(ignored, 'more refused call')} about CloudTrail nobody would be told: see --ignored.`]),
    ...(malformed === 0
      ? []
      : [`${counted(malformed, 'refused call')} cannot be judged: the record does not say whose it is.`]),
    ...(problems.length === 0 ? [] : [`${numbered(problems.length)} could not be read, or not whole.`]),
    ...(isInterrupted ? ['Ended before everything was read.'] : []),
    ...remarks,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** What could not be read. */
export function problemText({ problems }: Reading): string {
  const lines = problems.slice(0, NAMED).map(({ where, what }) => `trailmend: ${shown(where)}: ${shown(what)}\n`);
  const left = problems.length - NAMED;
  return [...lines, ...(left > 0 ? [`trailmend: and ${numbered(left)} more that could not be read\n`] : [])].join('');
}

/** High severity is told at once, medium gathers first, low waits for the daily digest: design of notices, by default. */
function wouldDo({ severity, finding }: ScannedIncident): WouldDo {
  if (finding.plan.kind !== 'notify') {
    return finding.plan.kind === 'ignore' ? 'record' : 'create-role';
  }
  return severity === 'high' ? 'tell-at-once' : severity === 'medium' ? 'tell-gathered' : 'tell-daily';
}

function rowOf(incident: ScannedIncident, colours: boolean): Cell[] {
  const { key, severity, count, firstSeen, lastSeen, accounts, principals } = incident;
  return [
    { text: shown(key), paint: styled('bold', colours) },
    { text: severity, paint: styled(SEVERITY_STYLES[severity], colours) },
    { text: WOULD[wouldDo(incident)] },
    { text: `${numbered(count)}×` },
    { text: minuteOf(firstSeen) },
    { text: minuteOf(lastSeen) },
    { text: incident.case },
    { text: firstOf(accounts) },
    { text: firstOf(principals.map(nameIn)) },
    { text: whatOf(incident) },
  ];
}

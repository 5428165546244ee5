import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify, type Finding } from '../lambda/classify';
import { parseEvent } from '../lambda/denial/parse-event';
import { type NoticeSubject, renderNotice } from '../lambda/notice/notice';
import { LANGUAGES } from '../lambda/texts/languages';
import { incidentCosts } from './incidents';

/** Events in one round, and rounds; the best round counts, since others share the machine. */
const EVENTS = 50_000;
const ROUNDS = 5;

/** Notices rendered in one round; they are slower than plans, and rarer. */
const RENDERED = 5_000;

const ORGANIZATION = { managementAccount: '111122223333', responderRole: 'arn:aws:iam::111122223333:role/Responder' };

/** Denials of CloudTrail among the fixtures, each with ids of its own, as JSON texts. */
function denials(): string[] {
  const root = join(__dirname, '../test/fixtures');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('takes--'));
  const events = files.map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')).event);
  const refused = events.filter((event) => parseEvent(event).kind === 'denial');
  return Array.from({ length: EVENTS }, (_, at) => {
    const event = refused[at % refused.length];
    return JSON.stringify({ ...event, detail: { ...event.detail, eventID: `event-${at}` } });
  });
}

function withDenial({ denial, ...finding }: Finding): NoticeSubject[] {
  return denial === null ? [] : [{ finding: { ...finding, denial }, remediation: null, accountName: 'Payments' }];
}

function rate(count: number, work: () => void): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    work();
    return (performance.now() - began) / 1000;
  });
  return Math.round(count / Math.min(...seconds));
}

const texts = denials();
const events = texts.map((text) => JSON.parse(text));
const findings = events.map((event) => classify(parseEvent(event), ORGANIZATION)).flatMap(withDenial);
const rows = {
  'JSON.parse alone': rate(EVENTS, () => texts.map((text) => JSON.parse(text))),
  'denial to plan': rate(EVENTS, () => events.map((event) => classify(parseEvent(event), ORGANIZATION))),
  'notice in English': rate(RENDERED, () =>
    findings.slice(0, RENDERED).map((about) => renderNotice(about, LANGUAGES.en)),
  ),
  'notice in Japanese': rate(RENDERED, () =>
    findings.slice(0, RENDERED).map((about) => renderNotice(about, LANGUAGES.ja)),
  ),
};
for (const [what, perSecond] of Object.entries(rows)) {
  console.log(`${what.padEnd(28)} ${perSecond.toLocaleString('en').padStart(10)} a second on one core`);
}

incidentCosts().then((costs) => {
  const show = (what: string, value: number, unit: string) =>
    console.log(`${what.padEnd(28)} ${value.toLocaleString('en').padStart(10)} ${unit}`);
  show('handler and local database', costs.eventsPerSecond, 'events a second, AWS and handler in one process');
  show('new incident', costs.callsPerNewIncident, 'AWS calls');
  show('further event of an incident', costs.callsPerFurtherEvent, 'AWS calls, at most 3 allowed');
  show('duplicate delivery', costs.callsPerDuplicate, 'AWS calls, 1 allowed');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify, type Finding } from '../lambda/classify';
import { parseEvent } from '../lambda/denial/parse-event';
import { type NoticeSubject, renderNotice } from '../lambda/notice/notice';
import { LANGUAGES } from '../lambda/texts/languages';
import type { Row, Section } from './section';

/** Events in one round, and rounds; the best round counts, since others share the machine. */
const EVENTS = 50_000;
const ROUNDS = 5;

/** Notices rendered in one round; they are slower than plans, and rarer. */
const RENDERED = 5_000;

const ORGANIZATION = { managementAccount: '111122223333', responderRole: 'arn:aws:iam::111122223333:role/Responder' };

/** What a denial costs without AWS, on one core. */
export const core: Section = { name: 'core', run: async () => coreRates() };

function coreRates(): Row[] {
  const texts = denials();
  const events = texts.map((text) => JSON.parse(text));
  const subjects = events.flatMap((event) => withDenial(planOf(event))).slice(0, RENDERED);
  const unit = 'a second';
  const works = [
    { what: 'JSON.parse of a denial', count: EVENTS, work: () => texts.map((text) => JSON.parse(text)) },
    { what: 'denial to plan', count: EVENTS, work: () => events.map(planOf), aim: '≥ 100,000' },
    { what: 'notice in English', count: RENDERED, work: () => subjects.map((of) => renderNotice(of, LANGUAGES.en)) },
    { what: 'notice in Japanese', count: RENDERED, work: () => subjects.map((of) => renderNotice(of, LANGUAGES.ja)) },
  ];
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, { work }] of works.entries()) best[at] = Math.min(best[at] ?? 0, secondsOf(work));
  }
  return works.map(({ what, count, aim }, at) => ({ what, value: Math.round(count / (best[at] ?? 0)), unit, aim }));
}

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

function planOf(event: unknown): Finding {
  return classify(parseEvent(event), ORGANIZATION);
}

function withDenial({ denial, ...finding }: Finding): NoticeSubject[] {
  return denial === null ? [] : [{ finding: { ...finding, denial }, remediation: null, accountName: 'Payments' }];
}

/** Seconds of processor time that `work` takes; unlike time of day, others who want the cores do not add to it. */
function secondsOf(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

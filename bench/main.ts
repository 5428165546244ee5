import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../lambda/classify';
import { parseEvent } from '../lambda/denial/parse-event';

/** Events in one round, and rounds; the best round counts, since others share the machine. */
const EVENTS = 50_000;
const ROUNDS = 5;

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

function eventsPerSecond(work: () => void): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    work();
    return (performance.now() - began) / 1000;
  });
  return Math.round(EVENTS / Math.min(...seconds));
}

const texts = denials();
const events = texts.map((text) => JSON.parse(text));
const rows = {
  'JSON.parse alone': eventsPerSecond(() => texts.map((text) => JSON.parse(text))),
  'denial to plan': eventsPerSecond(() => events.map((event) => classify(parseEvent(event), ORGANIZATION))),
};
for (const [what, rate] of Object.entries(rows)) {
  console.log(`${what.padEnd(20)} ${rate.toLocaleString('en').padStart(10)} events/s on one core`);
}

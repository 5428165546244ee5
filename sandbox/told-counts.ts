import type { Item } from './dynamodb/attribute-value';
import type { Journal } from './journal';

const INCIDENT = 'incident#';
const EVENT = 'event#';

/** An event that arrives so long after its call may wait for the next notice of its incident, however far that is. */
const LATE = 15 * 60_000;

/** The events that the table holds of an incident: when each arrived, by its id, and how many of them came late. */
type Held = { readonly arrivals: Map<string, number>; late: number };

/**
 * What notices have told of an incident. An event that a notice of its own told after a notice told its number (a role that
 * was created for it in the end) was most likely in that number; whether it was, only Trailmend knows.
 */
type Told = { readonly ofTheirOwn: Set<string>; readonly again: Set<string>; counted: number; countedAt: number };

/**
 * Compares how many events the table holds of each incident with how many the notices have told, one sentence for each
 * difference. A notice that was sent twice counts once, and a storm's notice not at all: its digest tells the same again.
 */
export function countDifferences(journal: Journal, items: readonly Item[]): string[] {
  const held = heldIn(items);
  const told = toldBy(journal, held);
  return [...new Set([...held.keys(), ...told.keys()])].flatMap((key) => {
    const { arrivals, late } = held.get(key) ?? nothingHeld();
    const { ofTheirOwn, again, counted } = told.get(key) ?? nothingTold();
    const events = arrivals.size;
    const sum = ofTheirOwn.size + counted;
    const isTold = sum <= events && sum + again.size >= events - late;
    return isTold ? [] : [`incident ${key} holds ${events} events, notices told ${sum}`];
  });
}

function heldIn(items: readonly Item[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { pk, sk, recordedAt, time } of items) {
    if (!String(pk).startsWith(INCIDENT) || !String(sk).startsWith(EVENT)) continue;
    const incident = entryOf(held, String(pk).slice(INCIDENT.length), nothingHeld);
    incident.arrivals.set(String(sk).slice(EVENT.length), Number(recordedAt));
    if (Number(recordedAt) - Date.parse(String(time)) > LATE) incident.late += 1;
  }
  return held;
}

function toldBy(journal: Journal, held: ReadonlyMap<string, Held>): Map<string, Told> {
  const told = new Map<string, Told>();
  const count = (key: string, events: unknown, at: number) => {
    const incident = entryOf(told, key, nothingTold);
    incident.counted += Number(events);
    incident.countedAt = at;
  };
  const tell = (key: string, event: string) => {
    const { ofTheirOwn, again, countedAt } = entryOf(told, key, nothingTold);
    const arrived = held.get(key)?.arrivals.get(event) ?? Number.POSITIVE_INFINITY;
    if (!ofTheirOwn.has(event)) (arrived <= countedAt ? again : ofTheirOwn).add(event);
  };
  for (const [text, at] of sentOnce(journal)) {
    const { kind, incidentKey, incident, incidents, denial } = Object(JSON.parse(text));
    if (incident?.count === null) tell(incidentKey, denial?.eventId);
    else if (incident) count(incidentKey, incident.count, at);
    else if (kind !== 'storm') for (const row of incidents ?? []) count(row.incidentKey, row.count, at);
  }
  return told;
}

/** Every notice once, as JSON, with the time when it first came. */
function sentOnce(journal: Journal): Map<string, number> {
  const sent = new Map<string, number>();
  for (const { notice, at } of journal.of('notice')) {
    const text = JSON.stringify(notice.json);
    sent.set(text, sent.get(text) ?? at);
  }
  return sent;
}

function nothingHeld(): Held {
  return { arrivals: new Map(), late: 0 };
}

function nothingTold(): Told {
  return { ofTheirOwn: new Set(), again: new Set(), counted: 0, countedAt: Number.NEGATIVE_INFINITY };
}

function entryOf<Value>(map: Map<string, Value>, key: string, otherwise: () => Value): Value {
  const value = map.get(key) ?? otherwise();
  map.set(key, value);
  return value;
}

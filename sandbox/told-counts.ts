import type { Item } from './dynamodb/attribute-value';
import type { Journal } from './journal';

const INCIDENT = 'incident#';

/** An event that arrives so long after its call may wait for the next notice of its incident, however far that is. */
const LATE = 15 * 60_000;

/** How many events the table holds of an incident, and how many of them came late. */
type Held = { events: number; late: number };

/** What notices have told of an incident: events one by one, and events in numbers. */
type Told = { readonly events: Set<string>; counted: number };

/**
 * Compares how many events the table holds of each incident with how many the notices have told, one sentence for each
 * difference. A notice that was sent twice counts once, and a storm's notice not at all: its digest tells the same again.
 */
export function countDifferences(journal: Journal, items: readonly Item[]): string[] {
  const [held, told] = [heldIn(items), toldBy(journal)];
  return [...new Set([...held.keys(), ...told.keys()])].flatMap((key) => {
    const { events, late } = held.get(key) ?? { events: 0, late: 0 };
    const { events: one, counted } = told.get(key) ?? { events: new Set(), counted: 0 };
    const sum = one.size + counted;
    return sum <= events && sum >= events - late ? [] : [`incident ${key} holds ${events} events, notices told ${sum}`];
  });
}

function heldIn(items: readonly Item[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { pk, sk, recordedAt, time } of items) {
    if (!String(pk).startsWith(INCIDENT) || !String(sk).startsWith('event#')) continue;
    const incident = entryOf(held, String(pk).slice(INCIDENT.length), () => ({ events: 0, late: 0 }));
    incident.events += 1;
    if (Number(recordedAt) - Date.parse(String(time)) > LATE) incident.late += 1;
  }
  return held;
}

function toldBy(journal: Journal): Map<string, Told> {
  const told = new Map<string, Told>();
  const of = (key: string) => entryOf(told, key, () => ({ events: new Set(), counted: 0 }));
  for (const text of new Set(journal.of('notice').map(({ notice }) => JSON.stringify(notice.json)))) {
    const { kind, incidentKey, incident, incidents, denial } = Object(JSON.parse(text));
    if (incident?.count === null) of(incidentKey).events.add(denial?.eventId);
    else if (incident) of(incidentKey).counted += Number(incident.count);
    else if (kind !== 'storm') for (const row of incidents ?? []) of(row.incidentKey).counted += Number(row.count);
  }
  return told;
}

function entryOf<Value>(map: Map<string, Value>, key: string, otherwise: () => Value): Value {
  const value = map.get(key) ?? otherwise();
  map.set(key, value);
  return value;
}

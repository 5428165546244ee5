import type { Item } from './dynamodb/attribute-value';
import { recordIdOf } from './eventbridge/envelope';
import type { Sandbox } from './sandbox';
import { countDifferences } from './told-counts';

const EVENT = 'event#';

/** An event's item in the table: its record's id, and the incident that it counts for. */
type Counted = { readonly id: string; readonly incident: string };

/**
 * Compares the sandbox's own list of events with the items of the table, one sentence for each difference: a record that
 * is not in the table, or twice, or was never sent; two causes in one incident, or one cause in two; an incident of which
 * the notices have told more events or fewer than it has.
 */
export function differencesFrom(sandbox: Sandbox, items: readonly Item[]): string[] {
  if (sandbox.deployment.tables.size === 0) return [];
  const counted = items.flatMap(countedBy);
  const sent = sentRecords(sandbox);
  const incidentsOf = groupedBy(counted, ({ id }) => id);
  const lost = [...sent.keys()].filter((id) => !incidentsOf.has(id)).map((id) => `record ${id} is not in the table`);
  const doubled = [...incidentsOf].filter(([, each]) => each.length > 1).map(([id]) => `record ${id} counts twice`);
  const invented = [...incidentsOf.keys()].filter((id) => !sent.has(id)).map((id) => `nobody sent record ${id}`);
  return [...lost, ...doubled, ...invented, ...confused(counted, sent), ...countDifferences(sandbox.journal, items)];
}

/** Records that Trailmend must have, each with its cause where the sandbox knows it. */
function sentRecords({ journal }: Sandbox): Map<string, string | undefined> {
  const meant = journal.of('event').filter(({ isMeant }) => isMeant);
  return new Map(meant.map(({ envelope, cause }) => [recordIdOf(envelope), cause] as const));
}

function countedBy({ pk, sk }: Item): Counted[] {
  return typeof sk === 'string' && sk.startsWith(EVENT) ? [{ id: sk.slice(EVENT.length), incident: String(pk) }] : [];
}

/** Causes and incidents that are not one to one. */
function confused(counted: readonly Counted[], sent: ReadonlyMap<string, string | undefined>): string[] {
  const known = counted.flatMap(({ id, incident }) => {
    const cause = sent.get(id);
    return cause === undefined ? [] : [{ cause, incident }];
  });
  const split = [...groupedBy(known, ({ cause }) => cause)].flatMap(([cause, each]) => {
    const incidents = new Set(each.map(({ incident }) => incident));
    return incidents.size > 1 ? [`${cause} is in ${incidents.size} incidents`] : [];
  });
  const mixed = [...groupedBy(known, ({ incident }) => incident)].flatMap(([incident, each]) => {
    const causes = new Set(each.map(({ cause }) => cause));
    return causes.size > 1 ? [`${incident} mixes ${[...causes].join(', ')}`] : [];
  });
  return [...split, ...mixed];
}

function groupedBy<Each>(all: readonly Each[], keyOf: (each: Each) => string): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

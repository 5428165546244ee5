import { type Item, numberOf, textOf } from './attributes';
import { DUE_PARTITION } from './due';
import type { Incident } from './incident';
import { ITEM_SCHEMA, incidentPartition } from './item';
import type { Key } from './table';

/** Where an incident is. */
export function incidentKey(key: string): Key {
  return { pk: incidentPartition(key), sk: 'incident' };
}

/** An incident as its item. Members that are objects are kept as JSON, the others as attributes. */
export function itemOf({ key, episode, notices, mute, exact, ...plain }: Incident): Item {
  return {
    ...plain,
    ...incidentKey(key),
    schema: ITEM_SCHEMA,
    incident: key,
    exact: exact ? 1 : 0,
    episode: episode && JSON.stringify(episode),
    notices: JSON.stringify(notices),
    mute: mute && JSON.stringify(mute),
    duePartition: plain.dueAt === null ? null : DUE_PARTITION,
  };
}

/** The incident of an item that {@link itemOf} made. */
export function incidentOf(key: string, item: Item): Incident {
  const { pk, sk, schema, incident, expiresAt, duePartition, ...plain } = item;
  const json = (name: string, otherwise: string) => JSON.parse(textOf(item, name) ?? otherwise);
  const list = (name: string) => (Array.isArray(item[name]) ? item[name] : []);
  return {
    ...(plain as unknown as Incident),
    key,
    exact: item.exact === 1,
    episode: json('episode', 'null'),
    notices: json('notices', '[]'),
    mute: json('mute', 'null'),
    quietSince: numberOf(item, 'quietSince'),
    dueAt: numberOf(item, 'dueAt'),
    dueFor: textOf(item, 'dueFor') as Incident['dueFor'],
    actions: list('actions'),
    resources: list('resources'),
    principals: list('principals'),
    accounts: list('accounts'),
  };
}

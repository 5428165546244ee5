import type { AuditRecord } from '../lambda/audit/audit-record';
import { type Item, numberOf, textOf } from '../lambda/incidents/attributes';
import { EVENTS, eventSortKey, ignoredPartition, incidentPartition, seconds } from '../lambda/incidents/item';
import { LOOKUP_INDEX } from '../lambda/incidents/lookup';
import type { Table } from '../lambda/incidents/table';
import { inParallel } from './in-parallel';
import { Newest } from './newest';
import { readChain } from './read-chain';
import { readIncident, recordIn } from './read-incident';
import type { ReviewIncident } from './review-data';
import { isSelected, type Selection, selectable } from './selection';
import {
  byLastSeen,
  type Chain,
  type Found,
  isIncidentKey,
  type Listed,
  MOST_RECORDS,
  type Records,
  type Source,
} from './source';

/** Queries that run side by side. */
const AT_ONCE = 20;

const DAY = 24 * 3_600_000;

/** Longest `recordDays` that the settings allow. */
const LONGEST_KEPT = 3_650 * DAY;

/** What {@link TableSource} needs. */
export type TableAccess = {
  readonly table: Table;
  /** For people, such as `table X in eu-west-1`. */
  readonly name: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Name of an account; null when it is not known or cannot be looked up. */
  nameOf(account: string): Promise<string | null>;
  /** Is told how far a long reading is. */
  progress?(done: number, of: number): void;
};

/**
 * The record in the table of a deployment.
 *
 * A list costs one query of the index for all incidents that are kept (0.1 KB each), and one query for each incident of
 * the period, which reads its events: they are the count. An incident or event that is asked for by its key or id costs a
 * handful of queries whatever the table holds. Nothing scans, and nothing is written.
 */
export class TableSource implements Source {
  readonly name: string;
  readonly #access: TableAccess;

  constructor(access: TableAccess) {
    this.name = access.name;
    this.#access = access;
  }

  async incidents(selection: Selection, audit: number): Promise<ReviewIncident[]> {
    const keys = await this.#keysSince(selection.since);
    const { table, now } = this.#access;
    const read = await this.#each(keys, (key) => readIncident(table, key, now(), { audit }));
    return read
      .filter((one) => one !== null)
      .filter((one) => isSelected(selection, one.selectable))
      .map(({ incident }) => incident)
      .sort(byLastSeen);
  }

  async records(selection: Selection): Promise<Records> {
    const newest = new Newest<Listed>(MOST_RECORDS);
    const since = Math.max(selection.since ?? 0, this.#access.now() - LONGEST_KEPT);
    const keys = await this.#keysSince(selection.since);
    const partitions = [...keys.map(incidentPartition), ...this.#daysSince(since).map(ignoredPartition)];
    await this.#each(partitions, async (pk) => {
      for await (const records of this.#recordsOf(pk, since)) {
        for (const record of records.filter((one) => isSelected(selection, selectable(one)))) {
          newest.add(record);
        }
      }
    });
    const records = newest.list();
    return { records, left: newest.seen - records.length };
  }

  async find(id: string): Promise<Found | null> {
    if (isIncidentKey(id)) {
      const chain = await this.#chain(id);
      return chain && { event: null, chain };
    }
    for (const pk of await this.#partitionsWith(eventSortKey(id))) {
      const item = await this.#access.table.get({ pk, sk: eventSortKey(id) });
      if (item !== null && (numberOf(item, 'expiresAt') ?? 0) > seconds(this.#access.now())) {
        const key = textOf(item, 'incident');
        return { event: recordIn(item), chain: key === null ? null : await this.#chain(key) };
      }
    }
    return null;
  }

  /** Names make a page easier to read, no more: where the first few cannot be looked up, the others are not tried. */
  async accountNames(accounts: readonly string[]): Promise<Record<string, string>> {
    const names: Record<string, string> = {};
    for (let at = 0; at < accounts.length; at += AT_ONCE) {
      const some = accounts.slice(at, at + AT_ONCE);
      const found = await Promise.all(some.map((account) => this.#access.nameOf(account)));
      for (const [index, account] of some.entries()) {
        const name = found[index];
        if (name) {
          names[account] = name;
        }
      }
      if (Object.keys(names).length === 0) {
        break;
      }
    }
    return names;
  }

  /**
   * Keys of the incidents that may have had events since then. What is open may have newer events than it knows of itself,
   * so it is always one of them.
   */
  async #keysSince(since: number | null): Promise<string[]> {
    const from = since === null ? '' : new Date(since).toISOString();
    const keys: string[] = [];
    for await (const items of this.#lookUp('incident')) {
      const wanted = items.filter(
        (item) => numberOf(item, 'dueAt') !== null || (textOf(item, 'lastSeen') ?? '') >= from,
      );
      keys.push(...wanted.map((item) => (textOf(item, 'pk') ?? '').slice(incidentPartition('').length)));
    }
    return keys;
  }

  async #partitionsWith(sk: string): Promise<string[]> {
    const partitions: string[] = [];
    for await (const items of this.#lookUp(sk)) {
      partitions.push(...items.map((item) => textOf(item, 'pk') ?? ''));
    }
    return partitions;
  }

  #lookUp(sk: string): AsyncGenerator<Item[]> {
    return this.#access.table.pages({ IndexName: LOOKUP_INDEX, KeyConditionExpression: '#sk = :sk' }, { sk });
  }

  /** Days of calls that may have been recorded since then: the day before as well, since records come late. */
  #daysSince(since: number): string[] {
    const days: string[] = [];
    for (let day = this.#access.now(); day >= since - DAY; day -= DAY) {
      days.push(new Date(day).toISOString().slice(0, 10));
    }
    return days;
  }

  async *#recordsOf(pk: string, since: number): AsyncGenerator<AuditRecord[]> {
    const query = {
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :events)',
      // What was retried for long came long before it was done.
      FilterExpression: '(#recordedAt >= :since OR #doneAt >= :since) AND #expiresAt > :seconds',
      ProjectionExpression: '#audit, #failure',
      ConsistentRead: false,
    };
    const values = { pk, events: EVENTS, since, seconds: seconds(this.#access.now()) };
    for await (const items of this.#access.table.pages(query, values)) {
      yield items.map(recordIn).filter((record) => record !== null);
    }
  }

  #chain(key: string): Promise<Chain | null> {
    return readChain(this.#access.table, key, this.#access.now());
  }

  async #each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
    let done = 0;
    return inParallel(all, AT_ONCE, async (one) => {
      const result = await work(one);
      done += 1;
      this.#access.progress?.(done, all.length);
      return result;
    });
  }
}

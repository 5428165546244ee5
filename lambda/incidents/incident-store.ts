import { ARRIVALS_INDEX } from './arrivals';
import { type Item, numberOf, textOf } from './attributes';
import { DUE_INDEX, DUE_PARTITION } from './due';
import type { Incident, Tally } from './incident';
import { incidentKey, incidentOf, itemOf } from './incident-item';
import { seconds } from './item';
import type { Key, Table } from './table';
import { added, NOTHING } from './tally';

/** Most pages of 1 MB that one count reads: some 300,000 events since the last one. */
const MOST_PAGES = 150;

/** Something that is due: an incident, or a notice that was not sent or not noted everywhere. */
export type Due = Key & { readonly dueAt: number; readonly dueFor: string | null };

/** The table's items of incidents. Each change is refused when somebody else's came first. */
export class IncidentStore {
  constructor(
    private readonly table: Table,
    private readonly keepMs: number,
  ) {}

  /** The incident as it is; null when there is none, or its time is over. */
  async read(key: string, now: number): Promise<Incident | null> {
    const item = await this.table.get(incidentKey(key));
    const alive = item !== null && (numberOf(item, 'expiresAt') ?? 0) > seconds(now);
    return alive ? incidentOf(key, item) : null;
  }

  /** Writes a changed incident; false when it has changed since it was read. */
  write(incident: Incident, now: number): Promise<boolean> {
    const item = { ...itemOf(incident), expiresAt: seconds(now + this.keepMs) };
    return this.table.put(item, 'attribute_not_exists(#pk) OR #revision = :before OR #expiresAt <= :seconds', {
      before: incident.revision - 1,
      seconds: seconds(now),
    });
  }

  /**
   * Counts the events that arrived from `since` on, and what they touched.
   * @param settled arrival before which an event counts as settled
   * @param show is shown each event with its key, arrival and facts
   */
  async tally(
    key: string,
    since: number,
    settled: number,
    now: number,
    show: (event: Item) => void = () => {},
  ): Promise<Tally> {
    let tally = NOTHING;
    let pages = 0;
    const query = {
      IndexName: ARRIVALS_INDEX,
      KeyConditionExpression: '#incident = :key AND #recordedAt >= :since',
      FilterExpression: '#expiresAt > :seconds',
      ProjectionExpression: '#sk, #recordedAt, #time, #severity, #suppressed, #action, #resource, #principal, #account',
    };
    const values = { key, since, seconds: seconds(now) };
    for await (const events of this.table.pages(query, values)) {
      tally = events.reduce((sum, event) => added(sum, event, settled), tally);
      events.forEach(show);
      pages += 1;
      if (pages >= MOST_PAGES) {
        return { ...tally, complete: false };
      }
    }
    return tally;
  }

  /** Everything that is due until then, soonest first. Eventually consistent: what is read here is looked at again. */
  async dueUntil(until: number): Promise<Due[]> {
    const query = {
      IndexName: DUE_INDEX,
      KeyConditionExpression: '#duePartition = :due AND #dueAt <= :until',
    };
    const due: Due[] = [];
    for await (const items of this.table.pages(query, { due: DUE_PARTITION, until })) {
      due.push(
        ...items.map((item) => ({
          pk: textOf(item, 'pk') ?? '',
          sk: textOf(item, 'sk') ?? '',
          dueAt: numberOf(item, 'dueAt') ?? 0,
          dueFor: textOf(item, 'dueFor'),
        })),
      );
    }
    return due;
  }
}

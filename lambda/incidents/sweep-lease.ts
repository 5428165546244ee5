import { numberOf } from './attributes';
import type { SweepState } from './flood';
import { LEASE_MS } from './incident';
import { ITEM_SCHEMA } from './item';
import type { Key, Table } from './table';

const KEY: Key = { pk: 'sweep', sk: 'state' };

/** Length of a period of the cap. */
const PERIOD_MS = 3_600_000;

/** One sweep at a time: a lease that ends by itself when its holder does. */
export class SweepLease {
  constructor(private readonly table: Table) {}

  /** Takes the lease; null while another sweep holds it. `by` is the same when the call is repeated. */
  async take(by: string, now: number): Promise<SweepState | null> {
    const item = await this.table.update(KEY, {
      update: 'SET #schema = :schema, #leasedUntil = :until, #leasedBy = :by',
      condition: 'attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now OR #leasedBy = :by',
      values: { schema: ITEM_SCHEMA, until: now + LEASE_MS, by, now },
    });
    if (item === null) {
      return null;
    }
    const periodStart = numberOf(item, 'periodStart') ?? 0;
    const isOver = periodStart + PERIOD_MS <= now;
    return {
      periodStart: isOver ? now : periodStart,
      sent: isOver ? 0 : (numberOf(item, 'sent') ?? 0),
      stormUntil: numberOf(item, 'stormUntil'),
    };
  }

  /**
   * Hands the state on, and lets the lease go unless something failed: what a failed step had taken over is free when the
   * lease ends by itself, and not before. A holder that has lost the lease changes nothing.
   */
  async release({ periodStart, sent, stormUntil }: SweepState, by: string, failed: boolean): Promise<void> {
    const gone = [...(failed ? [] : ['#leasedUntil', '#leasedBy']), ...(stormUntil === null ? ['#stormUntil'] : [])];
    const set = [
      '#periodStart = :periodStart',
      '#sent = :sent',
      ...(stormUntil === null ? [] : ['#stormUntil = :stormUntil']),
    ];
    await this.table.update(KEY, {
      update: `SET ${set.join(', ')}${gone.length === 0 ? '' : ` REMOVE ${gone.join(', ')}`}`,
      condition: '#leasedBy = :by',
      values: { periodStart, sent, stormUntil, by },
    });
  }
}

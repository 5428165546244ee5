import { type Item, numberOf, textOf } from './attributes';
import { DUE_PARTITION } from './due';
import type { Mute } from './incident';
import { incidentKey } from './incident-item';
import { ITEM_SCHEMA, seconds } from './item';
import type { Table } from './table';

/** Partition of who muted what, when and why; never changed afterwards. */
const PARTITION = 'mutes';

/** How long the record of a mute is kept. */
const KEPT_MS = 365 * 24 * 3_600_000;

/** A mute as it stands in the record. */
export type MuteRecord = Mute & { readonly incident: string; readonly action: 'mute' | 'end' };

/** Mutes of incidents: each is recorded first, then takes effect. */
export class MuteStore {
  constructor(private readonly table: Table) {}

  /** Mutes an incident, over a mute that it has; false when there is no such incident. */
  async begin(incident: string, mute: Mute): Promise<boolean> {
    if (!(await this.exists(incident))) {
      return false;
    }
    await this.record({ ...mute, incident, action: 'mute' });
    const changed = await this.table.update(incidentKey(incident), {
      update: 'SET #mute = :mute, #revision = #revision + :one',
      condition: 'attribute_exists(#pk)',
      values: { mute: JSON.stringify(mute), one: 1 },
    });
    return changed !== null;
  }

  /** Ends a mute and lets the next sweep look at the incident; null when there is no such incident. */
  async end(incident: string, mute: Omit<Mute, 'until'>): Promise<'ended' | 'not-muted' | null> {
    if (!(await this.exists(incident))) {
      return null;
    }
    // By the record, which is written first: it also has a mute that never took effect.
    if (!(await this.list(mute.since)).some((held) => held.incident === incident)) {
      return 'not-muted';
    }
    await this.record({ ...mute, until: mute.since, incident, action: 'end' });
    // A quiet incident is not due, and stays so.
    const due = await this.table.update(incidentKey(incident), {
      update: 'SET #revision = #revision + :one, #dueAt = :now, #dueFor = :look, #duePartition = :due REMOVE #mute',
      condition: 'attribute_exists(#dueAt)',
      values: { one: 1, now: mute.since, look: 'look', due: DUE_PARTITION },
    });
    if (due === null) {
      await this.table.update(incidentKey(incident), {
        update: 'SET #revision = #revision + :one REMOVE #mute',
        condition: 'attribute_exists(#pk)',
        values: { one: 1 },
      });
    }
    return 'ended';
  }

  /** The mutes that hold now: of each incident the last word counts. */
  async list(now: number): Promise<MuteRecord[]> {
    const last = new Map((await this.records()).map((record) => [record.incident, record]));
    return [...last.values()].filter(({ action, until }) => action === 'mute' && until > now);
  }

  /** Who muted an incident or ended that, when and why; newest last. */
  async history(incident: string): Promise<MuteRecord[]> {
    return (await this.records()).filter((record) => record.incident === incident);
  }

  private async records(): Promise<MuteRecord[]> {
    const records: MuteRecord[] = [];
    const query = { KeyConditionExpression: '#pk = :pk' };
    for await (const items of this.table.pages(query, { pk: PARTITION })) {
      records.push(...items.map(recordOf));
    }
    return records;
  }

  private async exists(incident: string): Promise<boolean> {
    return (await this.table.get(incidentKey(incident))) !== null;
  }

  private async record({ incident, action, until, by, reason, since }: MuteRecord): Promise<void> {
    const item: Item = {
      pk: PARTITION,
      sk: `${new Date(since).toISOString()}#${incident}#${action}`,
      schema: ITEM_SCHEMA,
      incident,
      action,
      until,
      by,
      reason,
      since,
      expiresAt: seconds(since + KEPT_MS),
    };
    await this.table.put(item, 'attribute_not_exists(#pk)');
  }
}

function recordOf(item: Item): MuteRecord {
  const text = (name: string) => textOf(item, name) ?? '';
  return {
    incident: text('incident'),
    action: text('action') === 'end' ? 'end' : 'mute',
    until: numberOf(item, 'until') ?? 0,
    by: text('by'),
    reason: text('reason'),
    since: numberOf(item, 'since') ?? 0,
  };
}

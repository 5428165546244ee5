import type { Notice } from '../notice/notice';
import type { Told } from './advance';
import { type Item, numberOf, textOf } from './attributes';
import { DUE_PARTITION } from './due';
import { type AtOnce, LEASE_MS, type SentNotice } from './incident';
import { ITEM_SCHEMA, incidentPartition, seconds } from './item';
import type { Key, Table } from './table';

/** What a notice is: told at once by an event, about one incident, or about many. */
export type NoticeKind = AtOnce | 'first' | 'digest' | 'storm' | 'daily';

/** A notice on its way out. It is kept, so that whoever sends it later sends the same. */
export type Entry = {
  readonly key: Key;
  readonly kind: NoticeKind;
  readonly notice: Notice;
  /** What it tells of each incident; empty for one that an event tells at once, and for a storm's. */
  readonly tells: readonly Told[];
  /** Until when a storm notice puts everything else together. */
  readonly stormUntil: number | null;
  readonly sent: SentNotice | null;
};

/** A notice that is to be sent. */
export type Draft = Omit<Entry, 'sent'>;

/** How the sort keys of notices begin. */
const NOTICE = 'notice#';

/** Partition of the notices about many incidents. */
const MANY = 'notices';

/** Where a notice about one incident is; `at` is the start of what it is about. */
export function noticeKey(incident: string, kind: NoticeKind, at: number): Key {
  return { pk: incidentPartition(incident), sk: `${NOTICE}${kind}#${new Date(at).toISOString()}` };
}

/** Where a notice about many incidents is; `part`: its number when it is one of several. */
export function manyKey(kind: NoticeKind, at: number, part: number | null = null): Key {
  return manyKeyOf(`${kind}#${new Date(at).toISOString()}${part === null ? '' : `#${part}`}`);
}

/** Where a notice about many incidents is, by the id that its incidents know it by. */
export function manyKeyOf(id: string): Key {
  return { pk: MANY, sk: `${NOTICE}${id}` };
}

/** The table's items of notices: each is due until it was sent and noted. */
export class Outbox {
  constructor(
    private readonly table: Table,
    private readonly keepMs: number,
  ) {}

  /**
   * Puts a notice in, or takes it over, for as long as one may take to send it; false when it was sent, or somebody else
   * is at it. What is not sent by then is due, and the next sweep takes it over.
   * @param by the same when the call is repeated, another one for every delivery
   */
  async lease({ key, kind, notice, tells, stormUntil }: Draft, by: string, now: number): Promise<boolean> {
    const leasedUntil = now + LEASE_MS;
    const values: Item = {
      schema: ITEM_SCHEMA,
      expiresAt: seconds(now + this.keepMs),
      kind,
      notice: JSON.stringify(notice),
      tells: tells.length === 0 ? null : JSON.stringify(tells),
      stormUntil,
      leasedUntil,
      leasedBy: by,
      dueAt: leasedUntil,
      duePartition: DUE_PARTITION,
    };
    const set = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`#${name} = :${name}`]));
    const taken = await this.table.update(key, {
      update: `SET ${set.join(', ')}`,
      condition:
        'attribute_not_exists(#sentAt) AND (attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now OR #leasedBy = :leasedBy)',
      values: { ...values, now },
    });
    return taken !== null;
  }

  /** A notice as it stands; null when there is none. */
  async read(key: Key): Promise<Entry | null> {
    const item = await this.table.get(key);
    return item && entryOf(key, item);
  }

  /** Notes that a notice was sent; one of the sweep stays due until that is noted everywhere. */
  async markSent(key: Key, noticeId: string, now: number, stays: 'due' | 'done'): Promise<void> {
    await this.table.update(key, {
      update: `SET #sentAt = :now, #noticeId = :noticeId${stays === 'done' ? ' REMOVE #dueAt, #duePartition' : ''}`,
      values: { now, noticeId },
    });
  }

  /** Notes that everything about a notice is done. */
  async close(key: Key): Promise<void> {
    await this.table.update(key, { update: 'REMOVE #dueAt, #duePartition', values: {} });
  }
}

function entryOf(key: Key, item: Item): Entry {
  const at = numberOf(item, 'sentAt');
  return {
    key,
    kind: textOf(item, 'kind') as NoticeKind,
    notice: JSON.parse(textOf(item, 'notice') ?? 'null'),
    tells: JSON.parse(textOf(item, 'tells') ?? '[]'),
    stormUntil: numberOf(item, 'stormUntil'),
    sent: at === null ? null : { id: idOf(key), noticeId: textOf(item, 'noticeId') ?? '', at },
  };
}

/** Id of a notice in its incidents' lists. */
export function idOf({ sk }: Pick<Key, 'sk'>): string {
  return sk.slice(NOTICE.length);
}

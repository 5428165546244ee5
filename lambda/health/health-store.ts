import { type Item, numberOf, textOf } from '../incidents/attributes';
import { ITEM_SCHEMA, seconds } from '../incidents/item';
import type { Table } from '../incidents/table';
import type { RoleOutcome } from '../plan/remediation';
import type { Place } from './check';
import {
  canaryKey,
  type HealthIncident,
  incidentKey,
  lookupKey,
  PROBE_KEY,
  type ProbeItems,
  preventionKey,
  readHealth,
} from './health-items';

/** How long one run of the probe may take before another may begin. Longer than the function runs. */
const PROBE_LEASE_MS = 250_000;

/** Where the reading of a Region's event history stands. */
export type Cursor = {
  /** The period that is read, ms since 1970. */
  readonly from: number;
  readonly until: number;
  /** Where its next page begins; null for the first one. */
  readonly token: string | null;
};

/**
 * A call of the canary: the next one, the last one tried again, or the first one after a pause, of which whatever came back
 * before says nothing.
 */
export type CanaryCall = 'next' | 'again' | 'anew';

/** What opens a health incident, as JSON. */
export type Opening = Pick<HealthIncident, 'check' | 'subject' | 'verdict'>;

/** What the probe writes. Every write is one item and may be repeated. */
export class HealthStore {
  constructor(
    private readonly table: Table,
    private readonly keepMs: number,
  ) {}

  read(): Promise<ProbeItems> {
    return readHealth(this.table);
  }

  /** Lets one run of the probe begin; false while another one is at it. `by` is the same when the call is repeated. */
  async begin(by: string, now: number): Promise<boolean> {
    const item = await this.table.update(PROBE_KEY, {
      update: 'SET #schema = :schema, #leasedUntil = :until, #leasedBy = :by',
      condition: 'attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now OR #leasedBy = :by',
      values: { schema: ITEM_SCHEMA, until: now + PROBE_LEASE_MS, by, now },
    });
    return item !== null;
  }

  /** Ends a run: it was alive, and it made the checks when `checkedAt` is given. */
  async end(by: string, now: number, checkedAt: number | null): Promise<void> {
    const set = ['#ranAt = :now', ...(checkedAt === null ? [] : ['#checkedAt = :checkedAt'])];
    await this.table.update(PROBE_KEY, {
      update: `SET ${set.join(', ')} REMOVE #leasedUntil, #leasedBy`,
      condition: '#leasedBy = :by',
      values: { now, by, ...(checkedAt !== null && { checkedAt }) },
    });
  }

  /** Asks for all checks, of this run or, while another one is at it, of the next. */
  async wantChecks(now: number): Promise<void> {
    await this.table.update(PROBE_KEY, { update: 'SET #wantedAt = :now', values: { now } });
  }

  /** Notes that the canary is about to call. */
  async sendCanary(place: Place, now: number, what: CanaryCall): Promise<void> {
    const sent = what === 'again' ? '#sentAt = if_not_exists(#sentAt, :now)' : '#sentAt = :now';
    await this.table.update(canaryKey(place), {
      update: `SET #schema = :schema, #triedAt = :now, ${sent}${what === 'anew' ? ' REMOVE #seenAt' : ''}`,
      values: { schema: ITEM_SCHEMA, now },
    });
  }

  /** Opens an incident, unless it is open; `once`: nor if it ever was. Whether it was told stands in the item alone. */
  async open({ check, subject, verdict }: Opening, now: number, once: 'once' | null = null): Promise<void> {
    const key = incidentKey({ check, subject });
    const item = { ...key, schema: ITEM_SCHEMA, check, subject, state: 'open', openedAt: now, verdict };
    const isNew = 'attribute_not_exists(#pk)';
    await (once
      ? this.table.put(item, isNew)
      : this.table.put(item, `${isNew} OR #state = :closed`, { closed: 'closed' }));
  }

  /** Closes an incident; the item is kept like every other record. */
  async close(incident: HealthIncident, now: number): Promise<void> {
    await this.table.update(incidentKey(incident), {
      update: 'SET #state = :closed, #closedAt = :now, #expiresAt = :expiresAt',
      condition: '#state = :open AND #openedAt = :openedAt',
      values: {
        closed: 'closed',
        open: 'open',
        now,
        openedAt: incident.openedAt,
        expiresAt: seconds(now + this.keepMs),
      },
    });
  }

  /** Notes which notice told of an incident, or that it is well again. */
  async told({ openedAt, ...incident }: HealthIncident, of: 'failure' | 'end', noticeId: string): Promise<void> {
    await this.table.update(incidentKey(incident), {
      update: `SET ${of === 'failure' ? '#noticeId' : '#closingNoticeId'} = :noticeId`,
      condition: '#openedAt = :openedAt',
      values: { openedAt, noticeId },
    });
  }

  /** Notes that a role is about to be created, and why, so that whatever happens then is told. Returns since when. */
  async intend(role: string, why: string, now: number): Promise<number> {
    await this.table.put(
      { ...preventionKey(role), schema: ITEM_SCHEMA, state: 'open', since: now, why },
      'attribute_not_exists(#pk) OR #state = :closed',
      { closed: 'closed' },
    );
    const item = await this.table.get(preventionKey(role));
    return (item && numberOf(item, 'since')) ?? now;
  }

  /** Keeps what became of a role. */
  async prevented(role: string, outcome: RoleOutcome): Promise<void> {
    await this.table.update(preventionKey(role), {
      update: 'SET #outcome = :outcome',
      condition: '#state = :open',
      values: { outcome: JSON.stringify(outcome), open: 'open' },
    });
  }

  /** Ends what was intended; `noticeId` null: there was nothing to tell. */
  async endPrevention(role: string, noticeId: string | null, now: number): Promise<void> {
    const told = noticeId === null ? '' : ', #noticeId = :noticeId';
    await this.table.update(preventionKey(role), {
      update: `SET #state = :closed, #closedAt = :now${told}`,
      condition: '#state = :open',
      values: { closed: 'closed', open: 'open', now, ...(noticeId !== null && { noticeId }) },
    });
  }

  /** Where the reading of a Region stands; null before the first. */
  async cursor(region: string): Promise<Cursor | null> {
    const item = await this.table.get(lookupKey(region));
    return item && cursorOf(item);
  }

  async moveCursor(region: string, { from, until, token }: Cursor): Promise<void> {
    const page = token === null ? ' REMOVE #token' : ', #token = :token';
    await this.table.update(lookupKey(region), {
      update: `SET #schema = :schema, #from = :from, #until = :until${page}`,
      values: { schema: ITEM_SCHEMA, from, until, token },
    });
  }
}

function cursorOf(item: Item): Cursor {
  return { from: numberOf(item, 'from') ?? 0, until: numberOf(item, 'until') ?? 0, token: textOf(item, 'token') };
}

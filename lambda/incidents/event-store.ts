import type { AuditRecord } from '../audit/audit-record';
import type { RoleOutcome } from '../plan/remediation';
import { type Item, numberOf, textOf } from './attributes';
import type { Occurrence } from './incident';
import { eventSortKey, ITEM_SCHEMA, ignoredPartition, incidentPartition, seconds } from './item';
import type { Key, Table } from './table';

/** What earlier deliveries of an event have done. */
export type Claim =
  | { readonly kind: 'finished' }
  | {
      readonly kind: 'claimed';
      /** First arrival, ms since 1970. */
      readonly since: number;
      /** Whether an earlier delivery has taken it up. */
      readonly isResumed: boolean;
      /** What ensuring its roles came to; null when that was never recorded. */
      readonly roles: readonly RoleOutcome[] | null;
    };

/** An event of an incident by its keys. */
export type EventRef = Pick<Occurrence, 'key' | 'event'>;

/** The table's items of events: each event is one item, so they are the count, and the durable audit record. */
export class EventStore {
  constructor(
    private readonly table: Table,
    private readonly keepMs: number,
  ) {}

  /**
   * Takes an event up: one call. An event that was finished before is refused; any other resumes where it stopped.
   * @param by the same when the call is repeated, another one for every delivery
   */
  async claim(occurrence: Occurrence, by: string, now: number): Promise<Claim> {
    const values = { ...factsOf(occurrence), ...this.life(now) };
    const set = [
      '#recordedAt = if_not_exists(#recordedAt, :now)',
      '#claimedBy = if_not_exists(#claimedBy, :by)',
      ...Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`#${name} = :${name}`])),
    ];
    // What suppressed it at an earlier delivery may have expired.
    const remove = values.suppressed === null ? ' REMOVE #suppressed' : '';
    const item = await this.table.update(eventKey(occurrence), {
      update: `SET ${set.join(', ')}${remove}`,
      condition: 'attribute_not_exists(#doneAt) OR #expiresAt <= :seconds',
      values: { ...values, by, now, seconds: seconds(now) },
    });
    if (item === null) {
      return { kind: 'finished' };
    }
    return numberOf(item, 'doneAt') === null ? claimOf(item, by, now) : this.renew(occurrence, values, by, now);
  }

  /** An item whose time was over stood there still: the event begins anew. */
  private async renew(occurrence: Occurrence, values: Item, by: string, now: number): Promise<Claim> {
    await this.table.put(
      { ...eventKey(occurrence), ...values, claimedBy: by, recordedAt: now },
      'attribute_exists(#pk)',
    );
    return { kind: 'claimed', since: now, isResumed: false, roles: null };
  }

  /** Records what ensuring the roles came to, so that a later delivery does not do or judge it again. */
  async recordRoles(event: EventRef, roles: readonly RoleOutcome[]): Promise<void> {
    await this.table.update(eventKey(event), {
      update: 'SET #roles = :roles',
      values: { roles: JSON.stringify(roles) },
    });
  }

  /** Finishes an event with its audit record. Of two that finish it at once, the one that knows the notice stays. */
  async finish(event: EventRef, record: AuditRecord, now: number): Promise<void> {
    const condition = record.noticeId === null ? 'attribute_not_exists(#doneAt)' : undefined;
    await this.table.update(eventKey(event), {
      update: 'SET #doneAt = :doneAt, #outcome = :outcome, #audit = :audit REMOVE #failure',
      condition,
      values: { doneAt: now, outcome: record.outcome, audit: JSON.stringify(record) },
    });
  }

  /** Keeps why a delivery failed; the event stays open for the next one. */
  async fail(event: EventRef, record: AuditRecord): Promise<void> {
    await this.table.update(eventKey(event), {
      update: 'SET #failure = :failure',
      condition: 'attribute_exists(#pk) AND attribute_not_exists(#doneAt)',
      values: { failure: JSON.stringify(record) },
    });
  }

  /** Records an event that asks for nothing; false when another message has brought it before. One call. */
  ignore(record: AuditRecord, day: string, now: number): Promise<boolean> {
    const { eventId, messageId, outcome } = record;
    const item = {
      pk: ignoredPartition(day),
      sk: eventSortKey(eventId ?? `message#${messageId}`),
      ...this.life(now),
      recordedAt: now,
      doneAt: now,
      message: messageId,
      outcome,
      audit: JSON.stringify(record),
    };
    const values = { message: messageId, seconds: seconds(now) };
    return this.table.put(item, 'attribute_not_exists(#pk) OR #message = :message OR #expiresAt <= :seconds', values);
  }

  private life(now: number): Item {
    return { schema: ITEM_SCHEMA, expiresAt: seconds(now + this.keepMs) };
  }
}

function claimOf(item: Item, by: string, now: number): Claim {
  const roles = textOf(item, 'roles');
  const since = numberOf(item, 'recordedAt') ?? now;
  return {
    kind: 'claimed',
    since,
    isResumed: textOf(item, 'claimedBy') !== by,
    roles: roles === null ? null : (JSON.parse(roles) as RoleOutcome[]),
  };
}

/** What the count, the lists and the review read of an event. */
function factsOf({ key, time, severity, action, resource, principal, account, suppressed, ...rest }: Occurrence): Item {
  return { incident: key, case: rest.case, time, severity, action, resource, principal, account, suppressed };
}

function eventKey({ key, event }: EventRef): Key {
  return { pk: incidentPartition(key), sk: eventSortKey(event) };
}

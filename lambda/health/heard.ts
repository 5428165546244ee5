import { seconds } from '../incidents/item';
import type { Table } from '../incidents/table';
import type { Place } from './check';
import { canaryKey, seenKey } from './health-items';

/** How long a place that was noted is not noted again. */
const NOTED_MS = 3_600_000;

/** Most places that one function instance remembers: an organization of 1,000 accounts in 17 Regions, and more. */
const REMEMBERED = 20_000;

/**
 * How far CloudTrail's clock, which counts whole seconds, may be behind ours for a canary still to be the one that was sent.
 */
const SKEW_MS = 60_000;

/** What the responder notes for the probe: which places it hears, and that a canary came back. */
export class Heard {
  readonly #noted = new Map<string, number>();

  constructor(
    private readonly table: Table,
    private readonly keepMs: number,
  ) {}

  /**
   * Notes that an event of a place came, once an hour. Only a help for people who look when an account was last heard: where
   * it fails, the next event of that place tries again.
   */
  async note(place: Place, now: number): Promise<void> {
    const key = `${place.account}#${place.region}`;
    if (now - (this.#noted.get(key) ?? 0) < NOTED_MS) {
      return;
    }
    try {
      await this.table.update(seenKey(place), {
        update: 'SET #seenAt = :now, #expiresAt = :expiresAt',
        condition: 'attribute_not_exists(#seenAt) OR #seenAt < :now',
        values: { now, expiresAt: seconds(now + this.keepMs) },
      });
    } catch {
      return;
    }
    if (this.#noted.size < REMEMBERED) {
      this.#noted.set(key, now);
    }
  }

  /**
   * Notes that the canary of a place came back. One that was sent before the present one, and took its time, proves nothing
   * about it.
   */
  async canary(
    place: Place,
    sent: { readonly at: number; readonly eventId: string | null },
    now: number,
  ): Promise<void> {
    await this.table.update(canaryKey(place), {
      update: 'SET #seenAt = :now, #eventId = :eventId',
      condition: 'attribute_not_exists(#sentAt) OR #sentAt <= :latest',
      values: { now, eventId: sent.eventId ?? '', latest: sent.at + SKEW_MS },
    });
  }
}

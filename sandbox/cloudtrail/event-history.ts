import type { Envelope } from '../eventbridge/envelope';
import type { Place } from '../organization/place';

/**
 * What CloudTrail recorded in each account and Region, whether a trail logs it or not: `LookupEvents` reads it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export class EventHistory {
  readonly #events = new Map<string, Envelope[]>();

  /** Keeps an event that CloudTrail recorded at `place`. */
  add(place: Place, envelope: Envelope): void {
    const events = this.#events.get(keyOf(place));
    if (events) events.push(envelope);
    else this.#events.set(keyOf(place), [envelope]);
  }

  /** The events of every place, in the order in which they were recorded. */
  all(): { readonly place: Place; readonly events: readonly Envelope[] }[] {
    return [...this.#events].map(([key, events]) => {
      const [account = '', region = ''] = key.split(' ');
      return { place: { account, region }, events };
    });
  }

  /** The events of a place, the newest first. */
  at(place: Place): Envelope[] {
    return [...(this.#events.get(keyOf(place)) ?? [])].reverse();
  }
}

function keyOf({ account, region }: Place): string {
  return `${account} ${region}`;
}

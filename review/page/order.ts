import type { Entry } from './entry';

/** Orders of the list, the first one by default. */
export const ORDERS = ['gravest', 'latest', 'most'] as const;

/** One of {@link ORDERS}. */
export type Order = (typeof ORDERS)[number];

const SEVERITIES = { high: 0, medium: 1, low: 2 } as const;

/** `entries` in an order; what is equal comes latest first. */
export function ordered(entries: readonly Entry[], order: Order): Entry[] {
  const rank = RANKS[order];
  return [...entries].sort((one, other) => rank(one, other) || other.last - one.last);
}

const RANKS: Readonly<Record<Order, (one: Entry, other: Entry) => number>> = {
  gravest: (one, other) => gravity(one) - gravity(other),
  latest: () => 0,
  most: (one, other) => other.incident.count - one.incident.count,
};

/** Open incidents come before all others, then severity decides. */
function gravity({ incident }: Entry): number {
  return (incident.state === 'open' ? 0 : 3) + SEVERITIES[incident.severity];
}

/** Keys of the incidents before and after an incident in a list; null where there is none. */
export function neighboursOf(
  key: string,
  entries: readonly Entry[],
): { readonly previous: string | null; readonly next: string | null } {
  const at = entries.findIndex(({ incident }) => incident.key === key);
  const keyAt = (position: number) => (at === -1 ? null : (entries[position]?.incident.key ?? null));
  return { previous: keyAt(at - 1), next: keyAt(at + 1) };
}

import type { Entry } from './entry';

/** What incidents can be narrowed by, in the order in which the page shows it. */
export const FACETS = ['state', 'severity', 'case', 'account', 'principal', 'layer', 'silence'] as const;

/** One of {@link FACETS}. */
export type Facet = (typeof FACETS)[number];

/** Which incidents are shown. Values of one facet add up, facets narrow each other; an empty list asks for nothing. */
export type Filters = {
  readonly query: string;
  /** First refusal from here and before there, ms since 1970. */
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly chosen: Readonly<Record<Facet, readonly string[]>>;
};

/** How many incidents each value of a facet has, were only the other facets to narrow. */
type Counts = ReadonlyMap<string, number>;

/** The incidents that filters leave. */
export type Selection = {
  readonly entries: readonly Entry[];
  /** Those that everything but the span leaves: what the timeline draws. */
  readonly ofAllTimes: readonly Entry[];
  readonly counts: Readonly<Record<Facet, Counts>>;
};

/** Filters that leave everything. */
export const NO_FILTERS: Filters = { query: '', span: null, chosen: forEachFacet(() => []) };

/** Applies `filters` in one pass over `entries`. */
export function select(
  entries: readonly Entry[],
  filters: Filters,
  matchesQuery: (entry: Entry) => boolean,
): Selection {
  const counts = forEachFacet(() => new Map<string, number>());
  const chosen = forEachFacet((facet) => new Set(filters.chosen[facet]));
  const narrowing = FACETS.filter((facet) => chosen[facet].size > 0);
  const left: Entry[] = [];
  const ofAllTimes: Entry[] = [];
  for (const entry of entries) {
    if (!matchesQuery(entry)) {
      continue;
    }
    const outside = narrowing.filter((facet) => !valuesOf(facet, entry).some((value) => chosen[facet].has(value)));
    const inSpan = isWithin(entry, filters.span);
    if (outside.length === 0) {
      ofAllTimes.push(entry);
    }
    if (outside.length === 0 && inSpan) {
      left.push(entry);
    }
    // What only one facet keeps out would be there without it, so its values still count there.
    const counting = !inSpan ? [] : outside.length === 0 ? FACETS : outside.length === 1 ? outside : [];
    for (const facet of counting) {
      for (const value of valuesOf(facet, entry)) {
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
  }
  return { entries: left, ofAllTimes, counts };
}

/** How many filters narrow the incidents. */
export function countOf({ query, span, chosen }: Filters): number {
  const values = FACETS.reduce((sum, facet) => sum + chosen[facet].length, 0);
  return values + (query === '' ? 0 : 1) + (span === null ? 0 : 1);
}

/** `filters` with `value` of `facet` taken in, or out when it was in. */
export function toggled(filters: Filters, facet: Facet, value: string): Filters {
  const before = filters.chosen[facet];
  const after = before.includes(value) ? before.filter((other) => other !== value) : [...before, value];
  return { ...filters, chosen: { ...filters.chosen, [facet]: after } };
}

function isWithin({ first }: Entry, span: Filters['span']): boolean {
  return span === null || (first >= span.from && first < span.to);
}

function valuesOf(facet: Facet, { incident, layer, silence }: Entry): readonly string[] {
  switch (facet) {
    case 'state':
      return [incident.state];
    case 'severity':
      return [incident.severity];
    case 'case':
      return [incident.case];
    case 'account':
      return incident.accounts;
    case 'principal':
      return incident.principals;
    case 'layer':
      return [layer];
    case 'silence':
      return silence;
  }
}

function forEachFacet<Value>(make: (facet: Facet) => Value): Record<Facet, Value> {
  return Object.fromEntries(FACETS.map((facet) => [facet, make(facet)])) as Record<Facet, Value>;
}

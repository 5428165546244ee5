import { isLocale, type Locale } from '../../lambda/texts/languages';
import { ORDERS, type Order } from './order';
import { FACETS, type Facet, type Filters, NO_FILTERS } from './selection';

/** What the page shows. All of it stands in the address behind `#`, so that a link shows the same. */
export type View = {
  readonly filters: Filters;
  readonly order: Order;
  /** Key of the opened incident. */
  readonly incident: string | null;
  readonly locale: Locale;
};

/** Reads a view back from the address, with or without `#`. What makes no sense is left out; `#KEY` opens an incident. */
export function viewOf(hash: string, locale: Locale): View {
  const text = hash.replace(/^#/, '');
  const start: View = { filters: NO_FILTERS, order: ORDERS[0], incident: null, locale };
  if (/^[0-9a-f]{12}$/.test(text)) {
    return { ...start, incident: text };
  }
  const given = new URLSearchParams(text);
  const chosen = FACETS.map((facet) => [facet, [...new Set(given.getAll(facet))]]);
  const language = given.get('lang') ?? '';
  return {
    filters: {
      query: given.get('q') ?? '',
      span: spanOf(given.get('from'), given.get('to')),
      chosen: Object.fromEntries(chosen) as Record<Facet, string[]>,
    },
    order: ORDERS.find((order) => order === given.get('order')) ?? start.order,
    incident: given.get('incident') || null,
    locale: isLocale(language) ? language : locale,
  };
}

/** A view as it stands in the address behind `#`; empty for the one that the page opens with. */
export function hashOf({ filters, order, incident, locale }: View, opensIn: Locale): string {
  const { query, span, chosen } = filters;
  const given = new URLSearchParams();
  const set = (name: string, value: string | null) => value && given.append(name, value);
  set('incident', incident);
  set('q', query);
  for (const facet of FACETS) {
    for (const value of chosen[facet]) {
      given.append(facet, value);
    }
  }
  set('from', span && new Date(span.from).toISOString());
  set('to', span && new Date(span.to).toISOString());
  set('order', order === ORDERS[0] ? null : order);
  set('lang', locale === opensIn ? null : locale);
  return given.toString();
}

function spanOf(from: string | null, to: string | null): Filters['span'] {
  const span = { from: Date.parse(from ?? ''), to: Date.parse(to ?? '') };
  return span.from < span.to ? span : null;
}

import { shown } from '../../lambda/texts/untrusted';
import { element } from './element';
import { choice } from './header';
import { ORDERS } from './order';
import type { Page } from './page';
import { countOf, FACETS, NO_FILTERS, toggled } from './selection';
import { timeOf } from './timeline';
import { valueLabel } from './wording';

/** The search field. It stays while everything around it is drawn anew, so that typing goes on. */
export function searchField(search: (query: string) => void): HTMLInputElement {
  const field = element('input', {
    type: 'search',
    class: 'search',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  field.addEventListener('input', () => search(field.value));
  return field;
}

/** Beside the search field: the order of the list. */
export function orderChoice({ view, words, change }: Page): HTMLElement {
  const { sort, sorts } = words.controls;
  const options = ORDERS.map((order) => ({ value: order, label: sorts[order] }));
  return choice(sort, options, view.order, (value) => {
    const order = ORDERS.find((each) => each === value);
    return order && change({ order });
  });
}

/** The filters in force, each of which goes when it is pressed. */
export function chips(page: Page): Node[] {
  const { view, words, change } = page;
  const { filters } = view;
  const { query, span, chosen } = filters;
  const values = FACETS.flatMap((facet) =>
    chosen[facet].map((value) =>
      chip(`${words.facets[facet]}: ${valueLabel(facet, value, page)}`, () =>
        change({ filters: toggled(filters, facet, value) }),
      ),
    ),
  );
  const range = span === null ? null : words.timeline.range(timeOf(span.from), timeOf(span.to));
  const all = countOf(filters);
  return [
    query === ''
      ? null
      : chip(`${words.controls.search}: ${shown(query)}`, () => change({ filters: { ...filters, query: '' } })),
    ...values,
    range === null ? null : chip(range, () => change({ filters: { ...filters, span: null } })),
    all > 1
      ? element(
          'button',
          { type: 'button', class: 'clear', onclick: () => change({ filters: NO_FILTERS }) },
          words.controls.clear(all),
        )
      : null,
  ].filter((each) => each !== null);
}

function chip(label: string, onclick: () => void): HTMLElement {
  return element(
    'button',
    { type: 'button', class: 'chip', onclick },
    element('bdi', {}, label),
    element('span', { class: 'cross', 'aria-hidden': 'true' }, ' ×'),
  );
}

import { shown } from '../../lambda/texts/untrusted';
import { element } from './element';
import type { Page } from './page';
import { FACETS, type Facet, toggled } from './selection';
import { accountName, valueLabel } from './wording';

/** Values of a facet that are shown at first, and how many more each time. */
const FIRST = 8;
const MORE = 20;

/** The order in which the values of a facet come; the others by how many incidents they have. */
const ORDERS: Partial<Record<Facet, readonly string[]>> = { severity: ['high', 'medium', 'low'] };

/** How many values of a facet are shown; kept while the page is open. */
const shownOf = new Map<Facet, number>();

/** The filters beside the list: what each facet breaks down into. The states have their own place above. */
export function facets(page: Page, redrawIt: () => void): Node[] {
  return FACETS.filter((facet) => facet !== 'state').flatMap((facet) => {
    const values = valuesOf(facet, page);
    return values.length === 0 ? [] : [group(facet, values, page, redrawIt)];
  });
}

type Value = { readonly value: string; readonly count: number };

function valuesOf(facet: Facet, { selection, view }: Page): Value[] {
  const counts = selection.counts[facet];
  const chosen = view.filters.chosen[facet];
  const order = ORDERS[facet];
  const rank = ({ value }: Value) => order?.indexOf(value) ?? (chosen.includes(value) ? -1 : 0);
  return [...new Set([...chosen, ...counts.keys()])]
    .map((value) => ({ value, count: counts.get(value) ?? 0 }))
    .sort((one, other) => rank(one) - rank(other) || other.count - one.count || (one.value < other.value ? -1 : 1));
}

function group(facet: Facet, values: readonly Value[], page: Page, redrawIt: () => void): Node {
  const room = shownOf.get(facet) ?? FIRST;
  const left = values.length - room;
  const highest = Math.max(1, ...values.slice(0, room).map(({ count }) => count));
  const more = () => {
    shownOf.set(facet, room + MORE);
    redrawIt();
  };
  return element(
    'fieldset',
    {},
    element('legend', {}, page.words.facets[facet]),
    ...values.slice(0, room).map((value) => option(facet, value, highest, page)),
    left > 0
      ? element(
          'button',
          { type: 'button', class: 'more', 'data-focus': `more ${facet}`, onclick: more },
          page.words.controls.moreValues(left),
        )
      : null,
  );
}

function option(facet: Facet, { value, count }: Value, highest: number, page: Page): Node {
  const { view, change, words } = page;
  const { name, aside } = nameOf(facet, value, page);
  const button = element(
    'button',
    {
      type: 'button',
      class: `option ${facet === 'severity' ? value : ''}`,
      title: shown(value),
      'data-focus': `${facet} ${value}`,
      'aria-pressed': String(view.filters.chosen[facet].includes(value)),
      onclick: () => change({ filters: toggled(view.filters, facet, value) }),
    },
    element('span', { class: 'name' }, element('bdi', {}, name), aside && element('small', {}, ` ${aside}`)),
    ' ',
    element('span', { class: 'count' }, words.number(count)),
  );
  button.style.setProperty('--share', String(count / highest));
  return button;
}

/** A value, and what tells it from others of the same name: the account of a principal, the id of an account. */
function nameOf(facet: Facet, value: string, page: Page): { readonly name: string; readonly aside: string | null } {
  const name = valueLabel(facet, value, page);
  if (facet === 'account') {
    const known = accountName(value, page.data);
    return known === null ? { name, aside: null } : { name: known, aside: shown(value) };
  }
  const account = facet === 'principal' ? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1] : undefined;
  return { name, aside: account === undefined ? null : (accountName(account, page.data) ?? account) };
}

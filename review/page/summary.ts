import type { ReviewIncident } from '../review-data';
import { element } from './element';
import type { Page } from './page';
import { toggled } from './selection';

const STATES: readonly ReviewIncident['state'][] = ['open', 'remediated', 'quiet'];

/** What a reader wants to know first: one sentence about everything, and the states, which filter. */
export function summary(page: Page): Node[] {
  return [
    element('p', { class: 'verdict' }, page.words.summary(sumsOf(page))),
    element('div', { class: 'states', role: 'group', 'aria-label': page.words.facets.state }, ...states(page)),
  ];
}

function sumsOf({ data: { incidents } }: Page) {
  const open = incidents.filter(({ state }) => state === 'open');
  return {
    incidents: incidents.length,
    open: open.length,
    openHigh: open.filter(({ severity }) => severity === 'high').length,
    mended: incidents.filter(({ state }) => state === 'remediated').length,
    quiet: incidents.filter(({ state }) => state === 'quiet').length,
    refusals: incidents.reduce((sum, { count }) => sum + count, 0),
    accounts: new Set(incidents.flatMap(({ accounts }) => accounts)).size,
  };
}

function states({ view, selection, words, change }: Page): Node[] {
  return STATES.map((state) =>
    element(
      'button',
      {
        type: 'button',
        class: `state ${state}`,
        'data-focus': `state ${state}`,
        'aria-pressed': String(view.filters.chosen.state.includes(state)),
        onclick: () => change({ filters: toggled(view.filters, 'state', state) }),
      },
      element('span', { class: 'name' }, words.states[state]),
      ' ',
      element('span', { class: 'count' }, words.number(selection.counts.state.get(state) ?? 0)),
      ' ',
      element('span', { class: 'hint' }, words.stateHints[state]),
    ),
  );
}

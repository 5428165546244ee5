import { element } from './element';

/** The places of the page, each drawn on its own. */
export type Frame = {
  readonly skip: HTMLElement;
  readonly header: HTMLElement;
  readonly summary: HTMLElement;
  readonly timeline: HTMLElement;
  /** The search field and the order, and the filters in force. */
  readonly search: HTMLElement;
  readonly tools: HTMLElement;
  readonly chips: HTMLElement;
  readonly filters: HTMLDetailsElement;
  readonly filtersTitle: HTMLElement;
  readonly facets: HTMLElement;
  /** The list under its title, with how many incidents are found, which is read out when it changes. */
  readonly found: HTMLElement;
  readonly listTitle: HTMLElement;
  readonly status: HTMLElement;
  readonly list: HTMLElement;
  readonly detail: HTMLElement;
  readonly footer: HTMLElement;
  /** Told to those who listen, such as that something was copied. */
  readonly said: HTMLElement;
};

/** Puts the empty places into the page. */
export function frameOf(body: HTMLElement): Frame {
  const skip = element('button', { type: 'button', class: 'skip' });
  const header = element('header', { class: 'header' });
  const summary = element('section', { class: 'summary' });
  const timeline = element('section', { class: 'timeline', 'aria-labelledby': 'timeline-title' });
  const tools = element('div', { class: 'tools' });
  const chips = element('div', { class: 'chips' });
  const search = element('search', {}, tools, chips);
  const filtersTitle = element('summary');
  const facets = element('div', { class: 'facets' });
  const filters = element('details', { class: 'filters' }, filtersTitle, facets);
  const listTitle = element('h2', { id: 'list-title' });
  const status = element('p', { class: 'status', role: 'status' });
  const list = element('div', { class: 'list', tabindex: -1 });
  const heading = element('div', { class: 'heading' }, listTitle, status);
  const found = element('section', { class: 'found', 'aria-labelledby': 'list-title' }, heading, list);
  const detail = element('section', { class: 'detail', 'aria-labelledby': 'detail-title' });
  const footer = element('footer', { class: 'footer' });
  const said = element('p', { class: 'unseen', role: 'status' });
  const panes = element('div', { class: 'panes' }, element('aside', {}, filters), found, detail);
  body.append(skip, header, element('main', {}, summary, timeline, search, panes), footer, said);
  return {
    skip,
    header,
    summary,
    timeline,
    search,
    tools,
    chips,
    filters,
    filtersTitle,
    facets,
    found,
    listTitle,
    status,
    list,
    detail,
    footer,
    said,
  };
}

import { minuteOf } from '../../lambda/notice/describe-incident';
import type { ReviewIncident } from '../review-data';
import { element } from './element';
import type { Entry } from './entry';
import { callerOf, titleOf } from './incident-lines';
import type { Page } from './page';

/** How many rows are drawn at first, and how many more each time. */
export const ROWS = 50;
const MORE = 200;

/** The list of incidents: the first `limit` of `entries`, which are in order. */
export function incidentList(
  page: Page,
  entries: readonly Entry[],
  limit: number,
  showMore: (by: number) => void,
): Node[] {
  const { words, data } = page;
  if (entries.length === 0) {
    const isEmpty = data.incidents.length === 0;
    const { list } = words;
    return [
      element(
        'div',
        { class: 'nothing' },
        element('p', {}, isEmpty ? list.empty : list.none),
        element('p', {}, isEmpty ? list.emptyHint : list.noneHint),
      ),
    ];
  }
  const open = entries.findIndex(({ incident }) => incident.key === page.view.incident);
  const tabStop = open === -1 || open >= limit ? 0 : open;
  const rows = entries.slice(0, limit).map((entry, at) => row(entry, at === tabStop, page));
  const left = entries.length - rows.length;
  const by = Math.min(MORE, left);
  return [
    columns(page),
    element('ol', { class: 'incidents' }, ...rows),
    left > 0
      ? element(
          'button',
          { type: 'button', class: 'more', 'data-focus': 'more incidents', onclick: () => showMore(by) },
          words.controls.more(by, left),
        )
      : null,
    left > 0 ? element('p', { class: 'printed' }, words.list.printed(rows.length, entries.length)) : null,
  ].filter((node) => node !== null);
}

/** What the columns are; for the eye only, since every row says it in words. */
function columns({ words }: Page): Node {
  const { severity, incident, refusals, last, state } = words.list.columns;
  const heads = [severity, incident, refusals, last, state];
  return element('div', { class: 'columns', 'aria-hidden': 'true' }, ...heads.map((head) => element('span', {}, head)));
}

function row({ incident, silence }: Entry, isTabStop: boolean, page: Page): Node {
  const { view, words, addressOf, change } = page;
  const { key, severity, state, count, exact, lastSeen } = incident;
  const open = (event: MouseEvent) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      change({ incident: key });
    }
  };
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: 'row',
        href: `#${addressOf({ incident: key })}`,
        tabindex: isTabStop ? 0 : -1,
        'data-focus': `row ${key}`,
        'data-key': key,
        'aria-current': view.incident === key ? 'true' : null,
        onclick: open,
      },
      element('span', { class: `badge ${severity}` }, words.severities[severity]),
      ' ',
      element('bdi', { class: 'title' }, titleOf(incident, page)),
      ' ',
      element('bdi', { class: 'caller' }, whoseOf(incident, page)),
      ' ',
      element('span', { class: 'refusals' }, number(count, exact, page)),
      ' ',
      element('span', { class: 'last' }, minuteOf(lastSeen).replace(' UTC', '')),
      ' ',
      element(
        'span',
        { class: 'state' },
        element('span', { class: `mark ${state}` }, words.states[state]),
        ...silence.map((each) => element('span', { class: 'mark silent' }, words.silences[each])),
      ),
    ),
  );
}

/** Who was refused, and how many more callers and accounts it touched. */
function whoseOf(incident: ReviewIncident, page: Page): string {
  const { others, accounts } = page.words.list;
  const callers = incident.principals.length;
  return [
    callerOf(incident, page) + (callers > 1 ? ` ${others(callers - 1)}` : ''),
    ...(incident.accounts.length > 1 ? [accounts(incident.accounts.length)] : []),
  ].join(' · ');
}

function number(count: number, exact: boolean, { words }: Page): Node {
  const text = exact ? words.number(count) : `≥ ${words.number(count)}`;
  return element(
    'span',
    {},
    element('span', { 'aria-hidden': 'true' }, text),
    unseen(words.list.refusals(count, exact)),
  );
}

/** Text for those who listen. */
function unseen(text: string): Node {
  return element('span', { class: 'unseen' }, text);
}

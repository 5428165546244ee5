import type { Severity } from '../../../lambda/cases/case';
import { type Entry, entriesOf } from '../../../review/page/entry';
import { neighboursOf, ordered } from '../../../review/page/order';
import { searchOf } from '../../../review/page/search';
import { FACETS, type Filters, NO_FILTERS, select, toggled } from '../../../review/page/selection';
import { reviewFixture } from '../review-fixture';

const DATA = reviewFixture({ count: 200 });
const ENTRIES = entriesOf(DATA);
const everything = () => true;

function chosen(values: Partial<Filters['chosen']>): Filters {
  return { ...NO_FILTERS, chosen: { ...NO_FILTERS.chosen, ...values } };
}

test('values of one facet add up, facets narrow each other', () => {
  const filters = chosen({ severity: ['high', 'low'], state: ['open'] });

  const { entries } = select(ENTRIES, filters, everything);

  const expected = DATA.incidents.filter(({ severity, state }) => severity !== 'medium' && state === 'open');
  expect(entries.map(({ incident }) => incident)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(0);
});

test('a value counts the incidents that would be left if it were chosen alone in its facet', () => {
  const filters: Filters = { ...chosen({ state: ['quiet'], severity: ['high'] }), span: { from: 0, to: Date.now() } };

  const { counts } = select(ENTRIES, filters, everything);

  for (const facet of FACETS) {
    for (const [value, count] of counts[facet]) {
      const alone = { ...filters, chosen: { ...filters.chosen, [facet]: [value] } };
      expect(select(ENTRIES, alone, everything).entries).toHaveLength(count);
    }
  }
  expect(counts.severity.size).toBe(3);
});

test('an incident of many accounts is found by each of them', () => {
  const wide = ENTRIES.find(({ incident }) => incident.accounts.length > 2) as Entry;

  for (const account of wide.incident.accounts) {
    expect(select(ENTRIES, chosen({ account: [account] }), everything).entries).toContain(wide);
  }
});

test('the span narrows the list, and leaves the timeline whole', () => {
  const [entry] = ENTRIES as [Entry];
  const span = { from: entry.first, to: entry.first + 1 };

  const { entries, ofAllTimes } = select(ENTRIES, { ...NO_FILTERS, span }, everything);

  expect(entries).toContain(entry);
  expect(entries.length).toBeLessThan(10);
  expect(ofAllTimes).toHaveLength(ENTRIES.length);
});

test('a value is taken in and out again', () => {
  const once = toggled(NO_FILTERS, 'state', 'open');

  expect(once.chosen.state).toEqual(['open']);
  expect(toggled(once, 'state', 'open')).toEqual(NO_FILTERS);
});

test('the default order has what is open on top, then what is gravest, then what is latest', () => {
  const list = ordered(ENTRIES, 'gravest').map(({ incident }) => incident);

  const rank = { high: 0, medium: 1, low: 2 } satisfies Record<Severity, number>;
  const keys = list.map(
    ({ state, severity, lastSeen }) => [state === 'open' ? 0 : 1, rank[severity], lastSeen] as const,
  );
  for (const [at, [open, severity, last]] of keys.entries()) {
    const [nextOpen, nextSeverity, nextLast] = keys[at + 1] ?? [2, 3, ''];
    expect(
      open < nextOpen ||
        (open === nextOpen && (severity < nextSeverity || (severity === nextSeverity && last >= nextLast))),
    ).toBe(true);
  }
});

test('the neighbours of an incident are those of its list', () => {
  const list = ordered(ENTRIES, 'most');
  const keyAt = (at: number) => list[at]?.incident.key ?? '';

  expect(neighboursOf(keyAt(0), list)).toEqual({ previous: null, next: keyAt(1) });
  expect(neighboursOf(keyAt(list.length - 1), list)).toEqual({ previous: keyAt(list.length - 2), next: null });
  expect(neighboursOf('elsewhere', list)).toEqual({ previous: null, next: null });
});

describe('search', () => {
  const search = searchOf(DATA.accountNames);
  const found = (query: string) => ENTRIES.filter(search(query)).map(({ incident }) => incident.key);
  const { incident } = ENTRIES.find(({ incident }) => incident.finding !== null && incident.audit.length > 1) as Entry;

  test.each([
    ['its key', incident.key],
    ['an event', incident.finding?.denial.eventId],
    ['an audited event', incident.audit[1]?.eventId],
    ['an AWS request', incident.audit[1]?.calls[0]?.requestId],
    ['part of a message, in capitals', incident.finding?.denial.message?.slice(0, 60).toUpperCase()],
    ['several words in any order', `${incident.key.slice(6)} ${incident.key.slice(0, 6)}`],
    ['full-width letters', incident.key.replaceAll('a', 'ａ').replaceAll('0', '０')],
  ])('finds an incident by %s', (_what, query) => {
    expect(query).toBeTruthy();
    expect(found(query ?? '')).toContain(incident.key);
  });

  test('finds by the name of an account and by the case in every language', () => {
    const ofPayments = DATA.incidents.filter(({ accounts }) => accounts.includes('333344445555')).length;

    expect(found('payments').length).toBeGreaterThanOrEqual(ofPayments);
    expect(found('PassRole の拒否')).toEqual(found('PassRole refused'));
  });

  test('finds all without a word, and none by words that occur in different incidents only', () => {
    const [one, other] = ENTRIES as [Entry, Entry];

    expect(found(' ')).toHaveLength(ENTRIES.length);
    expect(found(`${one.incident.key} ${other.incident.key}`)).toEqual([]);
  });
});

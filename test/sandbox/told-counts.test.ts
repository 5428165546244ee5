import { Clock } from '../../sandbox/clock';
import { Journal } from '../../sandbox/journal';
import { countDifferences } from '../../sandbox/told-counts';

const AT = Date.parse('2026-11-02T03:04:05Z');

/** Differences between events that came this many minutes after their calls and the notices with this JSON. */
function differences(delays: readonly number[], notices: readonly object[]): string[] {
  const journal = new Journal(new Clock());
  for (const json of notices) {
    const notice = { id: 'n', subject: 's', body: 'b', text: 't', json, attributes: {}, recipients: [] };
    journal.add({ kind: 'notice', notice });
  }
  const items = delays.map((minutes, at) => ({
    pk: 'incident#a',
    sk: `event#${at}`,
    recordedAt: AT + minutes * 60_000,
    time: new Date(AT).toISOString(),
  }));
  return countDifferences(journal, items);
}

const atOnce = (eventId: string, outcome = 'notified') => ({
  kind: 'notice',
  incidentKey: 'a',
  denial: { eventId },
  outcome: { kind: outcome },
  incident: { count: null },
});
const counted = (count: number, kind = 'digest') => ({ kind, incidentKey: 'a', incident: { count } });
const rows = (count: number, kind: string) => ({ kind, incident: null, incidents: [{ incidentKey: 'a', count }] });

test('what notices told one by one, in numbers and in lists is added up', () => {
  expect(differences([0, 0, 0, 0, 0, 0], [atOnce('x'), counted(2, 'notice'), counted(1), rows(2, 'daily')])).toEqual(
    [],
  );
});

test('a notice that came twice, an event told twice at once and a storm do not count twice', () => {
  const notices = [atOnce('x'), atOnce('x'), atOnce('x', 'created'), rows(2, 'storm'), rows(2, 'digest')];

  expect(differences([0, 0, 0], notices)).toEqual([]);
});

test('an event that is told alone after a number may be in it or not', () => {
  expect(differences([0], [counted(1), atOnce('0', 'created')])).toEqual([]);
  expect(differences([0, 0], [counted(1), atOnce('0', 'created')])).toEqual([]);
});

test.each<[string, number[], object[], string]>([
  ['fewer', [0, 0], [counted(1)], 'incident a holds 2 events, notices told 1'],
  ['more', [0, 0], [counted(3)], 'incident a holds 2 events, notices told 3'],
  [
    'one told alone, and then in a number',
    [0, 0],
    [atOnce('0'), counted(2)],
    'incident a holds 2 events, notices told 3',
  ],
  ['none', [0], [], 'incident a holds 1 events, notices told 0'],
  ['some that do not exist', [], [counted(1)], 'incident a holds 0 events, notices told 1'],
])('%s is a difference', (_, delays, notices, difference) => {
  expect(differences(delays, notices)).toEqual([difference]);
});

test('an event that came late may wait for the next notice', () => {
  expect(differences([0, 16], [counted(1)])).toEqual([]);
  expect(differences([0, 14], [counted(1)])).toHaveLength(1);
});

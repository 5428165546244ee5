import { measureColdStart } from '../../bench/cold-start';
import { brokenBudgets, type Row } from '../../bench/section';

let rows: Row[];

beforeAll(async () => {
  rows = await measureColdStart(1);
});

test('the bundle is small enough, and loads what it needs of Node when it starts, not in its first event', () => {
  expect(rows.filter(({ budget }) => budget !== undefined).map(({ what }) => what)).toEqual([
    'bundle',
    'modules of Node loaded at init',
    'more of them by the first event',
  ]);
  expect(brokenBudgets([{ name: 'cold-start', seconds: 0, rows }])).toEqual([]);
});

test('what was measured did start', () => {
  const loaded = rows.find(({ what }) => what === 'modules of Node loaded at init');

  expect(loaded?.value).toBeGreaterThan(50);
  expect(rows.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
});

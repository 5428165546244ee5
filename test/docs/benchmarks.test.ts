import { readFileSync } from 'node:fs';
import { PAGE } from '../../bench/results-page';
import { SECTIONS } from '../../bench/sections';

const page = readFileSync(PAGE, 'utf8');
const [explanations = '', results = ''] = page.split('<!-- results');
const rows = results
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, , what]) => what !== 'what' && !what?.startsWith('---'));

test('the last results are of every section', () => {
  expect(rows.flatMap(([, section]) => section || [])).toEqual(SECTIONS.map(({ name }) => name));
});

test.each(rows.map(([, , what = '']) => what))('the page explains what "%s" is', (what) => {
  expect(explanations).toContain(`| ${what} `);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const [costs = ''] = /^## Costs$[\s\S]*?(?=^## )/m.exec(page) ?? [];

/** The last two cells of each row of the table, in cents; totals are bold. */
const rows = [...costs.matchAll(/\| (\**)(\d+\.\d\d)\** \| \**(\d+\.\d\d)\** \|$/gm)].map(([, bold, small, large]) => ({
  isTotal: bold !== '',
  cents: [small, large].map((amount) => Math.round(Number(amount) * 100)),
}));

test('the costs add up', () => {
  const parts = rows.filter(({ isTotal }) => !isTotal);
  const totals = rows.filter(({ isTotal }) => isTotal).map(({ cents }) => cents);

  const sums = [0, 1].map((column) => parts.reduce((sum, { cents }) => sum + (cents[column] ?? 0), 0));
  expect(parts.length).toBeGreaterThan(4);
  expect(totals).toEqual([sums]);
});

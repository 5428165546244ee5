import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALARM_NAMES } from '../../lib/observability/alarms';

const runbook = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');
const articles = runbook.split(/^## /m).slice(1);

test('the runbook has one article per alarm, under its name', () => {
  expect(articles.map((article) => article.split('\n', 1)[0]).sort()).toEqual(Object.values(ALARM_NAMES).sort());
});

test.each(articles.map((article) => [article.split('\n', 1)[0], article]))(
  '%s says what, why and what to do',
  (_name, article) => {
    const sections = [...(article ?? '').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

    expect(sections).toEqual(['Description', 'Investigation', 'Resolution']);
  },
);

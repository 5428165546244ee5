import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRIC_DIMENSIONS, METRICS } from '../../lambda/audit/metrics';
import { CASES } from '../../lambda/cases';
import { ALARM_NAMES } from '../../lib/observability/alarms';
import { SAVED_QUERIES } from '../../lib/observability/queries';
import { hubTemplate, resourcesOf } from '../lib/hub-template';

const page = readFileSync(join(__dirname, '../../docs/observability.md'), 'utf8');
const rows = (heading: string) => {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| `([^`]+)`\s*\|(.*)\|$/gm)].map(([, name = '', rest = '']) => ({
    name,
    cells: rest.split('|').map((cell) => cell.trim()),
  }));
};

test('the page lists every metric, with its unit and whether it has dimensions', () => {
  const listed = rows('Metrics').map(({ name, cells: [unit, mark] }) => [name, { unit, byCase: mark === '●' }]);

  expect(Object.fromEntries(listed)).toEqual(METRICS);
  for (const dimension of METRIC_DIMENSIONS) expect(page).toContain(`\`${dimension}\``);
});

test('the page lists every saved query and every alarm', () => {
  expect(rows('Saved queries').map(({ name }) => name)).toEqual(SAVED_QUERIES.map(({ name }) => name));
  expect(rows('Alarms').map(({ name }) => name)).toEqual(Object.values(ALARM_NAMES));
});

test('the page knows how many series of metrics there can be', () => {
  const cases = CASES.length;
  // Whatever is planned for a case; a missing role is one case, with five outcomes of its own.
  const series = {
    Denials: cases * ['ignored'].length + cases * ['notified', 'grouped', 'suppressed'].length + 5,
    Notices: cases * ['notified', 'failed'].length + 5 + ['notified', 'failed'].length,
    Suppressed: cases,
    Malformed: 1,
  };
  const byCase = { ...series, TimeToOutcome: series.Denials };
  const all = Object.values(byCase).reduce((sum, count) => sum + count, Object.keys(METRICS).length);

  const withDimensions = Object.entries(METRICS).flatMap(([name, metric]) => (metric.byCase ? [name] : []));
  expect(Object.keys(byCase).sort()).toEqual(withDimensions.sort());
  expect(page).toContain(`At most ${all} series`);
});

test('the page knows how many metrics the alarms watch', () => {
  const alarms = resourcesOf(hubTemplate(), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const watched = alarms.map(({ Metrics = [{ MetricStat: true }] }) =>
    Metrics.filter(({ MetricStat }: { MetricStat?: unknown }) => MetricStat),
  );

  expect(page).toContain(`${watched.flat().length} metrics are watched`);
});

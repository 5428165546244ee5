import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lib/settings';
import { hubTemplate, resourcesOf } from '../lib/hub-template';

const DOCS = join(__dirname, '../../docs');
const page = readFileSync(join(DOCS, 'security.md'), 'utf8');
const [, section = ''] = page.split(/^## (?:Threats|Personal data)$/m);
const threats = [...section.matchAll(/^\| (?!threat |---)([^|]+?) \|.*\| ([^|]+) \|$/gm)].map(
  ([, threat = '', tests = '']) => ({
    threat,
    tests: [...tests.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)].map(([, title = '', file = '']) => ({
      title,
      file,
    })),
  }),
);

test('the page knows the threats', () => {
  expect(threats.length).toBeGreaterThan(8);
});

test.each(threats.map(({ threat, tests }) => [threat, tests] as const))(
  '%s has a test that exists',
  (_threat, tests) => {
    expect(tests).not.toEqual([]);
    for (const { title, file } of tests) {
      const code = readFileSync(join(DOCS, file), 'utf8');
      for (const part of title.split(' › ')) {
        expect(code).toContain(part);
      }
    }
  },
);

test('how long personal data is kept is as the template and the settings say', () => {
  const template = hubTemplate({});
  const days = resourcesOf(template, 'AWS::SQS::Queue').map(
    ([, { Properties }]) => Number(Properties.MessageRetentionPeriod) / 86_400,
  );
  const { recordDays, logRetentionDays } = readSettings({});

  expect(days.sort((one, other) => one - other)).toEqual([4, 14]);
  expect(page).toContain('4 days, 14 days');
  expect(page).toContain(`\`recordDays\` (${recordDays})`);
  expect(page).toContain(`\`logRetentionDays\` (${logRetentionDays})`);
});

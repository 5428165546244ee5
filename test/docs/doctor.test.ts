import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECK_IDS } from '../../lambda/health/check';
import type { HealthEdges, RuleSeen } from '../../lambda/health/edges';
import { healthEn } from '../../lambda/texts/health-en';
import { edges, NOW, rulesNamed } from '../support/health';
import { runCli } from '../support/run-cli';

const PAGE = readFileSync(join(__dirname, '../../docs/doctor.md'), 'utf8');

/** A stopped trail, a rule that hears no reads, and an account without forwarders. */
const BROKEN: Partial<HealthEdges> = {
  isLogging: async () => false,
  rulesTo: async (_target, region) => rulesNamed(region).map(({ name }) => name),
  rule: async (name, region) => {
    const rule = rulesNamed(region).find((each) => each.name === name) as RuleSeen;
    return name === 'eu-west-1-CloudTrail' ? { ...rule, state: 'ENABLED' } : rule;
  },
  instances: async () =>
    ['us-east-1', 'eu-west-1'].map((region) => ({
      account: '222233334444',
      region,
      status: 'CURRENT',
      detail: 'SUCCEEDED',
      reason: null,
    })),
};

test('the page shows what doctor prints', async () => {
  const { out } = await runCli(['doctor'], { columns: 100 }, undefined, undefined, async () => ({
    aws: edges(BROKEN),
    region: 'us-east-1',
    now: () => NOW,
  }));

  expect(PAGE).toContain(`\`\`\`text\n${out}\`\`\`\n`);
});

test('the page has a row for every check', () => {
  const rows = [...PAGE.matchAll(/^\| ([A-Z][^|]*?) \|/gm)].map(([, name]) => name);

  expect(rows).toEqual(CHECK_IDS.map((id) => healthEn.checks[id]));
});

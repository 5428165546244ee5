import { forwarders } from '../../../lambda/health/checks/forwarders';
import { inBrief } from '../../../lambda/health/in-brief';
import { healthEn } from '../../../lambda/texts/health-en';
import { verdictInWords } from '../../../lambda/texts/health-texts';
import { look, member } from '../../support/health';

test('a verdict about 17,000 forwarders fits an item of the table, and says the same', async () => {
  const accounts = Array.from({ length: 1_000 }, (_, at) => member(String(200_000_000_000 + at), 'x'.repeat(50)));
  const regions = Array.from({ length: 17 }, (_, at) => `ap-southeast-${at}`);
  const reason = 'r'.repeat(50_000);
  const instances = accounts.flatMap(({ id }) =>
    regions.map((region) => ({ account: id, region, status: 'OUTDATED', detail: 'FAILED', reason })),
  );
  const verdicts = [
    ...(await forwarders.run(look({ accounts: async () => accounts, instances: async () => instances }, { regions }))),
    ...(await forwarders.run(look({ accounts: async () => accounts, instances: async () => [] }, { regions }))),
  ].filter(({ status }) => status === 'failed');

  expect(verdicts.map(({ saw }) => saw.kind)).toEqual(['forwarders-broken', 'accounts-uncovered']);
  for (const verdict of verdicts) {
    expect(JSON.stringify(inBrief(verdict)).length).toBeLessThan(100_000);
    expect(verdictInWords(inBrief(verdict), healthEn)).toBe(verdictInWords(verdict, healthEn));
  }
});

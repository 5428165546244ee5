import { Total } from '../../scan/log-files/total';

test('says how far it is, how fast, and what is left', () => {
  const total = new Total(1_200, [], 0);
  total.add({ files: 300, bytes: 450_000_000, problems: [] });

  expect(total.words()).toMatch(/^\[#####-{15}\] 25 % of 1,200 files, [\d,.]+ MB\/s, \d+ (s|min) left$/);
  expect(total.reading(false).read).toBe('300 files, 450 MB unzipped');
});

import { measureScan } from '../../bench/scan';

test('measures the scan against unzipping, and whole processes against each other', async () => {
  const rows = await measureScan({ files: 40, recordsPerFile: 300, names: 1 }, 1);

  const names = rows.map(({ what }) => what);
  expect(names).toEqual(expect.arrayContaining(['scan over unzipping', 'two threads over one', 'trailmend scan']));
  expect(rows.filter(({ value }) => !(value > 0))).toEqual([]);
});

import { S3Client } from '@aws-sdk/client-s3';
import { archiveOf } from '../../sandbox/cloudtrail/archive';
import { addOrganizationTrail } from '../../sandbox/doctor';
import { ORGANIZATION_ID } from '../../sandbox/organization/accounts';
import { Archive } from '../../scan/athena/archive';
import { measure } from '../../scan/athena/measure';
import { costText, sizeText } from '../../scan/athena/size';
import { openLocalAws } from '../sandbox/local-aws';
import { fixtureFolders, fixturesOf } from '../support/fixtures';

const aws = openLocalAws();
const DAYS = { first: '2026/11/02', last: '2026/11/03' };

async function open() {
  const sandbox = await aws.open();
  addOrganizationTrail(sandbox);
  for (const { event } of fixtureFolders.flatMap((each) => fixturesOf(each))) {
    sandbox.emit(event as Parameters<typeof sandbox.emit>[0]);
  }
  const url = `s3://example-audit-logs/AWSLogs/${ORGANIZATION_ID}/`;
  const archive = new Archive(new S3Client(aws.settings()), url, new AbortController().signal);
  const { accounts, regions } = sandbox.organization;
  const places = accounts.flatMap((account) => regions.map((region) => ({ account, region })));
  const files = archiveOf(sandbox.organization, sandbox.history).filter(({ key }) => key.includes(ORGANIZATION_ID));
  return { archive, places, files };
}

test('adds up the files of the days, and no others', async () => {
  const { archive, places, files } = await open();
  const sizes = files.filter(({ key }) => /\/2026\/11\/0[23]\//.test(key)).map(({ bytes }) => bytes);

  expect(files.length).toBeGreaterThan(sizes.length - 1);
  expect(await measure(archive, places, DAYS, () => {})).toEqual({
    bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    isEstimate: false,
  });
  expect((await measure(archive, places, { first: '2025/01/01', last: '2026/11/01' }, () => {})).bytes).toBe(0);
});

test('where there are too many files to list, the rest is estimated from those that were', async () => {
  const { archive, places } = await open();
  const seen: number[] = [];
  const { bytes, isEstimate } = await measure(archive, places, DAYS, (_done, sum) => seen.push(sum), 20);

  expect(isEstimate).toBe(true);
  expect(seen.length).toBeLessThan(places.length);
  expect(bytes).toBe(Math.round(((seen.at(-1) ?? 0) / seen.length) * places.length));
});

test('sizes and costs are in words', () => {
  expect([0, 999, 1_500, 12_345_678, 3.2e12, 9e17].map(sizeText)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '12.3 MB',
    '3.2 TB',
    '900 PB',
  ]);
  expect([1e9, 2e12].map(costText)).toEqual(['less than 0.01 USD at 5 USD per TB', 'about 10.00 USD at 5 USD per TB']);
});

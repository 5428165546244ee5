import { progressWords } from '../../../scan/event-history/progress-words';

const region = (name: string, share: number, begunWith = 0) => ({ region: name, begunWith, share });
const MINUTE = 60_000;

test.each([
  [
    [region('us-east-1', 0.375), region('eu-west-1', 0.125)],
    5_000,
    'us-east-1 37 %, eu-west-1 12 %; 12,345 records, 1 incident',
  ],
  [
    [region('us-east-1', 0.5), region('eu-west-1', 0.25)],
    5 * MINUTE,
    'us-east-1 50 %, eu-west-1 25 %; 12,345 records, 1 incident; about 15 min left',
  ],
  [[region('us-east-1', 0.5, 0.4)], 30 * MINUTE, 'us-east-1 50 %; 12,345 records, 1 incident; about 3 h left'],
  [[region('us-east-1', 0.99)], 20_000, 'us-east-1 99 %; 12,345 records, 1 incident; less than a minute left'],
  [
    [region('us-east-1', 0.5), region('eu-west-1', 0)],
    MINUTE,
    'us-east-1 50 %, eu-west-1 0 %; 12,345 records, 1 incident',
  ],
  [
    [0.9, 1, 0.1, 0.2, 0.3].map((share, at) => region(`r${at}`, share)),
    5_000,
    '1 of 5 Regions read, r2 10 %, r3 20 %, r4 30 %; 12,345 records, 1 incident',
  ],
])('%#: %j', (regions, elapsedMs, words) => {
  expect(progressWords({ regions, elapsedMs, records: 12_345, incidents: 1 })).toBe(words);
});

import { classify } from '../../lambda/classify';
import {
  DENIAL_CODES,
  MISSING_ROLE_CODES,
  ORGANIZATION_CODES,
  THROTTLING_CODES,
} from '../../lambda/denial/error-codes';
import { parseEvent } from '../../lambda/denial/parse-event';
import { select } from '../../sandbox/athena/select';
import { readTableDefinition } from '../../sandbox/athena/table-definition';
import type { Row } from '../../scan/athena/columns';
import { FORMS, literal } from '../../scan/athena/literal';
import { recordOf } from '../../scan/athena/record-of';
import { createTableSql, daysOf, OWN_PARTITIONS, refusalsSql } from '../../scan/athena/sql';
import { event } from '../fuzz/events';
import { randomOf } from '../fuzz/random';
import { fixtureEvent, fixtureFolders, fixturesOf } from '../support/fixtures';

const NAME = { database: 'default', table: 'trailmend_cloudtrail' };
const ARCHIVE = 's3://example-audit-logs/prefix/AWSLogs/o-examplesandbox/';
const FOLDER = `${ARCHIVE}111122223333/CloudTrail/us-east-1`;
const table = readTableDefinition(createTableSql(NAME, ARCHIVE));

/** All of time: what is asked here is which records are refusals. */
const EVER = {
  since: Date.parse('2013-11-01'),
  until: Date.parse('2038-01-01'),
  accounts: ['111122223333'],
  regions: ['us-east-1'],
  isAll: true,
};

const KNOWN = { managementAccount: '111122223333', responderRole: null, canaryRole: null };

function findingOf(record: unknown) {
  return classify(parseEvent(record, KNOWN.managementAccount), KNOWN);
}

/** The rows that the query answers, by the place of their record in the list. */
async function rowsOf(records: readonly unknown[], bounds = EVER): Promise<Map<number, Row>> {
  const sql = refusalsSql(NAME, OWN_PARTITIONS, bounds).replace('SELECT', 'SELECT "$path" AS path,');
  const files = records.map((record, at) => ({ url: `${FOLDER}/2026/11/02/${at}`, bytes: 1, records: [record] }));
  const { columns, rows } = await select(sql, table, files);
  return new Map(
    rows.map(([path, ...values]) => {
      const row = Object.fromEntries(values.map((value, at) => [columns[at + 1] ?? '', value]));
      return [Number(path?.split('/').at(-1)), row as Row];
    }),
  );
}

const fixtures = fixtureFolders.flatMap((folder) => fixturesOf(folder)).map((fixture) => Object(fixture.event).detail);

test('of the fixtures the query answers exactly the refused calls, and each makes the same finding', async () => {
  const rows = await rowsOf(fixtures);
  const refused = fixtures.flatMap((record, at) => (parseEvent(record).kind === 'denial' ? [at] : []));

  expect(refused.length).toBeGreaterThan(25);
  expect([...rows.keys()].sort((one, other) => one - other)).toEqual(refused);
  for (const at of refused) {
    expect(findingOf(recordOf(rows.get(at) as Row))).toEqual(findingOf(fixtures[at]));
  }
});

/**
 * Members that are texts in every record of CloudTrail. The table has texts only, so where a made-up record has something else
 * the two records differ.
 */
const TEXTS = ['eventID', 'sharedEventID', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'recipientAccountId'];
const MORE_TEXTS = ['sourceIPAddress', 'errorCode', 'errorMessage'];
const IDENTITY_TEXTS = ['type', 'arn', 'accountId', 'principalId', 'invokedBy'];

function isTyped(record: unknown): boolean {
  const of = Object(record);
  // Half a character, which no engine takes for text.
  if (/\\ud[89a-f]/.test(JSON.stringify(of))) return false;
  const identity = Object(of.userIdentity);
  const isText = (value: unknown) => value === undefined || value === null || typeof value === 'string';
  return (
    !Number.isNaN(Date.parse(of.eventTime ?? '2026-11-02')) &&
    [...TEXTS, ...MORE_TEXTS].every((name) => isText(of[name])) &&
    IDENTITY_TEXTS.every((name) => isText(identity[name])) &&
    isText(Object(Object(identity.sessionContext).sessionIssuer).arn) &&
    isText(Object(identity.onBehalfOf).userId) &&
    isText(Object(of.addendum).originalEventID) &&
    (of.readOnly === undefined || of.readOnly === null || typeof of.readOnly === 'boolean') &&
    (of.resources ?? []).every?.((entry: unknown) => isText(Object(entry).ARN) && isText(Object(entry).arn))
  );
}

test('of thousands of made-up records, hostile ones too, no refused call is missed, and findings are the same', async () => {
  const records = Array.from({ length: 4_000 }, (_, at) => Object(event(randomOf(20261129, at))).detail).filter(
    isTyped,
  );
  const rows = await rowsOf(records);
  const refused = records.flatMap((record, at) => (parseEvent(record).kind === 'denial' ? [at] : []));
  const missed = refused.filter((at) => !rows.has(at));
  const different = refused.filter((at) => {
    const row = rows.get(at);
    return row && JSON.stringify(findingOf(recordOf(row))) !== JSON.stringify(findingOf(records[at]));
  });

  expect(refused.length).toBeGreaterThan(1_000);
  expect(missed.map((at) => records[at])).toEqual([]);
  expect(different.map((at) => records[at]).slice(0, 3)).toEqual([]);
  expect(rows.size - refused.length).toBeLessThan(refused.length / 20);
});

test('unless all are wanted, only calls are answered that a case may take, and none of those is missed', async () => {
  const made = Array.from({ length: 2_000 }, (_, n) => Object(event(randomOf(20261130, n))).detail).filter(isTyped);
  const records = [...fixtures, ...made];
  const rows = await rowsOf(records, { ...EVER, isAll: false });
  const all = await rowsOf(records);
  const taken = records.flatMap((record, n) => {
    const { case: id, denial } = findingOf(record);
    return denial !== null && id !== 'not-covered' ? [n] : [];
  });

  expect(taken.length).toBeGreaterThan(400);
  expect(taken.filter((n) => !rows.has(n))).toEqual([]);
  expect(rows.size).toBeLessThan(all.size - 50);
});

/** Codes of every kind, with and without what services write around them, and some that only look alike. */
const CODES = [
  ...[
    ...DENIAL_CODES.prefixes,
    ...DENIAL_CODES.suffixes,
    ...MISSING_ROLE_CODES,
    ...ORGANIZATION_CODES,
    ...THROTTLING_CODES,
  ],
  ...[
    'InsufficientS3BucketPolicy',
    'InsufficientEncryptionPolicy',
    'InsufficientPolicy',
    'Insufficient',
    'BucketPolicy',
  ],
  ...['InvalidCloudWatchLogsRoleArn', 'InvalidArn', 'CloudTrailARNInvalid', 'TrailNotFound', 'accessdenied', ''],
].flatMap((code) => [code, `${code}Exception`, `Client.${code}`, `${code}.Suffix`]);

const MESSAGES = [
  null,
  'Access denied. Check the trust relationships for your role.',
  'AccountID in ARN is wrong.',
  'User: x is not authorized to perform: s3:GetObject on resource: y',
  'User: x is not\nauthorized  to perform: s3:GetObject',
  'User: x Is Not Authorized To perform: s3:GetObject',
  'Cross-account pass role is not allowed.',
  'You are not allowed.',
];

test('of codes and messages of every kind, and of services, exactly the refusals are answered', async () => {
  const record = Object(fixtureEvent('cloudtrail-action-denied/takes--get-trail-status')).detail;
  const records = ['cloudtrail.amazonaws.com', 'iam.amazonaws.com', 'CloudTrail:x'].flatMap((eventSource) =>
    CODES.flatMap((errorCode) => MESSAGES.map((errorMessage) => ({ ...record, eventSource, errorCode, errorMessage }))),
  );
  const rows = await rowsOf(records);
  const refused = records.flatMap((each, n) => (parseEvent(each).kind === 'denial' ? [n] : []));
  const wordsOf = (n: number) => [records[n].eventSource, records[n].errorCode, records[n].errorMessage].join(' | ');

  expect(refused.length).toBeGreaterThan(500);
  expect(refused.length).toBeLessThan(records.length - 500);
  expect([...rows.keys()].sort((one, other) => one - other).map(wordsOf)).toEqual(refused.map(wordsOf));
});

const at = (eventTime: string | null) => ({
  ...Object(fixtureEvent('cloudtrail-action-denied/takes--get-trail-status')).detail,
  eventTime,
});

test('only what happened within the bounds is answered, to the second, and what says no time', async () => {
  const records = [
    at('2026-11-01T23:59:59Z'),
    at('2026-11-02T00:00:00Z'),
    at('2026-11-02T05:59:59Z'),
    at('2026-11-02T06:00:00Z'),
    at(null),
  ];
  const rows = await rowsOf(records, {
    ...EVER,
    since: Date.parse('2026-11-02T00:00:00.500Z'),
    until: Date.parse('2026-11-02T06:00:00Z'),
  });

  expect([...rows.keys()].sort()).toEqual([1, 2, 4]);
});

test('files of the day after the last are read too, and of no day before the first', () => {
  const since = Date.parse('2026-11-02T10:00:00Z');

  expect(daysOf({ since, until: Date.parse('2026-11-05T00:00:00Z') })).toEqual({
    first: '2026/11/02',
    last: '2026/11/05',
  });
  expect(daysOf({ since, until: Date.parse('2026-11-05T00:00:01Z') }).last).toBe('2026/11/06');
});

test('a table of your own may be partitioned otherwise: accounts and Regions are then looked for in the records', () => {
  const ofOneAccount = refusalsSql(NAME, ['timestamp'], EVER);
  const byHand = refusalsSql(NAME, ['account', 'region', 'year', 'month', 'day'], EVER);

  expect(ofOneAccount).toContain("(recipientaccountid IS NULL OR recipientaccountid IN ('111122223333'))");
  expect(ofOneAccount).toContain("(awsregion IS NULL OR awsregion IN ('us-east-1'))");
  expect(byHand).toContain(`concat("year", '/', "month", '/', "day") >= '2013/11/01'`);
  expect(byHand).toContain(`"account" IN ('111122223333')`);
});

test("a table that AWS's own example makes, of one account and Region, is asked by its days alone", async () => {
  const place = 's3://example-audit-logs/AWSLogs/111122223333/CloudTrail/us-east-1';
  const documented = createTableSql(NAME, ARCHIVE)
    .replace(/PARTITIONED BY .*/, 'PARTITIONED BY (`timestamp` STRING)')
    .replace(/ {2}'projection\.(?:account|region)\.type'.*\n/g, '')
    .replace(/LOCATION '.*'/, `LOCATION '${place}'`)
    .replace(/'storage.location.template' = '.*'/, `'storage.location.template' = '${place}/$\{timestamp}'`);
  const files = fixtures.map((record, n) => ({ url: `${place}/2026/11/02/${n}`, bytes: 1, records: [record] }));
  const ours = { ...EVER, regions: ['us-east-1', 'eu-west-1'] };
  const { rows } = await select(refusalsSql(NAME, ['timestamp'], ours), readTableDefinition(documented), files);
  const refused = fixtures.filter(
    (record) =>
      parseEvent(record).kind === 'denial' &&
      ours.regions.includes(record.awsRegion) &&
      ours.accounts.includes(record.recipientAccountId),
  );

  expect(refused.length).toBeGreaterThan(5);
  expect(rows).toHaveLength(refused.length);
});

test.each([
  ['a database', () => createTableSql({ ...NAME, database: 'a`; DROP TABLE x' }, ARCHIVE)],
  ['a table', () => refusalsSql({ ...NAME, table: 'x" WHERE 1=1 --' }, OWN_PARTITIONS, EVER)],
  ['an account', () => refusalsSql(NAME, OWN_PARTITIONS, { ...EVER, accounts: ["1' OR '1'='1"] })],
  ['a Region', () => refusalsSql(NAME, OWN_PARTITIONS, { ...EVER, regions: ["us-east-1') OR ('a'='a"] })],
  ['a place', () => createTableSql(NAME, "s3://bucket/AWSLogs/'; DROP TABLE x; --/AWSLogs/")],
  ['a place with a template', () => createTableSql(NAME, 's3://bucket/$'.concat('{account}/AWSLogs/'))],
])('%s that is none becomes no part of SQL', (_what, make) => {
  expect(make).toThrow('must not become part of SQL');
});

test('texts are quoted', () => {
  expect(literal("it's")).toBe("'it''s'");
});

test('archives with and without a prefix, of an organization and of an account', () => {
  const places = ['s3://my-bucket/AWSLogs/', 's3://my-bucket/a/b/AWSLogs/o-abc1234567/', 's3://b.u-c/AWSLogs/AWSLogs/'];

  expect(places.filter((place) => !FORMS.archive.test(place))).toEqual([]);
  expect(
    ['s3://my-bucket/', 's3://My_Bucket/AWSLogs/', 's3://b/AWSLogs/'].filter((place) => FORMS.archive.test(place)),
  ).toEqual([]);
});

test('an unknown column, and a definition that reads something else, fail as in Athena', async () => {
  const sql = refusalsSql(NAME, OWN_PARTITIONS, EVER);

  await expect(select(sql.replace('eventname', 'eventnam'), table, [])).rejects.toThrow(
    "COLUMN_NOT_FOUND: line 1:1: Column 'eventnam'",
  );
  await expect(select(sql.replace('"region" IN', '"region" >'), table, [])).rejects.toThrow('CONSTRAINT_VIOLATION');
  expect(() => readTableDefinition(createTableSql(NAME, ARCHIVE).replace('JsonSerDe', 'OpenXJsonSerDe'))).toThrow(
    'FAILED',
  );
});

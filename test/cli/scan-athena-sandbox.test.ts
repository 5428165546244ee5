import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveOf } from '../../sandbox/cloudtrail/archive';
import { addOrganizationTrail } from '../../sandbox/doctor';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { HUB, ORGANIZATION_ID } from '../../sandbox/organization/accounts';
import { type Identity, roleSession } from '../../sandbox/organization/identity';
import { Sandbox } from '../../sandbox/sandbox';
import { appOf } from '../sandbox/local-aws';
import { admitTo } from '../support/call-sandbox';
import { fixtureFolders, fixturesOf } from '../support/fixtures';
import { runCli } from '../support/run-cli';

const ARCHIVE = `s3://example-audit-logs/AWSLogs/${ORGANIZATION_ID}/`;
const RESULTS = 's3://example-results/athena/';
/** What docs/scan.md says that this takes. */
const ACTIONS = [
  'athena:StartQueryExecution',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:StopQueryExecution',
  'glue:GetDatabase',
  'glue:GetTable',
  'glue:GetPartitions',
  'glue:CreateTable',
  's3:ListBucket',
  's3:GetObject',
  's3:PutObject',
  's3:GetBucketLocation',
];
const ASKED = ['scan', '--athena', '--archive', ARCHIVE, '--output', RESULTS, '--since', '2026-10-01'];

let sandbox: Sandbox;
const admit = admitTo(() => sandbox);
let folder: string;
let faults: FaultPlan;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-athena-'));
  faults = new FaultPlan([]);
  const source = { take: (...asked: Parameters<FaultPlan['take']>) => faults.take(...asked) };
  sandbox = await Sandbox.open(appOf({ Resources: {} }), { faults: source });
  addOrganizationTrail(sandbox);
  for (const { event } of fixtureFolders.flatMap((each) => fixturesOf(each))) {
    sandbox.emit(event as Parameters<Sandbox['emit']>[0]);
  }
  admit(analyst());
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

function analyst(without: readonly string[] = []): Identity {
  const allowed = ACTIONS.filter((action) => !without.includes(action));
  return roleSession(HUB.account, 'Analyst', 'ana', { allowed });
}

/** What the same log files say when they are read here. */
async function scanFiles(args: readonly string[]) {
  const files = archiveOf(sandbox.organization, sandbox.history)
    .filter(({ key }) => key.includes(ORGANIZATION_ID))
    .map(({ key, records }) => {
      const path = join(folder, key.replaceAll('/', '_').replace(/\.gz$/, ''));
      writeFileSync(path, JSON.stringify({ Records: records }));
      return path;
    });
  return runCli(['scan', ...args, ...files]);
}

test('finds what the same log files say when they are read here', async () => {
  const files = await scanFiles(['--json', '--ignored', '--since', '2026-10-01']);
  const { code, out, err } = await runCli([...ASKED, '--create-table', '--json', '--ignored']);

  expect(files.out.split('\n').length).toBeGreaterThan(15);
  expect(out).toBe(files.out);
  expect(code).toBe(0);
  expect(err).toMatch(
    /^Athena would scan [\d.]+ kB \(less than 0\.01 USD at 5 USD per TB\): log files of 4 accounts and 3 Regions, /,
  );
  expect(err).toMatch(/Athena scanned [\d.]+ kB of log files \(less than 0\.01 USD at 5 USD per TB\)\./);
});

test('what it says that it would scan is what it scans', async () => {
  // The calls of the scan itself are recorded while it runs, and delivered at once here.
  const { out, err } = await runCli([...ASKED, '--create-table', '--until', '2026-11-10']);

  const [, would] = /would scan ([\d.]+ kB)/.exec(err) ?? [];
  expect(would).toBeDefined();
  expect(out).toContain(`Athena scanned ${would}`);
});

test('accounts, Regions and days bound what is read', async () => {
  await runCli([...ASKED, '--create-table']);
  const { err, out } = await runCli([
    ...ASKED,
    '--account',
    HUB.account,
    '--region',
    'us-east-1',
    '--until',
    '2026-11-03',
    '--json',
  ]);

  expect(err).toContain('log files of 1 account and 1 Region, delivered from 2026/10/01 to 2026/11/03');
  const places = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).denial);
  expect(new Set(places.map(({ account, region }) => `${account} ${region}`))).toEqual(
    new Set([`${HUB.account} us-east-1`]),
  );
});

test('without --since a query goes back 90 days, and says so', async () => {
  const { out } = await runCli(['scan', '--athena', '--archive', ARCHIVE, '--output', RESULTS, '--create-table']);

  expect(out).toMatch(/Without --since only 90 days were read, from \d{4}-\d\d-\d\d on\./);
});

test('without the archive, accounts are those of the organization, and the size is not known', async () => {
  await runCli([...ASKED, '--create-table']);
  admit(roleSession(HUB.account, 'Admin', 'alex', { allowed: ['*'] }));
  const questions: string[] = [];
  const confirm = async (question: string) => questions.push(question) > 0;
  const asked = ['scan', '--athena', '--output', RESULTS, '--region', 'us-east-1', '--since', '2026-10-01'];
  const { code, err } = await runCli(asked, { confirm });

  expect(code).toBe(0);
  expect(err).toContain('log files of 13 accounts and 1 Region,');
  expect(err).toContain('Their size is not known: that takes --archive');
  expect(questions).toEqual(['Run the query?']);
});

test('above the limit it asks, and a no reads nothing', async () => {
  const asked = [...ASKED, '--create-table', '--most-bytes', '10B'];
  const yes = await runCli(asked, { confirm: async () => true });
  const no = await runCli(asked, { confirm: async () => false });
  const nobody = await runCli(asked);
  const agreed = await runCli([...asked, '--yes']);

  expect(yes.code).toBe(0);
  expect(no).toMatchObject({ code: 3, out: expect.stringContaining('No incidents.') });
  expect(no.err).toContain('trailmend: Athena: nothing was read, since the query was not agreed to');
  expect(nobody.code).toBe(2);
  expect(nobody.err).toContain(
    'that is more than 10 bytes, and there is no terminal to ask on: give --yes, or a larger --most-bytes.',
  );
  expect(agreed.code).toBe(0);
  expect([...sandbox.athena.executions.values()].filter(({ sql }) => sql.startsWith('SELECT'))).toHaveLength(2);
});

test('where nobody may look at the sizes it asks, and says why', async () => {
  await runCli([...ASKED, '--create-table']);
  admit(analyst(['s3:ListBucket']));
  const { code, err } = await runCli([...ASKED, '--account', HUB.account, '--region', 'us-east-1']);

  expect(code).toBe(2);
  expect(err).toContain('Their size is not known: that takes --archive, and s3:ListBucket on its bucket.');
  expect(err).toContain('how much that is cannot be measured, and there is no terminal to ask on');
});

test('who may neither list the archive nor the accounts is told to name them', async () => {
  admit(analyst(['s3:ListBucket']));

  const accounts = await runCli(ASKED);
  expect(accounts).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the accounts are not known: name them with --account/),
  });
  const regions = await runCli([...ASKED, '--account', HUB.account]);
  expect(regions).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the Regions are not known: name them with --region/),
  });
});

test('--print-sql calls nobody, and what it shows is what runs', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  const bounds = ['--account', HUB.account, '--region', 'us-east-1', '--until', '2026-11-03'];
  const { code, out } = await runCli([...ASKED, ...bounds, '--print-sql']);
  const [create, select] = out.trimEnd().split(/;\n*/);
  admit(analyst());
  await runCli([...ASKED, ...bounds, '--create-table']);

  expect(code).toBe(0);
  expect([...sandbox.athena.executions.values()].map(({ sql }) => sql)).toEqual([create, select]);
  expect((await runCli([...ASKED, '--print-sql'])).err).toContain('name them with --account and --region');
  const withoutArchive = ['scan', '--athena', '--account', HUB.account, '--region', 'us-east-1', '--print-sql'];
  expect((await runCli(withoutArchive)).out).toMatch(/^-- Give --archive .*\n\nSELECT/);
});

test('Ctrl-C stops the query, in Athena too', async () => {
  await runCli([...ASKED, '--create-table']);
  sandbox.athena.isEndless = true;
  const watching = setInterval(() => {
    if ([...sandbox.athena.executions.values()].some(({ state }) => state === 'RUNNING')) process.emit('SIGINT');
  }, 20);
  const { code, out } = await runCli(ASKED).finally(() => clearInterval(watching));

  expect(code).toBe(130);
  expect(out).toContain('Ended before everything was read.');
  expect([...sandbox.athena.executions.values()].map(({ state }) => state)).toEqual([
    'SUCCEEDED',
    'SUCCEEDED',
    'CANCELLED',
  ]);
});

test('Ctrl-C while the answer is read ends the command, and says what it cost', async () => {
  await runCli([...ASKED, '--create-table']);
  faults = new FaultPlan(['athena:GetQueryResults=timeout']);
  const take = faults.take.bind(faults);
  faults.take = (...asked) => {
    const fault = take(...asked);
    if (fault === 'timeout') setTimeout(() => process.emit('SIGINT'), 50);
    return fault;
  };
  const { code, out } = await runCli(ASKED);

  expect(code).toBe(130);
  expect(out).toMatch(
    /Read 0 records that Athena found.*\nEnded before everything was read\.\nAthena scanned [\d.]+ kB/s,
  );
});

test('an answer that is lost starts no second query, and throttling is waited out', async () => {
  await runCli([...ASKED, '--create-table']);
  faults = new FaultPlan([
    'athena:StartQueryExecution=lost',
    'athena:GetQueryExecution=throttle',
    's3:ListObjectsV2=throttle',
  ]);
  const { code, out } = await runCli(ASKED);

  expect(code).toBe(0);
  expect(out).toContain('Read 27 records that Athena found: ');
  expect([...sandbox.athena.executions.values()].filter(({ sql }) => sql.startsWith('SELECT'))).toHaveLength(2);
});

test('a query that cannot be watched is stopped: it would cost, and nobody would see its answer', async () => {
  await runCli([...ASKED, '--create-table']);
  sandbox.athena.isEndless = true;
  admit(analyst(['athena:GetQueryExecution']));
  const { code, err } = await runCli(ASKED);

  expect(code).toBe(1);
  expect(err).toMatch(/athena:GetQueryExecution/);
  expect([...sandbox.athena.executions.values()].at(-1)?.state).toBe('CANCELLED');
});

test.each([
  ['no table', ASKED, [], /there is no table trailmend_cloudtrail in database default: create it with --create-table/],
  ['no database', [...ASKED, '--database', 'other'], [], /there is no database other: create it in Athena/],
  ['no right to the table', ASKED, ['glue:GetTable'], /glue:GetTable on the table|glue:GetTable was refused/],
  ['no right to write', ASKED, ['s3:PutObject'], /s3:PutObject was refused/],
  ['no right to ask', ASKED, ['athena:StartQueryExecution'], /AccessDeniedException.*athena:StartQueryExecution/],
  ['no such workgroup', [...ASKED, '--workgroup', 'none'], [], /workgroup none cannot be used: check --workgroup/],
  ['no such bucket', ASKED.map((arg) => arg.replace('example-audit', 'example-other')), [], /NoSuchBucket/],
])('%s is said in one line with what to do', async (_what, args, without, said) => {
  admit(analyst(without));
  const { code, err } = await runCli(args);

  expect(code).toBe(1);
  expect(err).toMatch(said);
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^trailmend: /);
});

test('an archive that is named without the id of its organization is named with it', async () => {
  const { trails } = sandbox.organization;
  trails.forEach((trail, arn) => void (trail.isOrganizationTrail || trails.delete(arn)));
  const { code, err } = await runCli(ASKED.map((arg) => arg.replace(`${ORGANIZATION_ID}/`, '')));

  expect(code).toBe(1);
  expect(err).toContain(`it is that of an organization: give --archive ${ARCHIVE}`);
});

test('without a place for results it says how to give one; the workgroup may say it', async () => {
  const asked = ['scan', '--athena', '--archive', ARCHIVE, '--create-table', '--since', '2026-10-01'];
  const without = await runCli(asked);
  sandbox.athena.workgroups.set('audit', RESULTS);
  const withOne = await runCli([...asked, '--workgroup', 'audit']);

  expect(without.err).toContain(
    'workgroup primary has no place for results: give one with --output s3://bucket/prefix/.',
  );
  expect(withOne.code).toBe(0);
});

test.each([
  [['--athena', 'file.json.gz'], /--athena reads no files: leave out file\.json\.gz, or --athena/],
  [['--athena'], /--athena needs --archive, where the Regions can be seen, or the Regions with --region/],
  [['--archive', ARCHIVE], /--archive s3:\S+ means something with --athena only/],
  [['--print-sql', 'logs'], /--print-sql means something with --athena only/],
  [
    ['--athena', '--archive', ARCHIVE, '--resume', 'state.json'],
    /--resume state\.json means something with --aws only/,
  ],
  [['--athena', '--aws'], /cannot be used with option/],
  [['--athena', '--archive', ARCHIVE, '--table', 'x" WHERE 1=1 --'], /--table .* is no name/],
  [['--athena', '--archive', ARCHIVE, '--database', 'a;b'], /--database a;b is no name/],
  [['--athena', '--archive', "s3://bucket/AWSLogs/'/AWSLogs/"], /is no archive of CloudTrail/],
  [['--athena', '--archive', 'https://bucket/AWSLogs/'], /is no archive of CloudTrail/],
  [['--athena', '--region', "us-east-1'"], /is no Region/],
  [['--athena', '--archive', ARCHIVE, '--account', "1' OR '1'='1"], /--account .* is no account/],
  [['--athena', '--archive', ARCHIVE, '--most-bytes', 'much'], /--most-bytes much is no size/],
  [['--athena', '--archive', ARCHIVE, '--output', 'results'], /--output results is no place in S3/],
  [['--athena', '--archive', ARCHIVE, '--workgroup', 'a b'], /--workgroup a b is no name/],
  [['--athena', '--archive', ARCHIVE, '--partitions', 'region'], /--partitions names no days/],
  [['--athena', '--region', 'us-east-1', '--create-table'], /--create-table needs --archive/],
])('misuse %j ends with 2 and what to do', async (args, said) => {
  const { code, err } = await runCli(['scan', ...args]);

  expect(code).toBe(2);
  expect(err).toMatch(said);
  expect(sandbox.athena.executions.size).toBe(0);
});

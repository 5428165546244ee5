import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSIONS } from '../../lambda/audit/versions';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { addOrganizationTrail } from '../../sandbox/doctor';
import type { Asking, Fault } from '../../sandbox/endpoint/faults';
import { HUB } from '../../sandbox/organization/accounts';
import { iamUser, roleSession } from '../../sandbox/organization/identity';
import { Sandbox } from '../../sandbox/sandbox';
import { apiCallEvent } from '../../sandbox/scenario/record';
import { REAL_TIME, type Time } from '../../scan/time';
import { inProcess } from '../sandbox/play';
import { admitTo } from '../support/call-sandbox';
import { runCli } from '../support/run-cli';

const MINUTE = 60_000;
const IRELAND = 'eu-west-1';
const reader = roleSession(HUB.account, 'Auditor', 'alex', { allowed: ['cloudtrail:LookupEvents', 'dynamodb:*'] });

let app: Synthesis;
let sandbox: Sandbox;
const admit = admitTo(() => sandbox);
let folder: string;
let until: string;

/** Which calls of CloudTrail meet which fault, and when they came by the time of the scan. */
let faultOf: (region: string, at: number) => Fault | null;
let asked: { region: string; at: number; input: Asking['input'] }[];
let time: Time;

beforeAll(async () => {
  app = await synthesize({ emails: ['platform-team@example.com'], remediation: 'auto', locale: 'en' });
  sandbox = await Sandbox.open(app, { faults: { take }, startFunction: inProcess });
  addOrganizationTrail(sandbox);
  const now = sandbox.clock.now();
  for (let at = 0; at < 75; at += 1) refuse('us-east-1', `pipeline-${at % 3}`, now - at * 20 * MINUTE);
  for (let at = 0; at < 60; at += 1) refuse(IRELAND, `pipeline-${at % 2}`, now - at * 30 * MINUTE);
  refuse('us-east-1', 'helpdesk', now - 40 * MINUTE, {
    service: 'iam',
    operation: 'CreatePolicy',
    on: 'CloudTrailReaders',
  });
  refuse('us-east-1', 'helpdesk', now - 50 * MINUTE, { service: 's3', operation: 'ListBucket', on: 'holidays' });
  await sandbox.settle();
  sandbox.clock.advanceMinutes(2);
  // The sandbox records the calls of each scan: none of them is to be in the next one.
  until = new Date(sandbox.clock.now() - MINUTE).toISOString();
});

afterAll(async () => {
  await sandbox.close();
  await app.remove();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scan-aws-'));
  faultOf = () => null;
  asked = [];
  time = passing();
  admit(reader);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function take({ service, operation, region, input }: Asking): Fault | null {
  if (operation !== 'LookupEvents') return service === 'sts' ? faultOf('sts', 0) : null;
  asked.push({ region, at: time.now(), input });
  return faultOf(region, asked.filter((each) => each.region === region).length);
}

/** Time that passes as soon as somebody waits for it. */
function passing(): Time {
  let now = Date.now();
  return {
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
  };
}

type Refused = { service: string; operation: string; on: string };

function refuse(region: string, user: string, at: number, what: Partial<Refused> = {}): void {
  const { service = 'cloudtrail', operation = 'GetTrailStatus', on = 'trail/audit' } = what;
  const who = iamUser(HUB.account, user);
  const action = `${service}:${operation}`;
  const errorMessage = `User: ${who.caller.arn} is not authorized to perform: ${action} on resource: arn:aws:${service}:${region}:${HUB.account}:${on} because no identity-based policy allows the ${action} action`;
  sandbox.emit(apiCallEvent({ at, who, region, service, operation, errorCode: 'AccessDenied', errorMessage }));
}

type Told = { incidentKey: string; count: number; firstSeen: string; lastSeen: string };
type Ended = { code: number; out: string; err: string; incidents: Told[] };

async function trailmend(...args: string[]): Promise<Ended> {
  const ended = await runCli(args, { time });
  const lines = ended.out.split('\n').filter((line) => line.startsWith('{'));
  return { ...ended, incidents: lines.map((line) => JSON.parse(line)) };
}

const scanOf = (regions: readonly string[], ...args: string[]) =>
  trailmend('scan', '--aws', '--region', ...regions, '--until', until, '--json', ...args);
const scan = (...args: string[]) => scanOf(['us-east-1', IRELAND], ...args);
const stateFile = () => join(folder, 'state.json');
const resume = (...args: string[]) => scan('--resume', stateFile(), ...args);
const readSentence = ({ err }: Ended) => /Read .*\n/.exec(err)?.[0];

test('finds the incidents that the service has in its table, with their counts and times', async () => {
  const scanned = await scan();
  const log = await trailmend('log', '--json', '--table', [...sandbox.deployment.tables.keys()][0] ?? '');
  const kept = log.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  const told = scanned.incidents.map(({ incidentKey: key, count, firstSeen, lastSeen }) => {
    return { key, count, firstSeen, lastSeen };
  });
  expect(told).toHaveLength(4);
  expect(new Set(told)).toEqual(
    new Set(kept.map(({ key, count, firstSeen, lastSeen }) => ({ key, count, firstSeen, lastSeen }))),
  );
  expect(scanned.err).toMatch(
    /^Read 1\d\d records of the event history of account 111122223333 in us-east-1, eu-west-1: 4 incidents of 136 refused calls\.\n$/,
  );
  expect(scanned.code).toBe(0);
});

test('asks for each service that the rules hear, by fifties, the Regions side by side', async () => {
  await scan();

  const services = asked
    .filter(({ region }) => region === IRELAND)
    .map(({ input }) => Object(input.LookupAttributes)[0].AttributeValue.replace('.amazonaws.com', ''));
  expect(services).toEqual(['cloudtrail', 'cloudtrail', 'iam', 'config', 'logs', 's3', 'sns', 'kms', 'organizations']);
  expect(
    asked
      .slice(0, 2)
      .map(({ region }) => region)
      .sort(),
  ).toEqual([IRELAND, 'us-east-1']);
});

test.each([
  ['is ended with Ctrl-C', 130, () => void process.emit('SIGINT')],
  ['meets a page that fails for good', 3, () => 'error' as const],
  ['loses its credentials', 3, () => 'expire' as const],
  ['may no longer read', 3, () => 'refuse' as const],
])('a scan that %s goes on where it stopped, and finds what it finds in one go', async (_what, code, end) => {
  const whole = await scan();
  asked = [];
  faultOf = (_region, at) => (at >= 3 && end()) || null;
  const first = await resume();
  const { mode } = await stat(stateFile());
  const answered = asked.length;
  faultOf = () => null;
  const second = await resume();

  expect(first.code).toBe(code);
  expect(first.err).toContain(`What was read is kept in ${stateFile()}: run the same command again to go on.`);
  expect(mode & 0o777).toBe(0o600);
  expect(first.incidents.length).toBeGreaterThan(0);
  expect(second.code).toBe(0);
  expect(second.out).toBe(whole.out);
  expect(readSentence(second)).toBe(readSentence(whole));
  expect(second.err).toMatch(
    /This went on with the scan of account 111122223333 of .* UTC: later calls are not in it\./,
  );
  // Two Regions, of which each has eight passes and one more page: the pages that were read are not read again.
  expect(asked.length - answered).toBeLessThan(18);
});

test('without a file, an interruption shows what was found, and how to keep it the next time', async () => {
  faultOf = (_region, at) => (at === 2 && void process.emit('SIGINT')) || null;
  const { code, err, incidents } = await scan();

  expect(code).toBe(130);
  expect(err).toContain('Ended before everything was read.');
  expect(err).toContain('with --resume FILE, the same command can be run again to go on.');
  expect(incidents.length).toBeGreaterThan(0);
});

test('what is finished is told again without asking AWS, until the file is deleted', async () => {
  const first = await resume();
  asked = [];
  faultOf = () => 'expire';
  const second = await resume();

  expect(second.code).toBe(0);
  expect(second.out).toBe(first.out);
  expect(second.err).toMatch(
    /Taken from .*state\.json, which was finished on .* UTC; AWS was asked nothing\. Delete it to begin anew\./,
  );
  expect(asked).toEqual([]);
});

test('times that count from now count from when the scan began', async () => {
  const ago = ['scan', '--aws', '--since', '50h', '--json', '--resume', stateFile()];
  faultOf = (_region, at) => (at >= 2 ? 'error' : null);
  await trailmend(...ago);
  await time.wait(5 * 60 * MINUTE, new AbortController().signal);
  faultOf = () => null;
  const { code } = await trailmend(...ago);

  expect(code).toBe(0);
  expect(new Set(asked.map(({ input }) => input.StartTime)).size).toBe(1);
});

test.each<[string, string[], string]>([
  [
    'other Regions',
    ['--region', 'eu-central-1'],
    '--region was eu-west-1 us-east-1, now it is eu-central-1 eu-west-1 us-east-1',
  ],
  ['another period', ['--since', '2026-11-01'], '--since was not given, now it is '],
  ['other cases', ['--case', 'pass-role-denied'], '--case was not given, now it is pass-role-denied'],
  ['other accounts', ['--account', '333344445555'], '--account was not given, now it is 333344445555'],
  ['ignored calls', ['--ignored'], '--ignored was false, now it is true'],
  ['another management account', ['--management-account', '333344445555'], '--management-account was not given'],
])('a file with a scan of %s is refused', async (_what, args, difference) => {
  const since = new Date(Date.parse(until) - 60 * MINUTE).toISOString();
  faultOf = () => 'refuse';
  await resume();
  const { code, err } = await resume(...args.map((arg) => (arg === '2026-11-01' ? since : arg)));

  expect(code).toBe(2);
  expect(err).toContain(`--resume ${stateFile()} has another scan (${difference}`);
});

test('a file with a scan of another account is refused', async () => {
  faultOf = () => 'refuse';
  await resume();
  admit(roleSession('333344445555', 'Auditor', 'alex', { allowed: ['cloudtrail:LookupEvents'] }));
  const { code, err } = await resume();

  expect(code).toBe(2);
  expect(err).toContain('(the account was 111122223333, now it is 333344445555)');
});

test.each([
  ['no state', '{"Records":[]}', 'is no state of a scan of the event history'],
  ['no JSON', 'x', 'is no state of a scan of the event history'],
  [
    'of another version',
    '{"schema":"trailmend.event-history/1","trailmend":"0.0.9"}',
    'is of Trailmend 0.0.9, and this is ',
  ],
  [
    'of another form',
    '{"schema":"trailmend.event-history/2","trailmend":"9.0.0"}',
    'is of Trailmend 9.0.0, and this is ',
  ],
  ['damaged', JSON.stringify({ schema: 'trailmend.event-history/1', trailmend: VERSIONS.trailmend }), 'is damaged'],
])('a file that is %s is refused, and left as it is', async (_what, text, why) => {
  await writeFile(stateFile(), text);
  const { code, err } = await resume();

  expect(code).toBe(2);
  expect(err).toContain(`trailmend: --resume ${stateFile()} ${why}`);
  expect(await readFile(stateFile(), 'utf8')).toBe(text);
});

test('a file that cannot be written is told before anything is read', async () => {
  const { code, err } = await scan('--resume', join(folder, 'missing', 'state.json'));

  expect(code).toBe(2);
  expect(err).toMatch(/state\.json cannot be written \(ENOENT\): name a file in a folder that you may write to\./);
  expect(asked).toEqual([]);
});

test('a Region that refuses is named with the permission it needs; the others are read', async () => {
  faultOf = (region) => (region === IRELAND ? 'refuse' : null);
  const { code, err, incidents } = await scan();

  expect(code).toBe(3);
  expect(err).toMatch(
    /^trailmend: eu-west-1: AWS refuses the event history: allow the caller cloudtrail:LookupEvents \(User: .*\)$/m,
  );
  expect(incidents).toHaveLength(4);
});

test('throttled, it slows down and goes on', async () => {
  const whole = await scanOf(['us-east-1']);
  asked = [];
  faultOf = (_region, at) => (at >= 2 && at <= 6 ? 'throttle' : null);
  const throttled = await scanOf(['us-east-1']);

  expect(throttled.code).toBe(0);
  expect(throttled.out).toBe(whole.out);
  const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
  expect(gaps.slice(0, 8)).toEqual([550, 1_100, 2_200, 4_400, 8_800, 17_600, 17_600, 8_800]);
});

test('throttled on and on, a Region is given up in the end', async () => {
  faultOf = (region) => (region === IRELAND ? 'throttle' : null);
  const { code, err } = await scan();

  expect(code).toBe(3);
  expect(err).toContain('trailmend: eu-west-1: CloudTrail still throttles');
});

test.each(['sts', 'us-east-1'])('credentials that have expired end it before anything is read (%s)', async (where) => {
  faultOf = (region) => (region === where ? 'expire' : null);
  const { code, out, err } = await trailmend('scan', '--aws');

  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'trailmend: the AWS credentials have expired: log in again\n',
  });
});

test('asks for the period that is wanted, and says what the event history no longer has', async () => {
  const since = new Date(Date.parse(until) - 10 * 60 * MINUTE).toISOString();
  const some = await scan('--since', since);
  const times = new Set(asked.map(({ input: { StartTime, EndTime } }) => `${StartTime} ${EndTime}`));
  asked = [];
  const all = await scan('--since', '2020-01-01');

  expect(times).toEqual(new Set([`${Date.parse(since) / 1_000} ${Date.parse(until) / 1_000}`]));
  expect(some.incidents.every(({ firstSeen }) => firstSeen >= since.slice(0, 19))).toBe(true);
  expect(some.err).not.toContain('90 days');
  expect(all.code).toBe(0);
  expect(all.err).toMatch(/The event history goes back 90 days: nothing before .* UTC was read\./);
  expect(asked.every(({ input }) => input.StartTime === undefined)).toBe(true);
});

test('says where global services are recorded when that is left out; reads the Region of the configuration by default', async () => {
  const ireland = await scanOf([IRELAND]);
  asked = [];
  const home = await trailmend('scan', '--aws', '--json');

  expect(ireland.err).toContain(
    'IAM and Organizations are recorded in us-east-1 only, which was not read: add it to --region.',
  );
  expect(home.err).not.toContain('IAM and Organizations');
  expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
});

test.each<[string[], string]>([
  [['--aws', 'logs/'], '--aws reads no files: leave out logs/, or --aws.'],
  [['--aws', '--region', 'us-east'], '--region us-east is no Region: give names such as us-east-1.'],
  [['--aws', '--region', 'evil.example/x-1'], '--region evil.example/x-1 is no Region'],
  [['--aws', '--region', 'us-east-1', 'cn-north-1'], 'no credentials are valid in aws and in aws-cn'],
  [['--aws', '--until', '2020-01-01'], '--until lies before all that the event history has: it goes back 90 days.'],
  [['--aws', '--since', '2099-01-01'], '--since lies in the future'],
  [['--region', 'us-east-1'], '--region us-east-1 means something with --aws or --athena only'],
  [['--resume', 'state.json', 'logs/'], '--resume state.json means something with --aws only'],
  [[], '--aws or --athena; see scan --help.'],
])('misuse: scan %p', async (args, complaint) => {
  const { code, err } = await trailmend('scan', ...args);

  expect(code).toBe(2);
  expect(err).toContain(complaint);
  expect(asked).toEqual([]);
});

test('keeps its pace by the clock on the wall: never two calls within half a second in a Region', async () => {
  time = REAL_TIME;
  await trailmend('scan', '--aws');
  const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));

  expect(gaps.length).toBeGreaterThanOrEqual(8);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { iamUser } from '../../sandbox/organization/identity';
import { type Paint, paintFor } from '../../sandbox/report/text-layout';
import { run } from '../../sandbox/run';
import { apiCallEvent } from '../../sandbox/scenario/record';

const plain: Paint = (_, text) => text;

let folder: string;
/** What was synthesized, by its settings: most runs have the same. */
const apps = new Map<string, Promise<Synthesis>>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-events-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([...apps.values()].map(async (app) => (await app).remove()));
});

const synthesizeOnce: typeof synthesize = async (settings) => {
  const key = JSON.stringify(settings);
  const app = apps.get(key) ?? synthesize(settings);
  apps.set(key, app);
  return { ...(await app), remove: async () => {} };
};

async function start(...args: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const output = { print: (line: string) => printed.push(line), complain: (line: string) => complaints.push(line) };
  const exitCode = await run(args, output, plain, synthesizeOnce);
  return { exitCode, printed, complaints };
}

const event = (account: string, operation: string, region = 'eu-west-1') =>
  apiCallEvent({
    at: Date.now(),
    who: iamUser(account, 'mateo'),
    region,
    service: 'cloudtrail',
    operation,
    errorCode: 'AccessDenied',
    errorMessage: `User: arn:aws:iam::${account}:user/mateo is not authorized to perform: cloudtrail:${operation} because no identity-based policy allows the cloudtrail:${operation} action`,
  });

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('tells the whole story to a person and ends well', async () => {
  const { exitCode, printed, complaints } = await start();
  const text = printed.join('\n');

  expect([exitCode, complaints]).toEqual([0, []]);
  expect(text).toMatch(/ {3}222233334444 {2}Security, delegated administrator\n/);
  expect(text).toMatch(/and 8 accounts of teams; Regions us-east-1, eu-west-1, eu-central-1\n/);
  expect(text).toMatch(
    /Forwarders: of the management account in eu-west-1, eu-central-1; by the\n {3}StackSet trailmend-forwarders in 12 member accounts, 3 Regions each\./,
  );
  expect(text).toMatch(/probe {5}AWSServiceRoleForCloudTrail created; canary sent in us-east-1, eu-west-1,/);
  expect(text).toMatch(/notice {4}Trailmend: AWSServiceRoleForCloudTrail created before anybody missed it/);
  expect(text).toMatch(/ 2 The delegated administrator cannot create the organization trail\n/);
  expect(text).toMatch(/Role SecurityEngineer \(session kim\) calls cloudtrail:CreateTrail in Security/);
  expect(text).toMatch(
    /NoManagementAccountSLRExistsException\n {15}way {7}by the forwarder of Security \(222233334444\), us-east-1, to the hub\n {15}case {6}missing-service-linked-role, severity high/,
  );
  expect(text).toMatch(/outcome {3}created: AWSServiceRoleForCloudTrail created/);
  expect(text).toMatch(/To: platform-team@example.com, security-oncall@example.com\nSubject: Trailmend: /);
  expect(text).toMatch(/Every event has its audit record; nothing was lost\./);
});

describe('the page about what happened', () => {
  const path = () => join(folder, 'pages', 'review.html');
  const event1 = () => write('one-event.txt', JSON.stringify(event('999988887777', 'GetTrailStatus')));

  test('is written where --review says, and named at the end; notices, links and page are in the language asked for', async () => {
    const { exitCode, printed } = await start('--review', path(), '--locale', 'ja');
    const text = printed.join('\n');

    expect(exitCode).toBe(0);
    expect(text).toContain('次の手順');
    expect(text).not.toContain('Next step');
    expect(text).toContain('https://docs.aws.amazon.com/ja_jp/awscloudtrail/');
    expect(text).toContain(`open ${path()} in a browser.`);
    const page = readFileSync(path(), 'utf8');
    expect(page).toMatch(/<html[^>]* lang="?ja\b/);
    for (const part of ['missing-service-linked-role', 'SecurityEngineer', 'Payments']) expect(page).toContain(part);
  });

  test('is named in a line of --json, and the summary stays last', async () => {
    const { printed } = await start('--json', '--review', path(), '--events', event1());

    expect(printed.slice(-2).map((line) => JSON.parse(line))).toMatchObject([
      { kind: 'review', path: path() },
      { events: 1, incidents: 1, failed: 0 },
    ]);
  });

  test('is not written when nobody says where', async () => {
    const { printed } = await start('--json', '--events', event1());

    expect(printed.map((line) => JSON.parse(line).kind)).not.toContain('review');
  });

  test('stops the run before it begins when it cannot be written', async () => {
    const { exitCode, printed, complaints } = await start('--review', join(event1(), 'review.html'));

    expect([exitCode, printed]).toEqual([2, []]);
    expect(complaints).toEqual([expect.stringMatching(/^--review .*: cannot be written \(E\w+\)\. Name another file/)]);
  });
});

test('with --json prints JSON lines, the summary last', async () => {
  const { exitCode, printed } = await start('--json', '--remediation', 'observe');
  const lines = printed.map((line) => JSON.parse(line));

  expect(exitCode).toBe(0);
  expect(Object.keys(lines.at(-1))).toEqual([
    'events',
    'denials',
    'ignored',
    'incidents',
    'notices',
    'noticesHigh',
    'rolesCreated',
    'failed',
    'ms',
  ]);
  expect(lines.at(-1)).toMatchObject({ failed: 0, rolesCreated: 0 });
  expect(new Set(lines.slice(0, -1).map(({ kind }) => kind))).toContain('audit');
});

test('with --doctor shows what the doctor says about a deployment that is well, and ends as it does', async () => {
  const { exitCode, printed, complaints } = await start('--doctor');
  const text = printed.join('\n');

  expect([exitCode, complaints]).toEqual([0, []]);
  expect(text).toMatch(/Forwarders: of the management account in eu-west-1, eu-central-1/);
  expect(text).toMatch(/ok +Forwarders: all 36 instances of the StackSet are current\./);
  expect(text).toMatch(/ok +Canary 111122223333 eu-central-1: /);
  expect(text).toMatch(/ok +Probe: /);
  expect(text).toMatch(/\d+ ok, 0 failed/);
});

test('replays events of a file, a folder, JSON Lines and our own fixtures', async () => {
  write('one.json', JSON.stringify(event('999988887777', 'GetTrailStatus')));
  write(
    'two.jsonl',
    `${JSON.stringify(event('111122223333', 'StopLogging'))}\n\n${JSON.stringify(event('999988887777', 'ListTrails', 'ap-northeast-1'))}\n`,
  );
  const array = write(
    'three.txt',
    JSON.stringify([{ name: 'a fixture', event: event('999988887777', 'DeleteTrail') }]),
  );
  const { exitCode, printed } = await start('--json', '--events', folder, '--events', array);

  expect(exitCode).toBe(0);
  // Mateo of each account is one incident; two grave calls are told at once, the reads of the first in a digest. The probe
  // has found the role missing and says so.
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({
    events: 4,
    denials: 4,
    incidents: 2,
    notices: 4,
    rolesCreated: 1,
    failed: 0,
  });
});

test('exits with 1 when something fails', async () => {
  const path = write('fails.txt', JSON.stringify(event('999988887777', 'GetTrailStatus')));
  const { exitCode, printed } = await start('--events', path, '--fail', 'dynamodb:UpdateItem=refuse*99');

  expect(exitCode).toBe(1);
  expect(printed.join('\n')).toMatch(/What failed:\n {2}- event .* failed: AccessDenied/);
});

describe('arguments that make no sense', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown option', ['--jsn'], /unknown option '--jsn' .*See npm start -- --help\./],
    ['an unknown mode', ['--remediation', 'off'], /argument 'off' is invalid\. Allowed choices are auto, observe\./],
    ['a doctor with something to play', ['--doctor', '--storm', '100'], /'--doctor' cannot be used with .*--storm/],
    ['a word too many', ['now'], /too many arguments/],
    ['an option without its value', ['--events'], /argument missing/],
    ['a storm too small', ['--storm', '5'], /--storm 5: give a whole number from 100 to 999999/],
    ['a storm of no number', ['--storm', 'big'], /--storm big: give a whole number/],
    [
      'a storm of given events',
      ['--storm', '100', '--events', 'x'],
      /'--storm <count>' cannot be used with .*--events/,
    ],
    ['a bad fault', ['--fail', 'iam'], /--fail iam: this is not a fault\. Write service:Operation=fault\*times/],
    [
      'a file that is not there',
      ['--events', '/nowhere'],
      /--events \/nowhere: cannot be read \(ENOENT\)\. Give a file/,
    ],
  ])('%s is one line that says what to do, and exit code 2', async (_, args, message) => {
    const { exitCode, printed, complaints } = await start(...args);

    expect([exitCode, printed]).toEqual([2, []]);
    expect(complaints).toEqual([expect.stringMatching(message)]);
    expect(complaints[0]).not.toMatch('\n');
  });

  test.each([
    ['text.txt', 'no json', 'line 1 is no JSON'],
    [
      'record.txt',
      '{"eventVersion":"1.11"}',
      'event 1: lacks source, account, region, detail-type, detail. Give the whole event',
    ],
    ['empty.txt', '', 'the file holds no event'],
  ])('a file %s that holds no events is refused by name', async (name, content, message) => {
    const { exitCode, complaints } = await start('--events', write(name, content));

    expect(exitCode).toBe(2);
    expect(complaints[0]).toMatch(name);
    expect(complaints[0]).toMatch(message);
  });
});

test('--help explains the options and the faults', async () => {
  const { exitCode, printed } = await start('--help');

  expect(exitCode).toBe(0);
  for (const part of ['--json', '--events <path>', '--remediation <mode>', '--fail <spec>', 'throttle', 'Exit code']) {
    expect(printed.join('\n')).toMatch(part);
  }
});

test('colours only a terminal, and only if NO_COLOR is not set', () => {
  const red = (isTTY: boolean, environment: NodeJS.ProcessEnv) => paintFor({ isTTY }, environment)('red', 'x');

  expect([red(true, {}), red(false, {}), red(true, { NO_COLOR: '1' })]).toEqual(['\u001b[31mx\u001b[39m', 'x', 'x']);
});

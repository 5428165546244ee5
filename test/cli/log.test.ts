import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Io } from '../../cli/io';
import { type Pause, pauseUntilInterrupted } from '../../cli/pause';
import { Progress } from '../../cli/progress';
import { columns } from '../../lambda/notice/layout';
import { fixtureEvent } from '../support/fixtures';
import { recordingIo, runCli } from '../support/run-cli';
import { refusal, Stage } from '../support/stage';

let stage: Stage;
let folder: string;
const before = { ...process.env };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-log-'));
  stage = await new Stage().open();
  stage.now = Date.now() - 60_000;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: stage.table.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIALOCAL',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

afterEach(async () => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
  await stage.close();
});

const log = (args: readonly string[], io?: Partial<Io>, pause?: Pause) =>
  runCli(['log', ...args], io, undefined, pause);

const happens = (event: Parameters<typeof refusal>[0]) =>
  stage.deliver(refusal({ at: new Date(stage.now).toISOString(), ...event }));

/** One high, told at once; two of another cause, low. */
async function twoIncidents() {
  await happens({ id: 'low-1', user: 'ana', action: 'cloudtrail:GetTrail' });
  await happens({ id: 'low-2', user: 'ana', action: 'cloudtrail:ListTrails' });
  stage.now += 10_000;
  await happens({ id: 'high-1', user: 'ben', action: 'cloudtrail:StopLogging', account: '333344445555' });
}

const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const logLines = () => stage.lines.map((record) => JSON.stringify(record)).join('\n');

describe('the list', () => {
  test('has a line for each incident of the table that it finds by itself, newest first', async () => {
    await twoIncidents();

    const { code, out, err } = await log([]);

    expect([code, err]).toEqual([0, '']);
    const [heads, ...lines] = out.trimEnd().split('\n');
    expect(heads?.split(/ {2,}/)).toEqual([
      'INCIDENT',
      'SEVERITY',
      'STATE',
      'COUNT',
      'LAST SEEN',
      'CASE',
      'ACCOUNT',
      'PRINCIPAL',
      'WHAT',
    ]);
    const minute = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    expect(lines.map((line) => line.split(/ {2,}/).slice(1))).toEqual([
      [
        'high',
        'open',
        '1×',
        minute,
        'cloudtrail-action-denied',
        '333344445555',
        'ben',
        expect.stringMatching(/^StopLogging: No identity-based policy allows it/),
      ],
      [
        'low',
        'open',
        '2×',
        minute,
        'cloudtrail-action-denied',
        '222233334444',
        'ana',
        expect.stringMatching(/^GetTrail, ListTrails: /),
      ],
    ]);
  });

  test.each([30, 60, 80, 120, 200])('fits a terminal of %i columns', async (width) => {
    await twoIncidents();

    const { out } = await log([], { columns: width });

    expect(Math.max(...out.split('\n').map(columns))).toBeLessThanOrEqual(width);
    expect(out).toMatch(/[0-9a-f]{12} {2}high {2}/);
    expect(out.includes('INCIDENT')).toBe(width >= 200);
  });

  test('is narrowed down by options, each of which may name several', async () => {
    await twoIncidents();
    const found = async (...args: string[]) => {
      const { out } = await log(['--json', ...args]);
      return out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).severity);
    };

    expect(await found()).toEqual(['high', 'low']);
    expect(await found('--severity', 'high', '--severity', 'medium')).toEqual(['high']);
    expect(await found('--account', '222233334444', '333344445555')).toEqual(['high', 'low']);
    expect(await found('--principal', 'a*')).toEqual(['low']);
    expect(await found('--case', 'pass-role-denied')).toEqual([]);
    expect(await found('--since', '1m', '--severity', 'low')).toEqual([]);
    expect(await found('--since', '2099-01-01')).toEqual([]);
    expect(await found('--since', '2020-01-01T00:00', '--table', stage.table.name)).toEqual(['high', 'low']);
  });

  test('says when there is nothing', async () => {
    expect(await log([])).toMatchObject({ code: 0, out: 'No incidents since 7d.\n' });
    expect(await log(['--audit', '--since', '1h'])).toMatchObject({ code: 0, out: 'No audit records since 1h.\n' });
    expect(await log(['--json'])).toMatchObject({ code: 0, out: '' });
  });

  test('colours only where there are colours', async () => {
    await twoIncidents();

    expect((await log([], { colours: true, columns: 80 })).out).toContain('\u001b[');
    expect((await log([], { columns: 80 })).out).not.toContain('\u001b');
  });
});

test('what comes from outside moves no terminal, as text or as JSON', async () => {
  const evil = 'a\u001b]0;x\u0007\u009b31m\u202e\nb';
  await happens({ id: 'e', user: evil });
  const [{ key }] = [JSON.parse((await log(['--json'])).out)];

  for (const args of [
    [],
    ['--json'],
    ['--audit'],
    ['--audit', '--json'],
    ['--incident', key],
    ['--incident', key, '--json'],
  ]) {
    const { code, out } = await log(args);
    expect(code).toBe(0);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  expect(JSON.parse((await log(['--json'])).out).principals[0]).toContain(evil);
});

test('audit records are listed, ignored and malformed ones too', async () => {
  await twoIncidents();
  await stage.deliver('no JSON', { id: 'broken' });

  const { out } = await log(['--audit']);
  const lines = out.trimEnd().split('\n');

  expect(lines).toHaveLength(5);
  expect(lines.find((line) => line.includes('message#broken'))).toMatch(
    / malformed {2}.*the message of 7 characters is no JSON/,
  );
  expect(lines.find((line) => line.includes('high-1'))).toMatch(
    / notified {3,}cloudtrail-action-denied {2}333344445555 {2}cloudtrail:StopLogging {2}ben {2,}[0-9a-f]{12} {2}high-1 /,
  );
  const records = (await log(['--audit', '--json', '--severity', 'high'])).out;
  expect(JSON.parse(records)).toMatchObject({ schema: 'trailmend.audit/1', eventId: 'high-1' });
  expect(Math.max(...(await log(['--audit'], { columns: 60 })).out.split('\n').map(columns))).toBeLessThanOrEqual(60);
});

describe('one incident', () => {
  test('is shown whole: what it is, why, the fix, what was done, notices, mutes', async () => {
    await twoIncidents();
    const { key } = JSON.parse((await log(['--json', '--severity', 'high'])).out);
    stage.records.length = 0;
    await runCli(['mute', key, '--for', '8h', '--reason', 'migration']);

    for (const id of [key, 'high-1']) {
      const { code, out } = await log(['--incident', id]);

      expect(code).toBe(0);
      expect(out.startsWith('Event\n')).toBe(id === 'high-1');
      for (const part of [
        `Incident ${key}\n`,
        /^State {10}open, muted$/m,
        /^What happened {2}User ben was refused cloudtrail:StopLogging on$/m,
        /"Action": "cloudtrail:StopLogging"/,
        /^Terraform {6}resource "aws_iam_user_policy"/m,
        /UTC {2}notified: cloudtrail:StopLogging by ben in 333344445555, eu-west-1$/m,
        /^ {2}Event {8}high-1, AccessDenied$/m,
        /^ {2}Notice {7}notice-1$/m,
        /UTC {2}Trailmend: StopLogging refused in Security \(333344445555\) \(notice-1\)$/m,
        /UTC {2}muted until .* by .*: migration$/m,
      ]) {
        expect(out).toMatch(part);
      }
    }
    const json = JSON.parse((await log(['--incident', key, '--json'])).out);
    expect(json).toMatchObject({
      schema: 'trailmend.incident/1',
      key,
      noticeTexts: { length: 1 },
      muteHistory: { length: 1 },
    });
  });

  test('shows the calls that were made, each with its request id', async () => {
    await twoIncidents();
    const [record] = stage.records.slice(-1);
    const calls = [{ service: 'iam', operation: 'GetRole', requestId: 'r-1', outcome: 'NoSuchEntity', attempts: 2 }];
    const path = write('log', JSON.stringify({ ...record, calls }));

    const { out } = await log(['--file', path, '--incident', 'high-1']);

    expect(out).toMatch(/^ {2}Calls {8}iam:GetRole NoSuchEntity, 2 tries, request r-1$/m);
    expect(out).toContain('the log has no findings, the table has.');
  });

  test('shows what an outcome for a role rests on', async () => {
    const seen = { shown: true, createdAt: '2026-11-02T03:04:10.000Z', look: 2 };
    Object.assign(stage.edges, { ensureRole: async (role: object) => ({ role, kind: 'created', seen }) });
    await stage.deliver(fixtureEvent('missing-service-linked-role/takes--delegated-administrator-creates-trail'));
    const [{ incidentKey } = { incidentKey: null }] = stage.records;

    const { out } = await log(['--incident', incidentKey ?? '']);

    expect(out.replaceAll(/\n +/g, ' ')).toContain(
      'AWSServiceRoleForCloudTrail: shown by IAM, there since 2026-11-02 03:04:10 UTC, look 2',
    );
  });

  test('of an event that asked for nothing there is its record', async () => {
    await stage.deliver('no JSON', { id: 'broken' });

    const { code, out } = await log(['--incident', 'message#broken']);

    expect(code).toBe(0);
    expect(out).toMatch(/malformed[\s\S]*It asked for nothing, so it belongs to no incident\./);
    expect(JSON.parse((await log(['--incident', 'message#broken', '--json'])).out).outcome).toBe('malformed');
  });

  test('that is not there ends with exit code 1', async () => {
    const { code, out, err } = await log(['--incident', '0123456789ab']);

    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^trailmend: there is no incident or event 0123456789ab in table .*; check the id.*\n$/);
  });
});

describe('--follow', () => {
  /** Lets each of the steps happen in a pause, then ends. */
  const during = (...steps: (() => Promise<unknown>)[]): Pause => {
    const left = [...steps];
    return async () => {
      const step = left.shift();
      await step?.();
      return step !== undefined;
    };
  };

  test('prints what is there, newest last, then only what is new or has changed', async () => {
    await twoIncidents();

    const nothing = async () => {};
    const more = () => happens({ id: 'low-3', user: 'ana', action: 'cloudtrail:GetTrail' });
    const { code, out } = await log(['--follow', '--json'], {}, during(nothing, more, nothing));

    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ severity, count }) => [severity, count])).toEqual([
      ['low', 2],
      ['high', 1],
      ['low', 3],
    ]);
  });

  test('goes on with audit records, under one heading', async () => {
    await twoIncidents();
    stage.now = Date.now();

    const { out } = await log(
      ['--follow', '--audit'],
      {},
      during(() => happens({ id: 'new-1' })),
    );

    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.filter((line) => line.startsWith('TIME'))).toHaveLength(1);
    expect(lines.at(-1)).toContain('new-1');
  });

  test('Ctrl-C ends the wait', async () => {
    const waiting = pauseUntilInterrupted(3_600_000);
    process.emit('SIGINT');

    expect(await waiting).toBe(false);
    expect(await pauseUntilInterrupted(0)).toBe(true);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});

describe('--file', () => {
  test('reads the log instead of the table, from everything it holds', async () => {
    stage.now = Date.parse('2020-01-01T00:00:00Z');
    await twoIncidents();
    const path = write('audit.jsonl', logLines());

    const { code, out } = await log(['--file', path]);

    expect(code).toBe(0);
    expect(out).toMatch(/high {6}open {3}≥1× {4}2020-01-01 00:00 UTC/);
    expect(await log(['--file', '-'], { input: () => Readable.from([Buffer.from(logLines())]) })).toMatchObject({
      code,
      out,
    });
    expect((await log(['--file', path, '--since', '7d'])).out).toBe('No incidents since 7d.\n');
  });

  test("shows a sweep's notices: in the chain with the calls that sent them, and among the audit records", async () => {
    await happens({ id: 'a' });
    await stage.pass(2);
    const call = { service: 'sns', operation: 'Publish', requestId: 'r-9', outcome: 'ok', attempts: 1, durationMs: 3 };
    const lines = stage.lines.map((line) => JSON.stringify(line.kind === 'notice' ? { ...line, calls: [call] } : line));
    const path = write('audit.log', lines.join('\n'));

    expect((await log(['--file', path, '--incident', 'a'])).out).toMatch(
      /\nNotices\n.* UTC {2}.*CreateTrail refused in .*\(notice-1\)\n {2}Calls +sns:Publish ok, request r-9\n/,
    );
    expect((await log(['--file', path, '--audit'])).out).toMatch(/ notified .* [0-9a-f]{12} {2}first#2.*CreateTrail/);
  });

  test('names the lines that it cannot read, and goes on', async () => {
    await twoIncidents();
    const path = write('audit.jsonl', `{"broken\n${logLines()}\n{"schema":"trailmend.audit/2"}`);

    const { code, out, err } = await log(['--file', path, '--audit', '--json']);

    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(3);
    expect(err).toBe(
      `trailmend: 2 records of ${path} cannot be read, the others are: line 1: its JSON is broken; line 5: this version does not know "trailmend.audit/2"\n`,
    );
  });

  test.each([
    ['', /holds no audit records: give it lines/],
    ['START RequestId', /holds no audit records: give it lines/],
    ['{"schema":"trailmend.audit/1"}', /holds no audit record that can be read \(line 1: an audit record without/],
  ])('with nothing in it is misuse: %j', async (text, message) => {
    const { code, out, err } = await log(['--file', write('x', text)]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

test.each<[string, string[], RegExp]>([
  ['a time that is none', ['--since', 'yesterday'], /--since yesterday is no time: write 30m, 8h or 7d, or a date/],
  ['a date that is none', ['--since', '2026-13-45'], /--since 2026-13-45 is no time/],
  ['an account that is none', ['--account', 'prod'], /--account prod is no account: give its id of 12 digits/],
  ['an unknown case', ['--case', 'x'], /argument 'x' is invalid. Allowed choices are missing-service-linked-role/],
  ['an unknown severity', ['--severity', 'grave'], /Allowed choices are high, medium, low/],
  ['an incident and a filter', ['--incident', 'x', '--since', '1h'], /cannot be used with option '--since <time>'/],
  ['an empty incident', ['--incident', ''], /--incident is empty/],
  ['a file to follow', ['--follow', '--file', 'x'], /cannot be used with/],
  ['a file and a table', ['--file', 'x', '--table', 'y'], /cannot be used with/],
  ['a file that is not there', ['--file', '/nowhere'], /\/nowhere cannot be read \(ENOENT\)/],
  ['a word too many', ['now'], /too many arguments/],
])('misuse is one line that says what to do, and exit code 2: %s', async (_what, args, message) => {
  const { code, out, err } = await log(args);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

describe('failures of AWS are one line that says what to do, and exit code 1', () => {
  test.each<[string, () => void, string[], RegExp]>([
    ['another table', () => {}, ['--table', 'another'], /there is no such table in this account and Region/],
    ['no Region', () => delete process.env.AWS_REGION, [], /the Region is not known: give --region, or set AWS_REGION/],
    [
      'no credentials',
      () => {
        delete process.env.AWS_ACCESS_KEY_ID;
        delete process.env.AWS_SECRET_ACCESS_KEY;
      },
      [],
      /there are no AWS credentials: log in, for example with aws sso login, or name a profile/,
    ],
    [
      'a profile that is not there',
      () => {
        delete process.env.AWS_ACCESS_KEY_ID;
        delete process.env.AWS_SECRET_ACCESS_KEY;
      },
      ['--profile', 'nobody'],
      /there are no AWS credentials/,
    ],
  ])('%s', async (_what, change, args, message) => {
    change();
    const { code, out, err } = await log(args);

    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^trailmend: [^\n]+\n$/);
  });
});

test('a profile brings credentials and Region', async () => {
  await twoIncidents();
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION']) delete process.env[name];
  write('config', '[profile audit]\nregion = us-east-1\n');
  write('credentials', '[audit]\naws_access_key_id = AKIAAUDIT\naws_secret_access_key = x\n');

  expect(await log(['--profile', 'audit'])).toMatchObject({ code: 0, err: '' });
});

test('how far a long reading is stands on one line of a terminal, which goes away', () => {
  const told = (isWatched: boolean) => {
    const { io, said } = recordingIo({ isWatched });
    let now = 0;
    const progress = new Progress(io, () => now);
    for (now of [500, 1_000, 1_100, 1_200]) progress.tell(now, 5_000);
    progress.end();
    return said.err;
  };

  expect(told(true)).toBe('\r\u001b[Kreading 1,000 of 5,000 ...\r\u001b[Kreading 1,200 of 5,000 ...\r\u001b[K');
  expect(told(false)).toBe('');
});

test('a reader that stops reading, as head does, is no failure', async () => {
  await twoIncidents();
  const path = write('audit.jsonl', Array.from({ length: 3_000 }, logLines).join('\n'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/trailmend.ts', 'log', '--audit', '--file', path], {
    cwd: join(__dirname, '../..'),
  });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());

  const code = await new Promise((resolve) => child.once('close', resolve));

  expect([code, err]).toEqual([0, '']);
});

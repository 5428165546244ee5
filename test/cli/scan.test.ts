import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { randomOf } from '../fuzz/random';
import { recordOf } from '../scan/archive';
import { ArchiveFolder, logFile, scan } from '../scan/archive-folder';
import { refusal } from '../support/stage';

let folder: ArchiveFolder;

beforeEach(() => {
  folder = new ArchiveFolder();
});

afterEach(() => folder.remove());

/** The record of a refused call. */
const refused = (what: Parameters<typeof refusal>[0]) => (refusal(what) as unknown as { detail: object }).detail;

const STOPPED = refused({ id: 'a', user: 'ben', action: 'cloudtrail:StopLogging', at: '2026-11-02T03:04:05Z' });
const AGAIN = refused({ id: 'b', user: 'ben', action: 'cloudtrail:DeleteTrail', at: '2026-11-03T03:04:05Z' });
const READ = refused({
  id: 'c',
  user: 'ana',
  action: 'cloudtrail:GetTrail',
  at: '2026-11-04T03:04:05Z',
  account: '333344445555',
});
const SUCCESS = recordOf(randomOf(1, 1), { refused: 0, failed: 0 });

/** Where a trail of an organization puts a file. */
const placeOf = (account: string, day: string, name = 'a.json.gz') =>
  `AWSLogs/o-exampleorgid/${account}/CloudTrail/eu-west-1/${day}/${account}_CloudTrail_${name}`;

describe('what it finds', () => {
  test('shows each incident with its count, times and what would have been done, newest first, and what was read', async () => {
    const path = folder.write('a.json', logFile(STOPPED, SUCCESS, AGAIN, READ));

    const { code, out, err } = await scan([path]);

    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^INCIDENT +SEVERITY +WOULD +COUNT +FIRST SEEN +LAST SEEN +CASE +ACCOUNT +PRINCIPAL +WHAT$/m);
    expect(out.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^[0-9a-f]{12} {2}low +tell daily +1× +2026-11-04 03:04 UTC .* ana +GetTrail: /),
      expect.stringMatching(
        /^[0-9a-f]{12} {2}high +tell at once +2× +2026-11-02 03:04 UTC +2026-11-03 03:04 UTC +.* ben +DeleteTrail, StopLogging: /,
      ),
    ]);
    expect(out).toMatch(/Read 1 file, [\d.]+ MB unzipped: 2 incidents of 3 refused calls\.\n$/);
  });

  test('prints by the contract of explain, with counts and times', async () => {
    const path = folder.write('a.json', logFile(STOPPED, AGAIN));

    const { code, incidents, err } = await scan([path, '--json']);

    expect(code).toBe(0);
    expect(incidents).toEqual([
      {
        case: 'cloudtrail-action-denied',
        severity: 'high',
        denial: expect.objectContaining({ action: 'cloudtrail:DeleteTrail', eventId: 'b' }),
        explanation: expect.objectContaining({ layer: 'identity-policy', summary: expect.any(String) }),
        fix: expect.objectContaining({ allowStatement: expect.anything() }),
        plan: { kind: 'notify', reason: expect.any(String) },
        incidentKey: expect.stringMatching(/^[0-9a-f]{12}$/),
        docs: expect.stringContaining('https://docs.aws.amazon.com/'),
        count: 2,
        firstSeen: '2026-11-02T03:04:05.000Z',
        lastSeen: '2026-11-03T03:04:05.000Z',
        would: 'tell-at-once',
        actions: ['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging'],
        resources: expect.any(Array),
        principals: [expect.stringContaining(':user/ben')],
        accounts: [expect.any(String)],
      },
    ]);
    expect(err).toMatch(/^Read 1 file/);
  });

  test('counts a call once, however many trails recorded it', async () => {
    const copy = { ...STOPPED, eventID: 'copy', sharedEventID: 'a' };
    folder.write('one.json', logFile({ ...STOPPED, sharedEventID: 'a' }, copy));
    folder.write('two.json.gz', logFile(copy));

    expect((await scan([folder.path, '--json'])).incidents).toMatchObject([{ count: 1 }]);
  });

  test('says so when there is nothing', async () => {
    const { code, out } = await scan([folder.write('a.json', logFile(SUCCESS))]);

    expect(code).toBe(0);
    expect(out).toMatch(/^No incidents\.\n\nRead 1 file, .*: 0 incidents of 0 refused calls\.\n$/);
  });

  test('also what would only be recorded, when asked to', async () => {
    const elsewhere = { ...STOPPED, eventSource: 'ec2.amazonaws.com', errorMessage: 'Access Denied', eventID: 'e' };
    const path = folder.write('a.json', logFile(elsewhere));

    expect((await scan([path, '--json'])).incidents).toEqual([]);
    expect((await scan([path, '--json', '--ignored'])).incidents).toMatchObject([
      { case: 'not-covered', would: 'record' },
    ]);
    expect((await scan([path, '--json', '--case', 'not-covered'])).incidents).toHaveLength(1);
  });

  test('neutralises what a name could do to the terminal', async () => {
    const hostile = refused({ id: 'h', user: 'x\u001b[31m\nhttps://evil.example', action: 'cloudtrail:StopLogging' });

    const { out } = await scan([folder.write('a.json', logFile(hostile))]);

    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('https://evil.example');
    expect(out.split('\n')).toHaveLength(5);
  });
});

describe('what is wanted', () => {
  const all = [STOPPED, AGAIN, READ];
  const countOf = async (...args: string[]) => {
    const { incidents } = await scan([folder.path, '--json', ...args]);
    return incidents.reduce((sum, { count }) => sum + count, 0);
  };

  test.each([
    [['--since', '2026-11-03'], 2],
    [['--until', '2026-11-03'], 1],
    [['--since', '2026-11-03T03:04:05Z', '--until', '2026-11-03T03:04:06Z'], 1],
    [['--account', '333344445555'], 1],
    [['--account', '333344445555', '999999999999'], 1],
    [['--case', 'cloudtrail-action-denied'], 3],
    [['--case', 'pass-role-denied', 'integration-denied'], 0],
  ])('%j', async (args, count) => {
    folder.write('a.json', logFile(...all));

    expect(await countOf(...args)).toBe(count);
  });

  test('files that by their place hold nothing wanted are not opened', async () => {
    folder.write(placeOf('333344445555', '2026/11/04'), logFile(READ));
    folder.write(placeOf('999999999999', '2026/11/04'), Buffer.from('no gzip'));
    folder.write(placeOf('333344445555', '2026/11/01'), Buffer.from('no gzip'));
    folder.write(placeOf('333344445555', '2026/11/09'), Buffer.from('no gzip'));

    const args = ['--account', '333344445555', '--since', '2026-11-02T12:00Z', '--until', '2026-11-07'];

    expect(await scan([folder.path, '--json', ...args])).toMatchObject({ code: 0, incidents: [{ count: 1 }] });
    const near = join(relative('.', folder.path), 'AWSLogs');
    expect(await scan([near, '--json', ...args])).toMatchObject({ code: 0, incidents: [{ count: 1 }] });
    expect((await scan([folder.path, '--json'])).code).toBe(3);
  });

  test('a file of the day after may hold a call of the day', async () => {
    folder.write(placeOf('222233334444', '2026/11/03'), logFile(STOPPED));

    expect(await countOf('--since', '2026-11-02', '--until', '2026-11-03')).toBe(1);
  });
});

describe('what it reads', () => {
  const lookedUp = (record: object) => ({ Events: [{ CloudTrailEvent: JSON.stringify(record) }] });
  const forms: readonly (readonly [string, string | Buffer])[] = [
    ['a.json.gz', logFile(STOPPED)],
    ['a.json', JSON.stringify({ Records: [STOPPED] }, null, 2)],
    ['lines.jsonl', `${JSON.stringify(SUCCESS)}\n${JSON.stringify(STOPPED)}\n`],
    ['lines.ndjson.gz', `${JSON.stringify(STOPPED)}\r\n${JSON.stringify(SUCCESS)}`],
    ['array.json', JSON.stringify([STOPPED])],
    ['event.json', JSON.stringify(refusal({ id: 'a', user: 'ben', action: 'cloudtrail:StopLogging' }))],
    ['looked-up.json', JSON.stringify({ Events: [{ EventId: 'a', CloudTrailEvent: JSON.stringify(STOPPED) }] })],
    ['pages.jsonl', [STOPPED, SUCCESS].map((one) => JSON.stringify(lookedUp(one))).join('\n')],
    ['two-members.json.gz', Buffer.concat([gzipSync('{"Records":['), gzipSync(`${JSON.stringify(STOPPED)}]}`)])],
  ];

  test.each(forms)('%s', async (name, content) => {
    folder.write(name, content);

    expect(await scan([folder.path, '--json'])).toMatchObject({ code: 0, incidents: [{ count: 1 }] });
  });

  test('lines in which nothing failed', async () => {
    folder.write('fine.jsonl', `${JSON.stringify(SUCCESS)}\n${JSON.stringify(SUCCESS)}\n`);

    expect(await scan([folder.path, '--json'])).toMatchObject({ code: 0, incidents: [] });
  });

  test('a file once, however often it is named', async () => {
    const { eventID, ...nameless } = STOPPED as { eventID?: string };
    const path = folder.write('a.json', logFile(nameless));

    expect(await scan([path, folder.path, path, '--json'])).toMatchObject({ code: 0, incidents: [{ count: 1 }] });
  });

  test('standard input, gzipped or not', async () => {
    for (const bytes of [Buffer.from(logFile(STOPPED)), gzipSync(logFile(STOPPED))]) {
      const pieces = Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]);

      expect(await scan(['-', '--json'], pieces)).toMatchObject({ code: 0, incidents: [{ count: 1 }] });
    }
  });

  test('more lines than are held at once, which it reads in blocks', async () => {
    const line = Buffer.from(`${JSON.stringify({ ...SUCCESS, padding: 'x'.repeat(2 ** 20) })}\n`);
    const found = Buffer.from(`${JSON.stringify(STOPPED)}\nnone\n`);
    const lines = [found, ...Array.from({ length: 70 }, () => line), Buffer.from(JSON.stringify(AGAIN))];

    const { code, incidents, err } = await scan(['-', '--json'], Readable.from(lines));

    expect([code, incidents]).toMatchObject([3, [{ count: 2 }]]);
    expect(err).toContain('standard input: line 2 is no JSON');
  });

  test('a document of many lines that is larger than a block of lines', async () => {
    const records = Array.from({ length: 40 }, () => ({ ...SUCCESS, padding: 'x'.repeat(2 ** 20) }));
    const text = Buffer.from(JSON.stringify({ Records: [STOPPED, ...records] }, null, 1));
    const chunks = Array.from({ length: 50 }, (_, at) => text.subarray(at * 2 ** 20, (at + 1) * 2 ** 20));

    expect(await scan(['-', '--json'], Readable.from(chunks.filter((chunk) => chunk.length > 0)))).toMatchObject({
      code: 0,
      incidents: [{ count: 1 }],
    });
  });

  test('on several threads the same as on one', async () => {
    const random = randomOf(3, 3);
    for (let file = 0; file < 40; file += 1) {
      const records = Array.from({ length: 50 }, () => recordOf(random));
      folder.write(`${file}.json.gz`, logFile(...records));
    }
    folder.write('broken.json.gz', Buffer.from([0x1f, 0x8b, 1]));

    const one = await scan([folder.path, '--json', '--threads', '1']);
    const two = await scan([folder.path, '--json', '--threads', '2']);

    expect(one.incidents.length).toBeGreaterThan(5);
    expect(two).toEqual(one);
  });
});

describe('what cannot be read', () => {
  test('is named, the rest is read, and the exit code says so', async () => {
    const whole = gzipSync(logFile(STOPPED));
    folder.write('cut.json.gz', whole.subarray(0, whole.length - 20));
    folder.write('cut.json', logFile(STOPPED, AGAIN).slice(0, -30));
    folder.write('digest.json', JSON.stringify({ awsAccountId: '111122223333', digestS3Bucket: 'example' }));
    folder.write('other.json', '{"name":"trailmend"}');
    folder.write('page.json', '<html></html>');
    folder.write('empty.json', '');
    folder.write('broken-off.json', '{"Records":[{"eventVersion":"1"}');
    folder.write('application.jsonl', '{"level":"info"}\n{"level":"warn"}\n');
    symlinkSync('loop.json', join(folder.path, 'loop.json'));
    folder.write('lines.jsonl', `${JSON.stringify(AGAIN)}\n{"eventVersion":\n{"errorCode":1}\n`);
    folder.write('good.json', logFile(STOPPED));

    const { code, incidents, err } = await scan([folder.path, join(folder.path, 'absent.json'), '--json']);

    expect([code, incidents]).toMatchObject([3, [{ count: 2 }]]);
    const problems = err.split('\n').filter((line) => line.startsWith('trailmend: '));
    expect(problems.map((line) => line.replace(`trailmend: ${folder.path}/`, '')).sort()).toEqual([
      'absent.json: it cannot be read (ENOENT)',
      'application.jsonl: it is neither JSON nor lines of records',
      'broken-off.json: it breaks off in the middle: fetch it again',
      'cut.json.gz: it is broken gzip (unexpected end of file): fetch it again',
      'cut.json: it breaks off in the middle: fetch it again',
      'digest.json: it is a digest file: it names log files and holds no records',
      'empty.json: it is empty: fetch it again',
      'lines.jsonl: line 2 is no JSON; no records either: 1 more',
      'loop.json: it cannot be read (ELOOP)',
      'other.json: it is JSON, but no record of CloudTrail',
      'page.json: it is neither JSON nor lines of records',
    ]);
    expect(err).toContain('11 could not be read, or not whole');
  });

  test('is what is nested too deeply as well; a call with such parameters is found', async () => {
    const nested = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
    const [start, end] = JSON.stringify({ ...STOPPED, requestParameters: 0 }).split('"requestParameters":0');
    folder.write('deep.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    folder.write('parameters.json', `{"Records":[${start}"requestParameters":{"name":${nested}}${end}]}`);
    folder.write('nobody.json', `{"Records":[{"eventSource":"cloudtrail","errorCode":"AccessDenied","x":${nested}}]}`);
    folder.write('good.json', logFile(AGAIN));

    const { code, incidents, err } = await scan([folder.path, '--json']);

    expect([code, incidents]).toMatchObject([3, [{ count: 2 }]]);
    expect(err).toContain('deep.json: it is nested too deeply to be read');
    expect(err).toContain('1 refused call cannot be judged');
  });

  test('is nothing when no folder can hold what is wanted', async () => {
    folder.write(placeOf('222233334444', '2026/11/03'), logFile(STOPPED));

    const { code, err } = await scan([folder.path, '--json', '--since', '2026-12-01']);

    expect(code).toBe(0);
    expect(err).toContain('nothing wanted: 1 folder');
  });

  test('beyond the twentieth is only counted', async () => {
    for (let file = 0; file < 23; file += 1) {
      folder.write(`${file}.json`, 'x');
    }

    const { err } = await scan([folder.path]);

    expect(err.match(/^trailmend: .*neither JSON/gm)).toHaveLength(20);
    expect(err).toContain('trailmend: and 3 more that could not be read\n');
  });

  test('a folder without log files, and files that are none by their name', async () => {
    folder.write('notes.txt', 'x');
    folder.write('AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/02/d.json.gz', 'x');

    expect(await scan([folder.path])).toMatchObject({ code: 3, err: expect.stringContaining('no log files') });
  });
});

describe('in CI', () => {
  test('--expect-none ends with 1 when there are incidents, and with 0 when there are none', async () => {
    expect((await scan([folder.write('a.json', logFile(STOPPED)), '--expect-none'])).code).toBe(1);
    expect((await scan([folder.write('a.json', logFile(SUCCESS)), '--expect-none'])).code).toBe(0);
    expect((await scan([folder.write('a.json', 'x'), '--expect-none'])).code).toBe(3);
  });

  test('--report writes the page, and no older one is lost', async () => {
    const [path, page] = [folder.write('a.json', logFile(STOPPED)), join(folder.path, 'page.html')];

    expect((await scan([path, '--report', page])).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[\s\S]*cloudtrail:StopLogging/);
    expect(await scan([path, '--report', page])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--report'),
    });
    expect((await scan([path, '--report', page, '--force'])).code).toBe(0);
  });
});

describe('misuse', () => {
  test.each([
    [['--database', 'default'], '--athena'],
    [['--table', 'mine'], '--athena'],
    [['--workgroup', 'audit'], '--athena'],
    [['--archive', 's3://bucket/AWSLogs/'], '--athena'],
    [['--partitions', 'region', 'timestamp'], '--athena'],
    [['--output', 's3://bucket/results/'], '--athena'],
    [['--most-bytes', '1GB'], '--athena'],
    [['--yes'], '--athena'],
    [['--create-table'], '--athena'],
    [['--print-sql'], '--athena'],
    [['--athena-region', 'us-east-1'], '--athena'],
    [['--resume', 'state.json'], '--aws'],
    [['--region', 'us-east-1', 'eu-west-1'], '--aws or --athena'],
    [['--profile', 'audit'], '--aws or --athena'],
  ])('%j is refused where it would be ignored', async (option, needed) => {
    const { code, out, err } = await scan([folder.path, ...option]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      `trailmend: ${option.join(' ')} means something with ${needed} only: add ${needed}, or leave it out.\n`,
    );
  });

  test.each([
    [['.', '--since', '2026-02-31'], '--since 2026-02-31 is no time'],
    [['.', '--report', '/'], '/ cannot be written (EISDIR)'],
    [['.', '--report', '', '--force'], 'the empty name cannot be written (ENOENT)'],
    [['.', '--report', '/absent\u001b[31m/page.html'], '/absent [31m/page.html cannot be written (ENOENT)'],
    [['.', '--report', '/absent\u202e/page.html'], '/absent /page.html cannot be written (ENOENT)'],
    [['.', '--report', '-', '--json'], 'both write to standard output'],
    [[], 'nothing to read: give log files or directories'],
    [['.', '--since', 'yesterday'], '--since yesterday is no time'],
    [['.', '--until', '2026'], '--until 2026 is no time'],
    [['.', '--since', '2026-11-03', '--until', '2026-11-02'], 'is not before --until'],
    [['.', '--account', 'Payments'], '--account Payments is no account'],
    [['.', '--management-account', '1'], '--management-account 1 is no account'],
    [['.', '--case', 'denied'], "argument 'denied' is invalid"],
    [['.', '--threads', '0'], 'give a number from 1 to 999'],
  ])('%j', async (args, complaint) => {
    const { code, out, err } = await scan(args);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(complaint);
    expect(existsSync('page.html')).toBe(false);
  });
});

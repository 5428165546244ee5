import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from '../support/run-cli';
import { refusal, Stage } from '../support/stage';

let stage: Stage;
let folder: string;
const before = { ...process.env };
const home = process.cwd();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-report-'));
  stage = await new Stage().open();
  stage.now = Date.now() - 60_000;
  Object.assign(process.env, {
    // Account names are looked up there; they are not known here.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_DYNAMODB: stage.table.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIALOCAL',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
  });
  for (const user of ['quentin', 'beatrix']) {
    await stage.deliver(refusal({ id: `e-${user}`, user, at: new Date(stage.now).toISOString() }));
  }
});

afterEach(async () => {
  process.chdir(home);
  process.env = { ...before };
  rmSync(folder, { recursive: true });
  await stage.close();
});

const report = (...args: string[]) =>
  runCli(['report', ...args], {
    input: () => Readable.from([Buffer.from(stage.records.map((record) => JSON.stringify(record)).join('\n'))]),
  });

test('writes a page of the incidents and says where and how many', async () => {
  const path = join(folder, 'page.html');

  const { code, out, err } = await report('--out', path);

  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(`Wrote ${path}: 2 incidents from table ${stage.table.name} in us-east-1 since 7d.\n`);
  const page = readFileSync(path, 'utf8');
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).toContain('quentin');
  expect(page).toContain('beatrix');
});

test('in the language asked for, of what the filters leave', async () => {
  const path = join(folder, 'page.html');

  const { out } = await report('--out', path, '--locale', 'ja', '--principal', 'quentin');

  expect(out).toMatch(/: 1 incident from /);
  const page = readFileSync(path, 'utf8');
  expect(page).toMatch(/<html[^>]* lang="?ja\b/);
  expect(page).not.toContain('beatrix');
});

test('of one incident, by one of its events', async () => {
  expect((await report('--out', join(folder, 'page.html'), '--incident', 'e-quentin')).out).toMatch(
    /: 1 incident from table \S+ in us-east-1\.\n$/,
  );

  const { code, out, err } = await report('--out', join(folder, 'none.html'), '--incident', 'e-eve');
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^trailmend: there is no incident e-eve in table .*; nothing written\.\n$/);
  expect(existsSync(join(folder, 'none.html'))).toBe(false);
});

test('names the file by the time, in the working directory, when it is not told', async () => {
  process.chdir(folder);

  const { out } = await report('--file', '-');

  const [name = ''] = readdirSync(folder);
  expect(name).toMatch(/^trailmend-report-\d{4}-\d\d-\d\d-\d{4}\.html$/);
  expect(out).toBe(`Wrote ${name}: 2 incidents from standard input.\n`);
});

test('with - for the file the page goes to standard output, and nothing else', async () => {
  const { out, err } = await report('--file', '-', '--out', '-');

  expect(out).toMatch(/^<!doctype html>/i);
  expect(err).toBe('Wrote the page: 2 incidents from standard input.\n');
});

test('replaces a file only when told to', async () => {
  const path = join(folder, 'page.html');
  writeFileSync(path, 'mine');

  const refused = await report('--out', path);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toBe(
    `trailmend: ${path} is there already: name another file with --out, or replace it with --force.\n`,
  );
  expect(readFileSync(path, 'utf8')).toBe('mine');

  expect(await report('--out', path, '--force')).toMatchObject({ code: 0 });
  expect(readFileSync(path, 'utf8')).not.toBe('mine');
});

test('a folder that is not there is one line that says what to do', async () => {
  const { code, err } = await report('--out', join(folder, 'none', 'page.html'));

  expect(code).toBe(2);
  expect(err).toMatch(/page\.html cannot be written \(ENOENT\): name a file in a folder/);
});

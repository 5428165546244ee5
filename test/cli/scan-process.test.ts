import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { bundledAssets } from '../../review/page-assets';
import { randomOf } from '../fuzz/random';
import { logFileOf } from '../scan/archive';
import { ArchiveFolder, logFile } from '../scan/archive-folder';

const ROOT = join(__dirname, '../..');

/** More files than are read before anybody can press Ctrl-C. */
const FILES = 8_000;

let folder: ArchiveFolder;
let command: string;

beforeAll(async () => {
  folder = new ArchiveFolder();
  const external = ['esbuild'];
  const bundle = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', external } as const;
  command = join(folder.path, 'command/trailmend.js');
  buildSync({ ...bundle, entryPoints: [join(ROOT, 'bin/trailmend.ts')], outfile: command });
  const outfile = join(folder.path, 'command/scan-thread.js');
  buildSync({ ...bundle, entryPoints: [join(ROOT, 'scan/log-files/thread.ts')], outfile });
  const { script, style } = await bundledAssets();
  writeFileSync(join(folder.path, 'command/page.js'), script);
  writeFileSync(join(folder.path, 'command/page.css'), style);
  const file = folder.write('archive/0.json.gz', logFileOf(randomOf(1, 1), 1_000));
  for (let at = 1; at < FILES; at += 1) {
    linkSync(file, join(folder.path, `archive/${at}.json.gz`));
  }
});

afterAll(() => folder.remove());

/** How long after the start Ctrl-C is pressed, in milliseconds: later where the machine is slow. */
const PATIENCE = [1_000, 3_000, 9_000];

/** Runs the packaged command, and presses Ctrl-C when it has begun. */
async function interrupted(args: readonly string[], hasBegun: (out: string) => boolean) {
  let ended = await interruptedAfter(args, PATIENCE[0] ?? 0);
  for (const ms of PATIENCE.slice(1)) {
    ended = ended.code === 130 && hasBegun(ended.out) ? ended : await interruptedAfter(args, ms);
  }
  return ended;
}

async function interruptedAfter(args: readonly string[], ms: number) {
  const child = spawn(process.execPath, [command, 'scan', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: ms + 10_000,
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  const [out, err] = await printed;
  return { code, out, err };
}

test.each(['1', '2'])('Ctrl-C ends it at once with what was found so far, on %s threads', async (threads) => {
  const args = [join(folder.path, 'archive'), '--threads', threads];

  const { code, out, err } = await interrupted(args, (printed) => !printed.includes('Read 0 files'));

  expect([code, err]).toEqual([130, '']);
  expect(out).toMatch(/^INCIDENT .*\n[0-9a-f]{12} /);
  const [, files = ''] = /^Read ([\d,]+) files/m.exec(out) ?? [];
  expect(Number(files.replace(',', ''))).toBeGreaterThan(0);
  expect(Number(files.replace(',', ''))).toBeLessThan(FILES);
  expect(out).toContain('Ended before everything was read.');
});

test('Ctrl-C also ends the wait for standard input', async () => {
  const { code, out } = await interrupted(['-', '--json'], () => true);

  expect([code, out]).toEqual([130, '']);
});

describe('a named pipe', () => {
  // Elsewhere one that nobody writes into yet cannot be told from one that was written to its end.
  const onLinux = process.platform === 'linux' ? test : test.skip;

  const pipe = (name: string) => {
    const path = join(folder.path, name);
    spawnSync('bash', ['-c', 'mkfifo "$0"', path]);
    return path;
  };

  onLinux.each([
    ['alone', []],
    ['beside files that are read on threads', ['archive']],
  ])('Ctrl-C also ends the wait for who writes into it: %s', async (where, others) => {
    const paths = [pipe(`${where}.json`), ...others.map((name) => join(folder.path, name))];

    const { code, out, err } = await interrupted([...paths, '--threads', '2'], () => true);

    expect([code, err]).toEqual([130, '']);
    expect(out).toContain('Ended before everything was read.');
  });

  test('is read however late somebody writes into it', () => {
    const file = folder.write('late/file.json', logFileOf(randomOf(1, 1), 1_000));
    const line = '"$0" "$1" scan "$2" & sleep 1; cat "$3" > "$2"; wait "$!"';
    const args = ['-c', line, process.execPath, command, pipe('late.json'), file];

    const { status, stdout } = spawnSync('bash', args, { timeout: 30_000 });

    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(/^INCIDENT .*\n[0-9a-f]{12} [\s\S]*\nRead 1 file, /);
  });
});

test('a reader that stops reading, as head does, changes neither the exit code nor the report', () => {
  const [file, page] = [folder.write('many.json', logFileOf(randomOf(1, 1), 20_000)), join(folder.path, 'page.html')];
  const line = `"$0" "$1" scan "$2" --json --expect-none --report "$3" | head -n 1; exit "\${PIPESTATUS[0]}"`;

  const { status, stdout } = spawnSync('bash', ['-c', line, process.execPath, command, file, page]);

  expect(status).toBe(1);
  expect(stdout.toString().trim().split('\n')).toHaveLength(1);
  expect(existsSync(page)).toBe(true);
});

test('the packaged command reads on threads of its own', async () => {
  const files = Array.from({ length: 30 }, (_, at) => folder.write(`one/${at}.json`, logFile()));
  const child = spawn(process.execPath, [command, 'scan', '--threads', '2', ...files]);

  expect(await text(child.stdout)).toContain('Read 30 files');
});

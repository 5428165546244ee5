import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf, missingIn, NOT_RUN, whyNotRun } from './docs/readme-runs';

const ROOT = join(__dirname, '..');
const PAGES = ['README.md', 'README.ja.md'];

/** Runs every command of the READMEs that can run offline and compares what it prints with what they show. */
function runReadmes(): boolean {
  const commands = PAGES.flatMap((page) => commandsOf(readFileSync(join(ROOT, page), 'utf8')));
  const runs = new Map<string, (string | null)[]>();
  for (const { command, shown } of commands) {
    runs.set(command, [...(runs.get(command) ?? []), shown]);
  }
  const failures = [...runs].flatMap(([command, shown]) => run(command, shown));
  const stale = NOT_RUN.filter(([beginning]) => ![...runs.keys()].some((command) => command.startsWith(beginning)));
  failures.push(...stale.map(([beginning]) => `No README has a command that begins with: ${beginning}`));
  for (const failure of failures) {
    console.error(failure);
  }
  return failures.length === 0;
}

/** What went wrong with a command. */
function run(command: string, shown: readonly (string | null)[]): string[] {
  const why = whyNotRun(command);
  if (why !== null) {
    console.log(`--    ${command} (${why})`);
    return [];
  }
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    return [`${command}\nended with ${status}:\n${stderr}`];
  }
  console.log(`ok    ${command}`);
  const missing = shown.flatMap((text) => (text === null ? [] : (missingIn(stdout, text) ?? [])));
  return missing.map((part) => `${command}\ndoes not print what the README shows:\n${part}`);
}

process.exitCode = runReadmes() ? 0 : 1;

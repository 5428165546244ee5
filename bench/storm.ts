import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Summary } from '../sandbox/summary';
import type { Row, Section } from './section';

/** Denials of a real storm, which took one minute. */
const DENIALS = 5_020;

/** Most notices of such a storm that are not of high severity. */
const NOTICES = 3;

const ROOT = join(__dirname, '..');

/** A storm in the local organization, just as `npm start -- --storm` plays it, start and the next day's digest included. */
export const storm: Section = { name: 'storm', run: measureStorm };

async function measureStorm(): Promise<Row[]> {
  const args = ['--import', 'tsx', join('sandbox', 'main.ts'), '--json', '--storm', String(DENIALS)];
  const options = { cwd: ROOT, maxBuffer: 2 ** 30 };
  // A storm that went wrong exits with 1 and has a summary all the same, which says what is missing.
  const { stdout } = await promisify(execFile)(process.execPath, args, options).catch((error: { stdout?: string }) => {
    if (!error.stdout) throw error;
    return { stdout: error.stdout };
  });
  const { events, failed, ms, notices, noticesHigh }: Summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  return [
    { what: 'denials lost or miscounted, and other failures', value: failed, unit: 'failures', budget: 0 },
    { what: 'notices that are not of high severity', value: notices - noticesHigh, unit: 'notices', budget: NOTICES },
    { what: 'storm of 5,020 denials', value: ms, unit: 'ms' },
    { what: 'denials of the storm', value: Math.round(events / (ms / 1000)), unit: 'a second' },
  ];
}

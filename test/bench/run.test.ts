import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../bench/run';
import type { Row, Section } from '../../bench/section';

const section = (name: string, ...rows: Row[]): Section => ({ name, run: async () => rows });
const small = section('small', { what: 'calls', value: 3, unit: 'AWS calls', budget: 3 });
const large = section('large', { what: 'bytes', value: 1_200_000, unit: 'bytes', budget: 600_000 });
const slow = section('slow', { what: 'start', value: 90, unit: 'ms', aim: '≤ 60' });
const unmeasured = section('unmeasured', { what: 'bytes', value: Number.NaN, unit: 'bytes', budget: 600_000 });

async function play(sections: readonly Section[], ...args: string[]) {
  const lines = { printed: '', complained: '' };
  const exitCode = await run(sections, args, {
    print: (text) => {
      lines.printed += `${text}\n`;
    },
    complain: (text) => {
      lines.complained += `${text}\n`;
    },
  });
  return { exitCode, ...lines };
}

test('shows every figure and the machine, and ends well when no budget is broken', async () => {
  const { exitCode, printed } = await play([small, slow]);

  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^\| small +\| calls \| +3 \| AWS calls \| at most 3 +\|$/m);
  expect(printed).toMatch(/^\| slow +\| start \| +90 \| ms +\| ≤ 60 +\|$/m);
  expect(printed).toMatch(/\d+ cores, \d+ GB, .* Node v\d+.* load [\d.]+ before and [\d.]+ after; 20\d\d-/);
});

test.each([large, unmeasured])('fails when a budget is broken: $name', async (broken) => {
  const { exitCode, complained } = await play([small, broken]);

  expect(exitCode).toBe(1);
  expect(complained).toMatch(
    /^Over budget: (large|unmeasured): bytes is (1200000|NaN) bytes, at most 600000 are allowed\.$/m,
  );
});

test('prints nothing but JSON when asked to, with the machine and the broken budgets', async () => {
  const { printed } = await play([small, large], '--json', '-');

  expect(JSON.parse(printed)).toEqual({
    machine: expect.objectContaining({ cores: expect.any(Number), node: process.version, load: expect.any(Number) }),
    loadAfter: expect.any(Number),
    results: [
      { name: 'small', seconds: expect.any(Number), rows: [expect.objectContaining({ what: 'calls', value: 3 })] },
      { name: 'large', seconds: expect.any(Number), rows: [expect.objectContaining({ budget: 600_000 })] },
    ],
    broken: ['large: bytes is 1200000 bytes, at most 600000 are allowed'],
  });
});

test('writes the JSON to a file and shows the table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-bench-'));
  const file = join(folder, 'results.json');
  const { printed } = await play([small], '--json', file);
  const written = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });

  expect(printed).toContain('| small');
  expect(written.results).toHaveLength(1);
});

test('measures only the sections that are named', async () => {
  const { exitCode, printed } = await play([small, large, slow], '--only', 'small', '--only', 'slow');

  expect(exitCode).toBe(0);
  expect(printed).not.toContain('large');
});

test.each([
  [['--only', 'medium'], '--only medium: there is no such section, only small, large.'],
  [['--only', 'small', '--update-docs'], '--update-docs keeps all results: leave --only out.'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j', async (args, complaint) => {
  const { exitCode, printed, complained } = await play([small, large], ...args);

  expect(exitCode).toBe(2);
  expect(printed).toBe('');
  expect(complained).toContain(complaint);
});

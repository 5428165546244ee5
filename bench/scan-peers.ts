import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './median';
import type { Archive } from './scan-archive';
import type { Row } from './section';

const ROOT = join(__dirname, '..');
const COMMAND = join(ROOT, 'dist', 'trailmend.js');
const REPORT_MEMORY = join(__dirname, 'report-memory.js');
const DUCKDB = join(__dirname, 'duckdb-scan.js');

/** The refused calls in all files, as one does it by hand. */
const BY_HAND =
  'zcat "$1"/*.json.gz | jq -c \'.Records[] | select((.errorCode // "") | test("^AccessDenied|UnauthorizedOperation$"))\' | wc -l';

/** What a process came to: seconds from start to end, and megabytes that it had at most, where it says so. */
type Ran = { readonly seconds: number; readonly memory: number };

/** Something else that reads an archive. */
type Peer = { readonly name: string; readonly aim: string; run(folder: string): Ran | null };

/** They read each file by one of its names, since some are slow; megabytes a second compare all the same. */
const PEERS: readonly Peer[] = [
  { name: 'zcat and jq', aim: '≥ 15', run: (folder) => ran('sh', ['-c', BY_HAND, 'sh', folder]) },
  {
    name: 'DuckDB, two threads',
    aim: '≥ 2',
    run: (folder) => ran(process.execPath, [DUCKDB, `${folder}/*.json.gz`, '2']),
  },
];

/** Whole processes, their start included. A peer that is not installed has no rows. */
export function measurePeers({ folder, bytes, names }: Archive, rounds: number): Row[] {
  const present = PEERS.filter(({ run }) => run(folder) !== null);
  const measured = Array.from({ length: rounds }, () => ({
    one: scanned(folder, 1),
    two: scanned(folder, 2),
    // As if they had read as much.
    peers: present.map(({ run }) => names * (run(folder)?.seconds ?? Number.NaN)),
  }));
  const rate = (seconds: readonly number[]) => Math.round(bytes / 1e6 / median(seconds));
  const ratio = (ratios: readonly number[]) => Math.round(10 * median(ratios)) / 10;
  const secondsOf = (which: 'one' | 'two') => measured.map((round) => round[which].seconds);
  return [
    { what: 'trailmend scan, one thread', value: rate(secondsOf('one')), unit: 'MB/s' },
    { what: 'trailmend scan, two threads', value: rate(secondsOf('two')), unit: 'MB/s' },
    {
      what: 'two threads over one',
      value: ratio(measured.map(({ one, two }) => one.seconds / two.seconds)),
      unit: 'times',
      aim: '≥ 1.8',
    },
    { what: 'memory on two threads', value: Math.max(...measured.map(({ two }) => two.memory)), unit: 'MB' },
    ...present.flatMap(({ name, aim }, at): Row[] => [
      { what: name, value: rate(measured.map(({ peers }) => peers[at] ?? Number.NaN)), unit: 'MB/s' },
      {
        what: `scan over ${name}`,
        value: ratio(measured.map(({ two, peers }) => (peers[at] ?? Number.NaN) / two.seconds)),
        unit: 'times',
        aim,
      },
    ]),
  ];
}

function scanned(folder: string, threads: number): Ran {
  const args = ['--require', REPORT_MEMORY, COMMAND, 'scan', folder, '--json', '--threads', String(threads)];
  const result = ran(process.execPath, args);
  if (result === null) throw new Error(`trailmend scan on ${threads} threads failed, or found nothing in ${folder}.`);
  return result;
}

/** Runs it to its end; null when it is not there, fails or finds nothing. */
function ran(command: string, args: readonly string[]): Ran | null {
  const began = performance.now();
  const { status, stdout, output } = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const seconds = (performance.now() - began) / 1000;
  const hasFound = status === 0 && /[1-9]/.test(stdout.toString());
  return hasFound ? { seconds, memory: Math.round(Number(output[3]?.toString() || 0) / 1024) } : null;
}

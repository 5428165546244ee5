import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './median';
import type { Archive, Size } from './scan-archive';
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

const PEERS: readonly Peer[] = [
  { name: 'zcat and jq', aim: '≥ 15', run: (folder) => ran('sh', ['-c', BY_HAND, 'sh', folder]) },
  {
    name: 'DuckDB, two threads',
    aim: '≥ 2',
    run: (folder) => ran(process.execPath, [DUCKDB, `${folder}/*.json.gz`, '2']),
  },
];

/**
 * Whole processes, their start included, on all cores. Peers read each file by one of its names, since some are slow: what
 * compares is megabytes a second. A peer that is not installed has no rows.
 */
export function measurePeers({ folder, larger, bytes }: Archive, { names }: Size, rounds: number): Row[] {
  const present = PEERS.filter(({ run }) => run(folder) !== null);
  const measured = Array.from({ length: rounds }, () => {
    const { seconds, memory } = scanned(larger.folder);
    const peers = present.map(({ run }) => bytes / (run(folder)?.seconds ?? Number.NaN) / 1e6);
    return { scan: (names * bytes) / seconds / 1e6, memory, peers };
  });
  return [
    { what: 'trailmend scan', value: Math.round(median(measured.map(({ scan }) => scan))), unit: 'MB/s' },
    { what: 'memory of trailmend scan', value: Math.max(...measured.map(({ memory }) => memory)), unit: 'MB' },
    ...present.flatMap(({ name, aim }, at): Row[] => {
      const rates = measured.map(({ peers }) => peers[at] ?? Number.NaN);
      const ratios = measured.map(({ scan }, round) => scan / (rates[round] ?? Number.NaN));
      return [
        { what: name, value: Math.round(median(rates)), unit: 'MB/s' },
        { what: `scan over ${name}`, value: Math.round(10 * median(ratios)) / 10, unit: 'times', aim },
      ];
    }),
  ];
}

function scanned(folder: string): Ran {
  const args = ['--require', REPORT_MEMORY, COMMAND, 'scan', folder, '--json', '--threads', '2'];
  const result = ran(process.execPath, args);
  if (result === null) throw new Error(`trailmend scan failed, or found nothing in ${folder}.`);
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

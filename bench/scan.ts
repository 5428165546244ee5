import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readBatch } from '../scan/log-files/batch';
import { median } from './median';
import { type Archive, makeArchive } from './scan-archive';
import { measurePeers } from './scan-peers';
import type { Row, Section } from './section';

/** How often each is measured, in turn. Ratios are those within a round, since the speed of the machine drifts. */
const ROUNDS = 5;

const SETUP = {
  wanted: { since: null, until: null, cases: [], accounts: [], withIgnored: false },
  organization: { managementAccount: null, responderRole: null },
  now: Date.UTC(2026, 11, 1),
};

/** Reading an archive of log files: against unzipping alone, on one core and on two, and against what else reads it. */
export const scan: Section = { name: 'scan', run: measureScan };

async function measureScan(): Promise<Row[]> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..') });
  const archives = [makeArchive(10), makeArchive(1)] as const;
  try {
    return [...(await measureCore(...archives)), ...measurePeers(archives[0], ROUNDS)];
  } finally {
    for (const { folder } of archives) {
      rmSync(folder, { recursive: true });
    }
  }
}

/** Seconds of one round. */
type Round = Readonly<Record<'unzip' | 'parse' | 'scan' | 'unzipEverywhere' | 'scanEverywhere', number>>;

/** All in this process, on one core. @param everywhere an archive of which every file has findings */
async function measureCore(archive: Archive, everywhere: Archive): Promise<Row[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      unzip: await secondsOf(() => unzipAll(archive)),
      parse: await secondsOf(() => parseAll(archive)),
      scan: await secondsOf(() => scanAll(archive)),
      unzipEverywhere: await secondsOf(() => unzipAll(everywhere)),
      scanEverywhere: await secondsOf(() => scanAll(everywhere)),
    });
  }
  const rate = (which: keyof Round) => Math.round(median(rounds.map((round) => archive.bytes / 1e6 / round[which])));
  const ratio = (of: (round: Round) => number) => Math.round(100 * median(rounds.map(of))) / 100;
  return [
    { what: 'archive', value: Math.round(archive.bytes / 1e6), unit: 'MB' },
    { what: 'unzipping alone, one core', value: rate('unzip'), unit: 'MB/s' },
    { what: 'unzipping and JSON.parse, one core', value: rate('parse'), unit: 'MB/s' },
    { what: 'scan, one core', value: rate('scan'), unit: 'MB/s' },
    { what: 'scan over unzipping alone', value: ratio(({ unzip, scan }) => unzip / scan), unit: 'times', aim: '≥ 0.7' },
    {
      what: 'the same, findings in every file',
      value: ratio(({ unzipEverywhere, scanEverywhere }) => unzipEverywhere / scanEverywhere),
      unit: 'times',
    },
  ];
}

function unzipAll({ files }: Archive): void {
  for (const file of files) unzipped(file);
}

function parseAll({ files }: Archive): void {
  for (const file of files) JSON.parse(unzipped(file).toString());
}

async function scanAll({ files }: Archive): Promise<void> {
  await readBatch(files, SETUP, new AbortController().signal);
}

/** As fast as it goes: the room for all that comes out is made at once. */
function unzipped(file: string): Buffer {
  const gzip = readFileSync(file);
  return gunzipSync(gzip, { chunkSize: gzip.readUInt32LE(gzip.length - 4) });
}

/** Seconds of processor time; unlike time of day, others who want the cores do not add to it. */
async function secondsOf(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

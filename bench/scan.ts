import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { readBatch } from '../scan/log-files/batch';
import { keepMemory, readOnThreads } from '../scan/log-files/threads';
import { median } from './median';
import { type Archive, makeArchive, type Size } from './scan-archive';
import { measurePeers } from './scan-peers';
import type { Row, Section } from './section';

const USUAL: Size = { files: 200, recordsPerFile: 1_000, names: 12 };

/** How often each is measured, in turn. Ratios are those within a round, since the speed of a machine drifts. */
const ROUNDS = 5;

/** One in so many files has refusals about CloudTrail: one refusal in a hundred, in bursts, as they come. */
const RARE = 30;

const UNZIP_THREAD = join(__dirname, 'unzip-thread.js');

const SETUP = {
  wanted: { since: null, until: null, cases: [], accounts: [], withIgnored: false },
  organization: { managementAccount: null, responderRole: null },
  now: Date.UTC(2026, 11, 1),
};

/** Reading an archive of log files: against unzipping alone, on one core and on two, and against what else reads it. */
export const scan: Section = {
  name: 'scan',
  run: () => {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..') });
    return measureScan(USUAL, ROUNDS);
  },
};

/** Measures each in so many rounds; the command as it was built last. */
export async function measureScan(size: Size, rounds: number): Promise<Row[]> {
  const archives = [makeArchive(size, RARE), makeArchive(size, 1)] as const;
  keepMemory();
  try {
    const cores = await measureCore(...archives, rounds);
    const threads = await measureThreads(archives[0], size, rounds);
    return [...cores, ...threads, ...measurePeers(archives[0], size, rounds)];
  } finally {
    for (const { folder, larger } of archives) {
      rmSync(folder, { recursive: true });
      rmSync(larger.folder, { recursive: true });
    }
  }
}

/** Seconds of one round. */
type Round = Readonly<Record<'unzip' | 'scan' | 'unzipEverywhere' | 'scanEverywhere', number>>;

/** All in this process, on one core. @param everywhere an archive of which every file has findings */
async function measureCore(archive: Archive, everywhere: Archive, count: number): Promise<Row[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    rounds.push({
      unzip: await secondsOf(() => unzipAll(archive)),
      scan: await secondsOf(() => scanAll(archive)),
      unzipEverywhere: await secondsOf(() => unzipAll(everywhere)),
      scanEverywhere: await secondsOf(() => scanAll(everywhere)),
    });
  }
  // Afterwards, since what it leaves to the garbage collector would be paid for by the others.
  const parse = await secondsOf(() => parseAll(archive));
  const rate = (seconds: number) => Math.round(archive.bytes / 1e6 / seconds);
  const ratio = (of: (round: Round) => number) => hundredths(median(rounds.map(of)));
  const [unzip, scan] = [median(rounds.map((round) => round.unzip)), median(rounds.map((round) => round.scan))];
  const everywhereRatio = ratio((round) => round.unzipEverywhere / round.scanEverywhere);
  return [
    { what: 'archive', value: Math.round(archive.bytes / 1e6), unit: 'MB' },
    { what: 'unzipping alone, one core', value: rate(unzip), unit: 'MB/s' },
    { what: 'unzipping and JSON.parse, one core', value: rate(parse), unit: 'MB/s' },
    { what: 'scan, one core', value: rate(scan), unit: 'MB/s' },
    { what: 'scan over unzipping', value: ratio((round) => round.unzip / round.scan), unit: 'times', aim: '≥ 0.7' },
    { what: 'the same, findings in every file', value: everywhereRatio, unit: 'times' },
  ];
}

/** Milliseconds of one round. */
type ThreadsRound = Readonly<Record<'one' | 'two' | 'unzipOne' | 'unzipTwo', number>>;

/** Reading on threads, and unzipping alone on as many, their start included; time of day. */
async function measureThreads({ larger, bytes }: Archive, { names }: Size, count: number): Promise<Row[]> {
  const course = { signal: new AbortController().signal, take: () => {} };
  const read = (threads: number) => millisecondsOf(() => readOnThreads(larger.files, threads, SETUP, course));
  const unzip = (threads: number) => millisecondsOf(() => unzipOnThreads(larger.files, threads));
  const rounds: ThreadsRound[] = [];
  for (let round = 0; round <= count; round += 1) {
    rounds.push({ one: await read(1), two: await read(2), unzipOne: await unzip(1), unzipTwo: await unzip(2) });
  }
  // In the first round the threads' code is bundled.
  const counted = rounds.slice(1);
  const middle = (of: (round: ThreadsRound) => number) => median(counted.map(of));
  const rate = (milliseconds: number) => Math.round((names * bytes) / 1e3 / milliseconds);
  const limit = hundredths(middle(({ unzipOne, unzipTwo }) => unzipOne / unzipTwo));
  const ratio = hundredths(middle(({ one, two }) => one / two));
  return [
    { what: 'reading on one thread', value: rate(middle(({ one }) => one)), unit: 'MB/s' },
    { what: 'reading on two threads', value: rate(middle(({ two }) => two)), unit: 'MB/s' },
    { what: 'unzipping alone, two threads over one', value: limit, unit: 'times' },
    { what: 'two threads over one', value: ratio, unit: 'times', aim: '≥ 1.8' },
  ];
}

/** Unzips on so many threads: what the cores of this machine allow. */
async function unzipOnThreads(files: readonly string[], threads: number): Promise<void> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workers = Array.from({ length: threads }, () => new Worker(UNZIP_THREAD, { workerData: { files, next } }));
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
}

async function millisecondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function hundredths(value: number): number {
  return Math.round(100 * value) / 100;
}

function unzipAll({ files }: Archive): void {
  for (const file of files) unzipped(file);
}

function parseAll({ files }: Archive): void {
  for (const file of files) JSON.parse(unzipped(file).toString());
}

async function scanAll({ files }: Archive): Promise<void> {
  await readBatch(files, SETUP, new AbortController().signal, () => {});
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

import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { NOTHING } from '../history';
import { type Batch, readBatch, type Setup } from './batch';
import type { Said } from './thread';
import { threadCode } from './thread-code';
import { whenAborted } from './when-aborted';

/** Files that are read at a time: enough that handing them over costs nothing, few enough that progress shows. */
const BATCH = 8;

/** Bytes of files that are read without a thread. */
const SMALL = 16 * 2 ** 20;

type Files = readonly string[];

/** Where a reading stands: what has come, and when to end. */
export type Course = { readonly signal: AbortSignal; take(batch: Batch): void };

/**
 * Reads files on so many threads; a few small ones on this one. Ends early, and at once, when the signal is aborted. A thread
 * that breaks down leaves the files that it had as problems, and another one goes on.
 */
export async function readOnThreads(
  files: readonly string[],
  threads: number,
  setup: Setup,
  course: Course,
): Promise<void> {
  keepMemory();
  const size = Math.min(BATCH, Math.ceil(files.length / (2 * threads)));
  const batches = Array.from({ length: Math.ceil(files.length / (size || 1)) }, (_, at) =>
    files.slice(at * size, (at + 1) * size),
  );
  const count = Math.min(threads, batches.length);
  await (areFewAndSmall(files) ? here(batches, setup, course) : onThreads(batches.values(), count, setup, course));
}

/** Whether they are read sooner than a thread is started, and so soon that nobody would press Ctrl-C meanwhile. */
function areFewAndSmall(files: readonly string[]): boolean {
  return files.length <= BATCH && files.reduce((sum, file) => sum + sizeOf(file), 0) <= SMALL;
}

/** Of what cannot be looked at none: reading it tells why. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/**
 * Lets the memory of one file serve the next. The C library of most Linux systems gives a block of a file's size back to the
 * system as soon as it is free, and asking for it again costs more than unzipping, until it has seen a larger block come and
 * go. This one is never written to, so that it takes no memory.
 * @see https://man7.org/linux/man-pages/man3/mallopt.3.html M_MMAP_THRESHOLD
 */
export function keepMemory(): void {
  Buffer.allocUnsafeSlow(31 * 2 ** 20);
}

async function here(batches: readonly Files[], setup: Setup, { signal, take }: Course): Promise<void> {
  for (const batch of batches) {
    if (!signal.aborted) {
      take(await readBatch(batch, setup, signal, take));
    }
  }
}

async function onThreads(batches: Iterator<Files>, count: number, setup: Setup, { signal, take }: Course) {
  const text = await threadCode();
  const workers = new Set<Worker>();
  const start = () => {
    // A pipe is closed by who reads it: a thread that closed it again would close what has its number by then.
    const worker = new Worker(text, { eval: true, workerData: setup, trackUnmanagedFds: false });
    workers.add(worker);
    return worker;
  };
  try {
    await Promise.race([
      Promise.all(Array.from({ length: count }, () => feed(start, batches, take))),
      whenAborted(signal),
    ]);
  } finally {
    await Promise.all([...workers].map((worker) => worker.terminate()));
  }
}

/** Hands batches to a thread until there are no more. One waits with it while it reads another. */
function feed(start: () => Worker, batches: Iterator<Files>, take: (batch: Batch) => void): Promise<void> {
  return new Promise((resolve) => {
    const worker = start();
    const open: Files[] = [];
    const hand = () => {
      const next = batches.next();
      if (!next.done) {
        open.push(next.value);
        worker.postMessage(next.value);
      }
    };
    worker.on('message', ({ batch, isWhole }: Said) => {
      take(batch);
      if (isWhole) {
        open.shift();
        hand();
      }
      if (open.length === 0) {
        resolve();
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      worker.removeAllListeners('message');
      take(lost(open.flat(), error));
      resolve(feed(start, batches, take));
    });
    hand();
    hand();
    if (open.length === 0) {
      resolve();
    }
  });
}

/** What files came to that a thread had when it broke down. */
function lost(paths: readonly string[], { code, message }: NodeJS.ErrnoException): Batch {
  const what = `it was not read, since the thread that had it broke down (${code ?? message}): read it alone`;
  const problems = paths.map((where) => ({ where, what }));
  return { part: NOTHING, files: paths.length, bytes: 0, problems };
}

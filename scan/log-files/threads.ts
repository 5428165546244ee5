import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Batch, readBatch, type Setup } from './batch';

/** Files that are read at a time: enough that handing them over costs nothing, few enough that progress shows. */
const BATCH = 8;

/** How the packaged command has the code of a thread beside it. */
const PACKAGED = 'scan-thread.js';

/** Where a reading stands: what has come, and when to end. */
export type Course = { readonly signal: AbortSignal; take(batch: Batch): void };

/**
 * Reads files on so many threads; on this one when it is a single one. Ends early, and at once, when the signal is aborted.
 * @throws what a thread threw
 */
export async function readOnThreads(
  files: readonly string[],
  threads: number,
  setup: Setup,
  course: Course,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, at) =>
    files.slice(at * BATCH, (at + 1) * BATCH),
  ).values();
  keepMemory();
  const count = Math.min(threads, Math.ceil(files.length / BATCH));
  await (count > 1 ? onThreads(batches, count, setup, course) : here(batches, setup, course));
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

async function here(batches: Iterator<readonly string[]>, setup: Setup, { signal, take }: Course): Promise<void> {
  for (let next = batches.next(); !next.done && !signal.aborted; next = batches.next()) {
    take(await readBatch(next.value, setup, signal));
    // Lets Ctrl-C be heard.
    await new Promise(setImmediate);
  }
}

async function onThreads(
  batches: Iterator<readonly string[]>,
  count: number,
  setup: Setup,
  { signal, take }: Course,
): Promise<void> {
  const text = await threadCode();
  const workers = Array.from({ length: count }, () => new Worker(text, { eval: true, workerData: setup }));
  try {
    await Promise.race([Promise.all(workers.map((worker) => feed(worker, batches, take))), whenAborted(signal)]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Hands batches to a thread until there are no more. One waits with it while it reads another. */
function feed(worker: Worker, batches: Iterator<readonly string[]>, take: (batch: Batch) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0;
    const hand = () => {
      const next = batches.next();
      if (!next.done) {
        open += 1;
        worker.postMessage(next.value);
      }
    };
    worker.on('message', (batch: Batch) => {
      open -= 1;
      take(batch);
      hand();
      if (open === 0) {
        resolve();
      }
    });
    worker.on('error', reject);
    hand();
    hand();
    if (open === 0) {
      resolve();
    }
  });
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

let code: Promise<string> | null = null;

/** The code of a thread: beside the packaged command as `npm run build` put it there; from source it is bundled, once. */
function threadCode(): Promise<string> {
  const packaged = join(__dirname, PACKAGED);
  code ??= existsSync(packaged) ? readFile(packaged, 'utf8') : bundledThread();
  return code;
}

async function bundledThread(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'thread.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return outputFiles[0]?.text ?? '';
}

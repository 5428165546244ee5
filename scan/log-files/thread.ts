import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, readBatch, type Setup } from './batch';

/** What a thread says: what a batch came to, or a part of it. */
export type Said = { readonly batch: Batch; readonly isWhole: boolean };

const say = (said: Said) => parentPort?.postMessage(said);
const { signal } = new AbortController();
let last = Promise.resolve();

/** A thread that reads the batches of files it is sent, one after the other, until it is ended. */
parentPort?.on('message', (paths: readonly string[]) => {
  const tell = (batch: Batch) => say({ batch, isWhole: false });
  last = last.then(async () =>
    say({ batch: await readBatch(paths, workerData as Setup, signal, tell), isWhole: true }),
  );
});

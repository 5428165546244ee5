import { parentPort, workerData } from 'node:worker_threads';
import { readBatch, type Setup } from './batch';

/** A thread that reads the batches of files it is sent, until it is ended. */
parentPort?.on('message', async (paths: readonly string[]) => {
  parentPort?.postMessage(await readBatch(paths, workerData as Setup, new AbortController().signal));
});

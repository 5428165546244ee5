import type { Readable } from 'node:stream';
import type { History } from '../history';
import type { HistorySource, Reading, Watch } from '../source';
import type { Batch } from './batch';
import { listFiles } from './list-files';
import { whyUnread } from './read-file';
import { readStream } from './read-stream';
import { readOnThreads } from './threads';
import { Total } from './total';

/** What of this machine is read, and how. */
export type LogFileSettings = {
  /** Files and directories; `-` for standard input. */
  readonly paths: readonly string[];
  readonly input: () => Readable;
  /** Threads that read. */
  readonly threads: number;
};

/** CloudTrail log files on this machine. */
export class LogFiles implements HistorySource {
  readonly name: string;

  constructor(private readonly settings: LogFileSettings) {
    this.name = settings.paths.map((path) => (path === '-' ? 'standard input' : path)).join(', ');
  }

  async read(history: History, watch: Watch): Promise<Reading> {
    const { paths, input, threads } = this.settings;
    const { signal } = watch;
    const { wanted, organization, now } = history;
    const named = paths.filter((path) => path !== '-');
    watch.tell(() => 'looking for log files ...');
    const { files, problems, left } = await listFiles(named, wanted, signal);
    const total = new Total(files.length, problems, left);
    const take = (batch: Batch) => {
      history.merge(batch.part);
      total.add(batch);
      watch.tell(() => total.words());
    };
    if (named.length < paths.length && !signal.aborted) {
      await readInput(input(), history, signal, total);
    }
    await readOnThreads(files, threads, { wanted, organization, now }, { signal, take });
    return total.reading(signal.aborted);
  }
}

async function readInput(input: Readable, history: History, signal: AbortSignal, total: Total): Promise<void> {
  const where = 'standard input';
  try {
    const { bytes, problem } = await readStream(input, where, history, signal);
    const problems = problem === null ? [] : [{ where, what: problem }];
    total.add({ files: 1, bytes, problems });
  } catch (error) {
    total.add({ files: 1, bytes: 0, problems: [{ where, what: whyUnread(error) }] });
  }
}

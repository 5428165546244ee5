import type { Readable } from 'node:stream';
import { type History, NOTHING } from '../history';
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
    const { files, problems, left } = await listFiles(named, wanted, watch);
    const hasInput = named.length < paths.length;
    const total = new Total(files.length + (hasInput ? 1 : 0), problems, left);
    const take = (batch: Batch) => {
      history.merge(batch.part);
      total.add(batch);
      watch.tell(() => total.words());
    };
    if (hasInput && !signal.aborted) {
      take(await inputBatch(input(), history, watch, total));
    }
    await readOnThreads(files, threads, { wanted, organization, now }, { signal, take });
    return total.reading(signal.aborted);
  }
}

/** Reads standard input into the history. */
async function inputBatch(input: Readable, history: History, watch: Watch, total: Total): Promise<Batch> {
  const where = 'standard input';
  const onBlock = (bytes: number) => {
    total.add({ files: 0, bytes, problems: [] });
    watch.tell(() => total.words());
  };
  try {
    const { bytes, problem } = await readStream(input, where, history, watch.signal, onBlock);
    return { part: NOTHING, files: 1, bytes, problems: problem === null ? [] : [{ where, what: problem }] };
  } catch (error) {
    return { part: NOTHING, files: 1, bytes: 0, problems: [{ where, what: whyUnread(error) }] };
  }
}

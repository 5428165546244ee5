import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { History } from '../history';
import type { HistorySource, Problem, Reading, Watch } from '../source';

/** CloudTrail log files on this machine. */
export class LogFiles implements HistorySource {
  constructor(
    private readonly paths: readonly string[],
    readonly _input: () => Readable,
  ) {}

  get name(): string {
    return this.paths.join(', ');
  }

  async read(history: History, { signal }: Watch): Promise<Reading> {
    const problems: Problem[] = [];
    for (const path of this.paths) {
      if (signal.aborted) {
        break;
      }
      const bytes = await readFile(path);
      const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
      const records = JSON.parse(text).Records as unknown[];
      records.forEach((record, at) => void history.take(record, `${path}#${at}`));
    }
    return { problems, isInterrupted: signal.aborted, remarks: [] };
  }
}

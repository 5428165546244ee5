import { LogFiles } from '../scan/log-files/log-files';
import type { HistorySource } from '../scan/source';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** What says where the past is read from. */
export type HistoryOptions = { threads: number };

/**
 * Where the past is read from, as the arguments say.
 * @throws UsageError when they make no sense
 */
export function openHistory(paths: readonly string[], { threads }: HistoryOptions, io: Io): HistorySource {
  if (paths.length === 0) {
    throw new UsageError('nothing to read: give log files or directories, or - for standard input; see scan --help.');
  }
  return new LogFiles({ paths, input: io.input, threads });
}

import { LogFiles } from '../scan/log-files/log-files';
import type { HistorySource } from '../scan/source';
import { type EventHistoryOptions, refuseWithoutAws } from './event-history-options';
import type { Io } from './io';
import { openEventHistory } from './open-event-history';
import type { WantedOptions } from './scan-options';
import { UsageError } from './usage-error';

/** What says where the past is read from. */
export type HistoryOptions = EventHistoryOptions & { threads: number };

/**
 * Where the past is read from, as the arguments say.
 * @throws UsageError when they make no sense
 */
export async function openHistory(
  paths: readonly string[],
  options: HistoryOptions & WantedOptions,
  io: Io,
): Promise<HistorySource> {
  if (options.aws) {
    if (paths.length > 0) {
      throw new UsageError(`--aws reads no files: leave out ${paths.join(' ')}, or --aws.`);
    }
    return openEventHistory(options, io.time);
  }
  refuseWithoutAws(options);
  if (paths.length === 0) {
    throw new UsageError(
      'nothing to read: give log files or directories, - for standard input, or --aws; see scan --help.',
    );
  }
  return new LogFiles({ paths, input: io.input, threads: options.threads });
}

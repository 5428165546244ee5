import { LogFiles } from '../scan/log-files/log-files';
import type { HistorySource } from '../scan/source';
import { type AthenaOptions, refuseAthenaOptions } from './athena-options';
import type { Io } from './io';
import { openAthena } from './open-athena';
import { UsageError } from './usage-error';

/** What says where the past is read from. */
export type HistoryOptions = AthenaOptions & { threads: number };

/**
 * Where the past is read from, as the arguments say.
 * @throws UsageError when they make no sense
 */
export function openHistory(paths: readonly string[], options: HistoryOptions, io: Io): HistorySource {
  if (options.athena) {
    if (paths.length > 0) {
      throw new UsageError(`--athena reads the archive in S3, not ${paths[0]}: leave one of them out.`);
    }
    return openAthena(options, io);
  }
  refuseAthenaOptions(options);
  if (paths.length === 0) {
    throw new UsageError('nothing to read: give log files or directories, or - for standard input; see scan --help.');
  }
  return new LogFiles({ paths, input: io.input, threads: options.threads });
}

import { availableParallelism } from 'node:os';
import { LogFiles } from '../scan/log-files/log-files';
import type { HistorySource } from '../scan/source';
import type { AthenaOptions } from './athena-options';
import type { EventHistoryOptions } from './event-history-options';
import type { Io } from './io';
import { openAthena } from './open-athena';
import { openEventHistory } from './open-event-history';
import type { WantedOptions } from './scan-options';
import { UsageError } from './usage-error';

/** What says where the past is read from. */
export type HistoryOptions = EventHistoryOptions & AthenaOptions & { threads?: number };

/**
 * Where the past is read from, as the arguments say.
 * @throws UsageError when they make no sense
 */
export async function openHistory(
  paths: readonly string[],
  options: HistoryOptions & WantedOptions,
  io: Io,
): Promise<HistorySource> {
  const service = options.aws ? '--aws' : options.athena ? '--athena' : null;
  if (service !== null && paths.length > 0) {
    throw new UsageError(`${service} reads no files: leave out ${paths.join(' ')}, or ${service}.`);
  }
  if (options.athena) {
    return openAthena(options, io);
  }
  if (options.aws) {
    return openEventHistory(options, io.time);
  }
  if (paths.length === 0) {
    throw new UsageError(
      'nothing to read: give log files or directories, - for standard input, --aws or --athena; see scan --help.',
    );
  }
  return new LogFiles({ paths, input: io.input, threads: options.threads ?? availableParallelism() });
}

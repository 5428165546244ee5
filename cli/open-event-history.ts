import { DAYS_KEPT, oldestKept, periodOf } from '../scan/event-history/period';
import { type Asked, differenceOf, newState, type ScanState } from '../scan/event-history/state';
import { readState, writeState } from '../scan/event-history/state-file';
import type { HistorySource } from '../scan/source';
import { REAL_TIME, type Time } from '../scan/time';
import type { EventHistoryOptions } from './event-history-options';
import { openCloudTrail } from './open-cloudtrail';
import { organizationOf, type WantedOptions, wantedOf } from './scan-options';
import { UsageError } from './usage-error';

/**
 * CloudTrail's event history as the caller's AWS configuration leads to it, or what a file has of a scan that was begun.
 * @throws UsageError when the options make no sense, or ask for something else than the file has
 */
export async function openEventHistory(
  options: EventHistoryOptions & WantedOptions,
  time: Time = REAL_TIME,
): Promise<HistorySource> {
  const { EventHistory } = await import('../scan/event-history/event-history');
  const file = options.resume ?? null;
  const kept = file === null ? null : await keptState(file);
  const begun = kept?.begun ?? time.now();
  const wanted = wantedOf(options, begun);
  refuseEmptyPeriod(wanted, begun);
  const { regions, account, lookUp } = await openCloudTrail(options);
  const asked: Asked = { regions, wanted, organization: organizationOf(options) };
  if (file !== null && kept !== null) {
    refuse(file, differenceOf(kept, asked));
  }
  if (kept?.finished != null) {
    return new EventHistory(kept, { lookUp, time, file });
  }
  const caller = await account();
  const state = kept ?? newState(caller, begun, asked);
  if (file !== null) {
    refuse(file, state.account === caller ? null : `the account was ${state.account}, now it is ${caller}`);
    await keep(file, state);
  }
  return new EventHistory(state, { lookUp, time, file });
}

async function keptState(file: string): Promise<ScanState | null> {
  const read = await readState(file);
  if ('refused' in read) {
    throw new UsageError(`--resume ${file} ${read.refused}: name another file, or delete it to begin anew.`);
  }
  return read.state;
}

function refuse(file: string, difference: string | null): void {
  if (difference !== null) {
    throw new UsageError(
      `--resume ${file} has another scan (${difference}): run the command as it was, name another file, or delete it.`,
    );
  }
}

function refuseEmptyPeriod(wanted: Asked['wanted'], begun: number): void {
  const { since, until } = periodOf(wanted, begun);
  if (until <= oldestKept(begun)) {
    throw new UsageError(`--until lies before all that the event history has: it goes back ${DAYS_KEPT} days.`);
  }
  if (since >= until) {
    throw new UsageError('--since lies in the future: nothing has happened since then.');
  }
}

/** Before anything is read, so that nobody waits hours for a file that cannot be written. */
async function keep(file: string, state: ScanState): Promise<void> {
  try {
    await writeState(file, state);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--resume ${file} cannot be written (${code}): name a file in a folder that you may write to.`,
    );
  }
}

import { isIncidentKey } from '../review/source';
import { durationOf } from './duration';
import type { TableOptions } from './table-options';
import { UsageError } from './usage-error';

/** Longest mute: what should be silent for longer is a suppression, which somebody reviews. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/** The options of `trailmend mute`. */
export type MuteOptions = TableOptions & {
  for?: string;
  reason?: string;
  list?: true;
  end?: true;
};

/** What `trailmend mute` is asked for. */
export type MuteRequest =
  | { readonly kind: 'list' }
  | { readonly kind: 'end'; readonly incident: string; readonly reason: string }
  | { readonly kind: 'begin'; readonly incident: string; readonly ms: number; readonly reason: string };

/**
 * Reads the arguments of `trailmend mute`.
 * @throws UsageError when they make no sense, before anything is asked of AWS
 */
export function requestOf(
  incident: string | undefined,
  { list, end, for: time, reason = '' }: MuteOptions,
): MuteRequest {
  if (list) {
    if (incident !== undefined || end || time !== undefined) {
      throw new UsageError('--list takes no incident and nothing else but --table, --region and --profile.');
    }
    return { kind: 'list' };
  }
  if (!isIncidentKey(incident ?? '')) {
    throw new UsageError(
      `${incident ?? 'nothing'} is no incident: give the key of 12 letters and digits that notices name.`,
    );
  }
  const key = incident ?? '';
  if (end) {
    if (time !== undefined) {
      throw new UsageError('--end and --for exclude each other.');
    }
    return { kind: 'end', incident: key, reason };
  }
  if (time === undefined || reason.trim() === '') {
    throw new UsageError(
      'mute needs --for TIME and --reason TEXT, for example --for 8h --reason "migration until noon".',
    );
  }
  return { kind: 'begin', incident: key, ms: muteTimeOf(time), reason: reason.trim() };
}

function muteTimeOf(time: string): number {
  const ms = durationOf(time);
  if (ms === null) {
    throw new UsageError(`--for ${time} is no time: write 30m, 8h or 2d.`);
  }
  if (ms > LONGEST_MS) {
    throw new UsageError(
      `--for ${time} is longer than 7 days: for that, add a suppression to the settings, where it is reviewed.`,
    );
  }
  return ms;
}

import { durationOf } from './duration';
import { UsageError } from './usage-error';

/**
 * A point in time that an option names: so long ago, a day or a time, UTC unless it says otherwise.
 * @param option for the complaint, such as `--since`
 * @param now milliseconds since 1970
 * @throws UsageError when it is none
 */
export function momentOf(option: string, text: string, now: number): number {
  const span = durationOf(text);
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? timeOf(text)
    : Number.NaN;
  if (span === null && Number.isNaN(time)) {
    throw new UsageError(
      `${option} ${text} is no time: write 30m, 8h or 7d, or a date such as 2026-11-02 or 2026-11-02T03:00Z.`,
    );
  }
  return span === null ? time : now - span;
}

/**
 * Times without a zone are UTC, as everywhere here; the language takes them for local ones, and the 31st of a month of 30 days for
 * the first of the next.
 */
function timeOf(text: string): number {
  const day = new Date(text.slice(0, 10));
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  return exists ? Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text) : Number.NaN;
}

import { UsageError } from './usage-error';

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/**
 * Bytes that an option names.
 * @param option for the complaint, such as `--most-bytes`
 * @throws UsageError when it names none
 */
export function sizeOf(option: string, text: string): number {
  const [, count, unit = 'B'] = /^(\d{1,12}(?:\.\d{1,3})?) ?([KMGT]?B)?$/i.exec(text) ?? [];
  if (count === undefined) {
    throw new UsageError(`${option} ${text} is no size: write 500MB, 10GB or 2TB.`);
  }
  return Number(count) * (UNITS[unit.toUpperCase()] ?? 1);
}

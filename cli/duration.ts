const UNITS = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 } as const;

/** Milliseconds of a time such as `30m`, `8h` or `7d`; null when it is none. */
export function durationOf(time: string): number | null {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(time) ?? [];
  const ms = count && unit ? Number(count) * UNITS[unit as keyof typeof UNITS] : 0;
  return ms === 0 ? null : ms;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const STEP = 1_000;

/** What Athena charges for scanning a terabyte in most Regions. @see https://aws.amazon.com/athena/pricing/ */
const USD_PER_TB = 5;

/** Bytes as people read them. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const size = bytes / STEP ** power;
  return `${power === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[power]}`;
}

/** What scanning them costs, roughly. */
export function costText(bytes: number): string {
  const usd = (bytes / STEP ** 4) * USD_PER_TB;
  return `${usd < 0.01 ? 'less than 0.01' : `about ${usd.toFixed(2)}`} USD at ${USD_PER_TB} USD per TB`;
}

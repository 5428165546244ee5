import { counted } from '../counted';

/** How far a Region is, and how far it was when this reading began; shares from 0 to 1. */
export type RegionProgress = { readonly region: string; readonly begunWith: number; readonly share: number };

/** What is shown of a reading while it goes on. */
export type ReadSoFar = {
  readonly regions: readonly RegionProgress[];
  readonly elapsedMs: number;
  readonly records: number;
  readonly incidents: number;
};

/** Regions that one line has room for; of more, those are named that are behind. */
const NAMED = 4;

/** No time is told before so much was read, and so long: it would only be a guess. */
const TOLD_FROM = { share: 0.02, ms: 10_000 };

const MINUTE = 60_000;

/** How far all Regions are, in one line. */
export function progressWords({ regions, elapsedMs, records, incidents }: ReadSoFar): string {
  const left = timeLeft(regions, elapsedMs);
  const found = `${counted(records, 'record')}, ${counted(incidents, 'incident')}`;
  return [regionWords(regions), found, ...(left === null ? [] : [left])].join('; ');
}

function regionWords(regions: readonly RegionProgress[]): string {
  const read = regions.filter(({ share }) => share === 1).length;
  const slowest = [...regions].sort((one, other) => one.share - other.share).slice(0, NAMED - 1);
  const named = regions.length > NAMED ? slowest : regions;
  const words = named.map(({ region, share }) => `${region} ${Math.floor(100 * share)} %`);
  return [...(regions.length > NAMED ? [`${read} of ${regions.length} Regions read`] : []), ...words].join(', ');
}

/** The Region that takes longest is the measure. Services differ in how much they are called, so this is rough. */
function timeLeft(regions: readonly RegionProgress[], elapsedMs: number): string | null {
  const open = regions.filter(({ share }) => share < 1);
  if (elapsedMs < TOLD_FROM.ms || open.some(({ begunWith, share }) => share - begunWith < TOLD_FROM.share)) {
    return null;
  }
  const ms = Math.max(0, ...open.map(({ begunWith, share }) => (elapsedMs * (1 - share)) / (share - begunWith)));
  const minutes = Math.round(ms / MINUTE);
  return minutes < 1
    ? 'less than a minute left'
    : minutes < 120
      ? `about ${minutes} min left`
      : `about ${hours(minutes)} h left`;
}

function hours(minutes: number): number {
  return Math.round(minutes / 60);
}

import { each } from '../../lambda/health/each';
import type { Archive, Days } from './archive';

/**
 * Pages of the archive's list that measuring asks S3 for, at most: a minute or so, and about a cent. What is left is estimated.
 * @see https://aws.amazon.com/s3/pricing/
 */
const MOST_CALLS = 2_000;

/** How much a query would read. */
export type Measured = {
  readonly bytes: number;
  /** Whether part of it was only estimated from the rest. */
  readonly isEstimate: boolean;
};

/** An account in one Region, which has a folder of the archive. */
export type Place = { readonly account: string; readonly region: string };

/**
 * Adds up the log files that a query reads. Athena reads each of them as it is stored, zipped.
 * @param tell how far it is, called often
 * @param mostCalls for tests
 */
export async function measure(
  archive: Archive,
  places: readonly Place[],
  days: Days,
  tell: (done: number, bytes: number) => void,
  mostCalls = MOST_CALLS,
): Promise<Measured> {
  let [bytes, done] = [0, 0];
  const first = archive.calls;
  await each(spread(places), async ({ account, region }) => {
    if (archive.calls - first >= mostCalls) {
      return;
    }
    // First the answer, then the sum: others add to it meanwhile.
    const found = await archive.bytes(account, region, days);
    bytes += found;
    done += 1;
    tell(done, bytes);
  });
  const isEstimate = done < places.length;
  return { bytes: isEstimate ? Math.round((bytes / done) * places.length) : bytes, isEstimate };
}

/** The same places in an order that has nothing to do with their names, so that the first ones stand for the others. */
function spread(places: readonly Place[]): Place[] {
  const step = Math.max(1, Math.round(Math.sqrt(places.length)));
  return Array.from({ length: step }, (_, start) => places.filter((_place, at) => at % step === start)).flat();
}

import type { Time } from '../time';
import { askPatiently } from './ask-patiently';
import type { EventPage, LookedUp, LookUp, Query } from './look-up';
import { Pace } from './pace';
import type { Pass } from './pass';
import { type Period, startTimeOf } from './period';

/** What the reading of a Region touches. */
export type RegionEdges = { readonly lookUp: LookUp; readonly time: Time; readonly signal: AbortSignal };

/** Errors that say that AWS has forgotten where the next page began. */
const FORGOTTEN: readonly string[] = ['InvalidNextTokenException', 'InvalidTimeRangeException'];

/**
 * Reads what is left of a Region, one pass after the other.
 * @param take is given calls that were not read before, and is awaited before the next page
 */
export async function readRegion(
  region: string,
  passes: readonly Pass[],
  period: Period,
  edges: RegionEdges,
  take: (events: readonly LookedUp[]) => Promise<void>,
): Promise<void> {
  const { time, signal, lookUp } = edges;
  const pace = new Pace(time);
  const ask = (query: Query) => askPatiently(() => lookUp(region, query, signal), pace, signal);
  for (const pass of passes.filter(({ isDone }) => !isDone)) {
    const begin = () => queryOf(pass, period, time.now());
    for await (const events of pagesOf(begin, ask)) {
      await take(pass.take(events));
    }
    pass.finish();
    await take([]);
  }
}

/** The pages of a pass. Where AWS has forgotten the next one, it goes on from the oldest call read. */
async function* pagesOf(begin: () => Query, ask: (query: Query) => Promise<EventPage>) {
  let query = begin();
  for (;;) {
    const page = await ask(query).catch((error: unknown) => {
      // Without headway the next attempt would end here again.
      if (query.token !== null && isForgotten(error) && begin().until < query.until) {
        return null;
      }
      throw error;
    });
    if (page !== null) {
      yield page.events;
    }
    if (page?.token === null) {
      return;
    }
    query = page === null ? begin() : { ...query, token: page.token };
  }
}

function isForgotten(error: unknown): boolean {
  return error instanceof Error && FORGOTTEN.includes(error.name);
}

function queryOf(pass: Pass, period: Period, now: number): Query {
  return { service: pass.service, since: startTimeOf(period, now), until: pass.endTime(period), token: null };
}

import type { ReviewData, ReviewIncident } from './review-data';
import type { Selection } from './selection';
import type { Found, Source } from './source';

/** How many audit records a page shows of each incident, the newest. */
const RECORDS = 20;

/**
 * Puts together what a page shows.
 * @param now milliseconds since 1970
 * @param one key of an incident or id of an event when only that is wanted; null for all of the selection
 * @returns null when there is no such incident
 */
export async function reviewOf(
  source: Source,
  selection: Selection,
  now: number,
  one: string | null = null,
): Promise<ReviewData | null> {
  const incidents = one === null ? await source.incidents(selection, RECORDS) : chainIn(await source.find(one));
  if (incidents === null) {
    return null;
  }
  const accounts = [...new Set(incidents.flatMap((incident) => incident.accounts))];
  return {
    schema: 'trailmend.review/1',
    generatedAt: new Date(now).toISOString(),
    source: source.name,
    accountNames: await source.accountNames(accounts),
    incidents,
  };
}

function chainIn(found: Found | null): readonly ReviewIncident[] | null {
  return found?.chain ? [found.chain] : null;
}

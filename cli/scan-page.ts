import type { Locale } from '../lambda/texts/languages';
import type { ReviewIncident } from '../review/review-data';
import type { ScannedIncident } from '../scan/scanned-incident';

/** Most incidents that one page shows; with more, browsers are slow. */
const SHOWN = 10_000;

/**
 * The incidents as one HTML file: the page of the review, which shows that nothing was done about them.
 * @param source for people: which files, Regions or table
 * @param now milliseconds since 1970
 */
export async function scanPage(
  incidents: readonly ScannedIncident[],
  source: string,
  now: number,
  locale: Locale,
): Promise<string> {
  const { renderPage } = await import('../review/render-page');
  const left = incidents.length - SHOWN;
  const generatedAt = new Date(now).toISOString();
  return renderPage(
    {
      schema: 'trailmend.review/1',
      generatedAt,
      source: `scan of ${source}: nothing was told or changed${left > 0 ? `; the newest ${SHOWN} incidents, ${left} more are not shown` : ''}`,
      accountNames: {},
      incidents: incidents.slice(0, SHOWN).map(asReviewed),
    },
    locale,
  );
}

function asReviewed(incident: ScannedIncident): ReviewIncident {
  return { ...incident, state: 'open', suppressed: 0, exact: true, mute: null, notices: [], audit: [] };
}

import type { CheckId } from './check';
import type { HealthIncident } from './health-items';
import type { Need } from './prevent';
import { TAMPERED } from './trigger';

/** What a health notice tells. */
export type HealthNews =
  | { readonly kind: 'failed' | 'well'; readonly check: CheckId; readonly incidents: readonly HealthIncident[] }
  | { readonly kind: 'tampered'; readonly check: typeof TAMPERED; readonly incidents: readonly HealthIncident[] }
  | { readonly kind: 'created'; readonly role: string; readonly need: Need };

/**
 * What is open and was not told, and what is well again after its failure was told: one piece of news per check, however
 * many subjects it has.
 */
export function newsIn(incidents: readonly HealthIncident[]): Exclude<HealthNews, { kind: 'created' }>[] {
  const untold = incidents.filter(({ state, noticeId }) => state === 'open' && noticeId === null);
  const well = incidents.filter(
    ({ check, state, noticeId, closingNoticeId }) =>
      check !== TAMPERED && state === 'closed' && noticeId !== null && closingNoticeId === null,
  );
  return [...byCheck(untold).map(failedNews), ...byCheck(well).map(wellNews)];
}

function failedNews([check, incidents]: readonly [string, readonly HealthIncident[]]) {
  return check === TAMPERED
    ? ({ kind: 'tampered', check, incidents } as const)
    : ({ kind: 'failed', check: check as CheckId, incidents } as const);
}

function wellNews([check, incidents]: readonly [string, readonly HealthIncident[]]) {
  return { kind: 'well', check: check as CheckId, incidents } as const;
}

function byCheck(incidents: readonly HealthIncident[]): [string, HealthIncident[]][] {
  const groups = new Map<string, HealthIncident[]>();
  for (const incident of incidents) {
    groups.set(incident.check, [...(groups.get(incident.check) ?? []), incident]);
  }
  return [...groups];
}

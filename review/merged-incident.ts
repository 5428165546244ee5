import { type Incident, LISTED, type SentNotice } from '../lambda/incidents/incident';
import type { Refused } from '../lambda/incidents/occurrence';
import type { GatheredEvents } from './gathered-events';
import type { ReviewIncident } from './review-data';
import type { Selectable } from './selection';
import type { ChainNotice } from './source';

/** What was sent at once is noted in the incident only when it is looked at again. */
export function sentNotices(incident: Incident | null, own: readonly ChainNotice[]): SentNotice[] {
  const sent = own.flatMap(({ id, noticeId, at }) => (noticeId === null || at === null ? [] : [{ id, noticeId, at }]));
  const all = new Map([...(incident?.notices ?? []), ...sent].map((notice) => [notice.id, notice]));
  return [...all.values()].sort((one, other) => one.at - other.at).slice(-LISTED);
}

/** The incident's own lists and times are as of its last notice, those of its events as of now. */
export function merged(
  incident: Incident,
  events: GatheredEvents,
  notices: SentNotice[],
  exact: boolean,
): ReviewIncident {
  const now = events.incident(notices, exact);
  const listed = (kept: readonly string[], seen: readonly string[]) =>
    [...new Set([...kept, ...seen])].slice(0, LISTED);
  const { key, severity, state, firstSeen, lastSeen, total, mute, finding } = incident;
  return {
    ...now,
    key,
    case: incident.case,
    severity,
    state,
    firstSeen: now.firstSeen !== '' && now.firstSeen < firstSeen ? now.firstSeen : firstSeen,
    lastSeen: now.lastSeen > lastSeen ? now.lastSeen : lastSeen,
    // Events that have expired still count.
    count: Math.max(now.count, total),
    actions: listed(incident.actions, now.actions),
    resources: listed(incident.resources, now.resources),
    principals: listed(incident.principals, now.principals),
    accounts: listed(incident.accounts, now.accounts),
    mute,
    finding: JSON.parse(finding) as Refused,
  };
}

/** All that a selection may ask for, beyond the bounded lists. */
export function selectableOf(incident: Incident, events: GatheredEvents): Selectable {
  const { accounts, principals, lastSeen } = events.selectable();
  return {
    case: incident.case,
    severity: incident.severity,
    lastSeen: lastSeen > incident.lastSeen ? lastSeen : incident.lastSeen,
    accounts: new Set([...accounts, ...incident.accounts]),
    principals: new Set([...principals, ...incident.principals]),
  };
}

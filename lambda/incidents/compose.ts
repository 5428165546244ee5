import type { Edges } from '../edges';
import type { Course, IncidentFacts } from '../notice/incident-facts';
import { renderNotice } from '../notice/notice';
import type { Told } from './advance';
import type { Look } from './look';
import type { Refused } from './occurrence';
import { type Draft, noticeKey } from './outbox';

/** The notice about one incident: its first, or the digest of what went on since. */
export async function composeOne(look: Look, kind: 'first' | 'digest', edges: Edges): Promise<Draft> {
  const { incident } = look;
  const finding = JSON.parse(incident.finding) as Refused;
  const { account } = finding.denial;
  const accountName = account === null ? null : await edges.accountName(account);
  const notice = renderNotice({ finding, remediation: null, accountName, incident: factsOf(look, edges) }, edges.texts);
  return { ...placeOf(look, kind), notice, tells: [toldBy(look)], stormUntil: null };
}

/** The place of a notice follows from what it tells, so that it is the same when a sweep begins anew. */
function placeOf({ incident }: Look, kind: 'first' | 'digest'): Pick<Draft, 'key' | 'kind'> {
  const { key, episode, countedUntil } = incident;
  if (kind === 'digest') {
    return { key: noticeKey(key, kind, countedUntil), kind };
  }
  // The event that was to tell at once never got so far.
  const urgent = episode?.owners.urgent;
  return urgent && !urgent.counted
    ? { key: noticeKey(key, 'urgent', urgent.at), kind: 'urgent' }
    : { key: noticeKey(key, kind, episode?.openedAt ?? 0), kind };
}

/** What a notice tells of an incident. */
export function toldBy({ incident, tally, until }: Look): Told {
  return { key: incident.key, open: tally.open, suppressed: tally.suppressed, until };
}

function factsOf({ incident, ...rest }: Look, edges: Edges): IncidentFacts {
  const { episode, quietSince } = incident;
  return {
    news: episode?.told ? 'ongoing' : quietSince === null ? 'first' : 'again',
    quietSince,
    silentMs: edges.policy.windowMs,
    course: courseOf({ incident, ...rest }),
  };
}

/** How often an incident's calls were refused, and what nobody has told of them. */
export function courseOf({
  incident,
  untold,
  tally,
  news,
}: Pick<Look, 'incident' | 'untold' | 'tally' | 'news'>): Course {
  // An event can become visible after a later one was told: then it is only known by its number.
  const actions = news.actions.length > 0 ? news.actions : tally.actions;
  return {
    untold: untold.open + untold.suppressed,
    suppressed: untold.suppressed,
    severity: news.severity ?? 'low',
    total: incident.total + tally.open + tally.suppressed,
    exact: incident.exact && tally.complete,
    firstSeen: tally.firstSeen !== null && tally.firstSeen < incident.firstSeen ? tally.firstSeen : incident.firstSeen,
    touched: { ...tally, actions },
  };
}

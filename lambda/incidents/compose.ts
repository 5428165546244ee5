import type { Edges } from '../edges';
import { type DigestKind, type DigestRow, renderDigest } from '../notice/digest';
import type { Course, IncidentFacts } from '../notice/incident-facts';
import { renderNotice } from '../notice/notice';
import { isPublishable } from '../notify/publish-notice';
import type { Told } from './advance';
import type { Look } from './look';
import { graver } from './notice-policy';
import type { Refused } from './occurrence';
import { type Draft, manyKey, noticeKey } from './outbox';
import type { Run } from './send';

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

/**
 * One notice about many incidents, or about as many of them as SNS takes; the others stay due. A storm's notice leaves the
 * telling to its digest.
 * @param more incidents that there is no room to name
 */
export function composeMany(
  looks: readonly Look[],
  kind: DigestKind,
  run: Pick<Run, 'edges' | 'now'>,
  stormUntil: number | null = null,
  more = 0,
): Draft {
  const { edges, now } = run;
  const rows = looks.map((look) => rowOf(look, now));
  const notice = renderDigest({ kind, rows, more, until: kind === 'storm' ? stormUntil : null }, edges.texts);
  if (looks.length > 1 && !isPublishable(notice)) {
    const half = looks.slice(0, Math.ceil(looks.length / 2));
    return composeMany(half, kind, run, stormUntil, kind === 'daily' ? 0 : more + looks.length - half.length);
  }
  return { key: manyKey(kind, now), kind, notice, tells: kind === 'storm' ? [] : looks.map(toldBy), stormUntil };
}

function toldBy({ incident, tally, until }: Look): Told {
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

function courseOf({ incident, untold, tally }: Pick<Look, 'incident' | 'untold' | 'tally'>): Course {
  return {
    untold: untold.open + untold.suppressed,
    suppressed: untold.suppressed,
    total: incident.total + tally.open + tally.suppressed,
    exact: incident.exact && tally.complete,
    firstSeen: tally.firstSeen !== null && tally.firstSeen < incident.firstSeen ? tally.firstSeen : incident.firstSeen,
    touched: tally,
  };
}

function rowOf(look: Look, now: number): DigestRow {
  const { incident, tally } = look;
  const { key, mute, severity } = incident;
  return {
    finding: JSON.parse(incident.finding) as Refused,
    key,
    severity: graver(severity, tally.severity),
    isTold: incident.episode?.told === true,
    course: courseOf(look),
    suppressions: tally.suppressions,
    lastSeen: tally.lastSeen ?? incident.lastSeen,
    mute: mute !== null && mute.until > now ? mute : null,
  };
}

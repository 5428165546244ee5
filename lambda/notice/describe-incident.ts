import type { Denial } from '../denial/denial';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { refusedName } from './describe-denial';
import type { Course, IncidentFacts, Touched } from './incident-facts';
import type { Line } from './layout';

/** Most names that one line lists. */
const NAMED = 5;

/**
 * Which incident it is, whether it is new, how often it came, and how to quieten it, where a mute does that. Offline there is
 * only its key.
 */
export function incidentLines(key: string, incident: IncidentFacts | null, canBeMuted: boolean, texts: Texts): Line[] {
  const { labels } = texts;
  if (incident === null) {
    return [{ label: labels.incident, text: key }];
  }
  const { news, quietSince, silentMs, course } = incident;
  const minutes = Math.round(silentMs / 60_000);
  const since = quietSince === null ? '' : minuteOf(new Date(quietSince).toISOString());
  const counted = course && (course.total > 1 || course.suppressed > 0) ? countText(course, texts) : null;
  const touched = course !== null && course.total > 1 ? touchedText(course.touched, texts) : '';
  return [
    { label: labels.incident, text: texts.incident.line(key, news, since, minutes) },
    ...(counted === null ? [] : [{ label: labels.count, text: counted }]),
    ...(touched === '' ? [] : [{ label: labels.touched, text: touched }]),
    ...(canBeMuted ? [{ label: labels.quieten, text: muteCommand(key), verbatim: true }] : []),
  ];
}

/** The command that quietens an incident. */
export function muteCommand(key: string): string {
  return `npx trailmend mute ${key} --for 8h --reason "..."`;
}

/** The refused operations that nobody has told, by their short names; the finding's own where none is known. */
export function refusedNames({ touched }: Course, denial: Denial, { incident }: Texts): string {
  const names = touched.actions.map((action) => shown(action.slice(action.indexOf(':') + 1)));
  return names.length === 0 ? refusedName(denial) : incident.names(names.slice(0, 2), names.length > 2);
}

/** What the digest of one incident counts; null when a notice is none. */
export function digestOf(incident: IncidentFacts | null | undefined): Course | null {
  return incident?.news === 'ongoing' ? incident.course : null;
}

/** What a digest of one incident brings. */
export function sinceText(course: Course, texts: Texts): string {
  const { untold, exact, touched } = course;
  return texts.incident.since(
    { untold, exact },
    touched.actions.slice(0, NAMED).map(shown),
    touched.actions.length > NAMED,
  );
}

/**
 * Whether a digest tells of other actions than the finding that its incident is known by: the reason is the same, but a fix for
 * one action is none for another.
 */
export function isOtherThan({ action }: Denial, incident: IncidentFacts | null | undefined): boolean {
  const actions = digestOf(incident)?.touched.actions ?? [];
  return actions.length > 0 && !actions.includes(action ?? '');
}

/** How often something was refused, in words. */
export function countText({ untold, suppressed, total, exact, firstSeen }: Course, { incident }: Texts): string {
  return incident.count({ untold, suppressed, total, exact, since: minuteOf(firstSeen) });
}

/** What was touched: some of the names, and how many more there are; of each kind, nothing when there is only one name. */
export function touchedText({ actions, principals, accounts, resources }: Touched, { incident }: Texts): string {
  const parts = [
    [incident.actions, actions],
    [incident.principals, shortNames(principals)],
    [incident.accounts, accounts],
    [incident.resources, shortNames(resources)],
  ] as const;
  return parts
    .filter(([, names]) => names.length > 1)
    .map(([what, names]) => what(names.slice(0, NAMED).map(shown), Math.max(0, names.length - NAMED)))
    .join('\n');
}

/** Names without what stands before them; trails of many accounts often share one. */
function shortNames(arns: readonly string[]): string[] {
  return [...new Set(arns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)))];
}

/** A time to the minute, in UTC. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** An incident for programs. */
export function incidentJson({ news, quietSince, silentMs, course }: IncidentFacts): object {
  return {
    news,
    quietSince: quietSince === null ? null : new Date(quietSince).toISOString(),
    silentMinutes: Math.round(silentMs / 60_000),
    count: course?.untold ?? null,
    suppressed: course?.suppressed ?? null,
    actions: course?.touched.actions ?? null,
    total: course?.total ?? null,
    exact: course?.exact ?? true,
    firstSeen: course?.firstSeen ?? null,
  };
}

import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import type { Course, IncidentFacts, Touched } from './incident-facts';
import type { Line } from './layout';

/** Most names that one line lists. */
const NAMED = 5;

/** Which incident it is, whether it is new, how often it came, and how to quieten it. Offline there is only its key. */
export function incidentLines(key: string, incident: IncidentFacts | null, texts: Texts): Line[] {
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
    { label: labels.quieten, text: `npx trailmend mute ${key} --for 8h --reason "..."`, verbatim: true },
  ];
}

/** How often something was refused, in words. */
export function countText({ untold, suppressed, total, exact, firstSeen }: Course, { incident }: Texts): string {
  return incident.count({ untold, suppressed, total, exact, since: minuteOf(firstSeen) });
}

/** What was touched: the names where they are few, else how many; of each, nothing when there is only one. */
export function touchedText({ actions, principals, accounts, resources }: Touched, { incident }: Texts): string {
  const parts = [
    [incident.actions, actions],
    [incident.principals, principals.map((arn) => arn.slice(arn.lastIndexOf('/') + 1))],
    [incident.accounts, accounts],
    [incident.resources, resources.map((arn) => arn.slice(arn.lastIndexOf('/') + 1))],
  ] as const;
  return parts
    .filter(([, names]) => names.length > 1)
    .map(([what, names]) => what(names.slice(0, NAMED).map(shown), Math.max(0, names.length - NAMED)))
    .join('\n');
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
    total: course?.total ?? null,
    exact: course?.exact ?? true,
    firstSeen: course?.firstSeen ?? null,
  };
}

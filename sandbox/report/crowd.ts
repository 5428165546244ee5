import { recordIdOf } from '../eventbridge/envelope';
import type { Entry } from '../journal';
import { counted, labelled } from './text-layout';

const INDENT = ' '.repeat(15);

/** More events than anybody would read one by one. */
export const CROWD = 50;

/** Tells a scene of very many events in numbers. */
export function renderCrowd(entries: readonly Entry[]): string[] {
  const events = entries.flatMap((entry) => (entry.kind === 'event' ? [entry.envelope] : []));
  const records = entries.flatMap((entry) => (entry.kind === 'audit' ? [entry.record] : []));
  const notices = entries.flatMap((entry) => (entry.kind === 'notice' ? [entry.notice.subject] : []));
  const number = (values: readonly unknown[]) => new Set(values).size;
  const principals = number(records.flatMap(({ principal }) => principal ?? []));
  const sent = `${counted(events.length, 'event')}, ${counted(number(events.map(recordIdOf)), 'different record')}`;
  const where = `${counted(principals, 'principal')} in ${counted(number(events.map(({ account }) => account)), 'account')}`;
  return [
    labelled('came', `${sent}; ${where}`, INDENT),
    labelled('cases', tally(records.map((record) => record.case ?? 'none')), INDENT),
    labelled('outcomes', tally(records.map(({ outcome }) => outcome)), INDENT),
    ...notices.map((subject) => labelled('notice', subject, INDENT)),
  ];
}

/** `3 one, 2 other`, the most frequent first. */
function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.map(([value, count]) => `${count.toLocaleString('en')} ${value}`).join(', ');
}

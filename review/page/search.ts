import { LANGUAGES } from '../../lambda/texts/languages';
import { PAGE_LANGUAGES } from '../texts/languages';
import type { Entry } from './entry';

/** Looks for words in incidents. */
export type Search = (query: string) => (entry: Entry) => boolean;

/**
 * A search over everything that names an incident: callers, actions, resources, accounts with their names, messages, ids of
 * events, notices and AWS requests, and case and layer in every language. All words must occur; case and width of letters
 * do not matter. What is searched of an incident is put together when it is first asked for.
 */
export function searchOf(accountNames: Readonly<Record<string, string>>): Search {
  const texts = new WeakMap<Entry, string>();
  const textOf = (entry: Entry) => {
    const text = texts.get(entry) ?? folded(searched(entry, accountNames).join('\n'));
    texts.set(entry, text);
    return text;
  };
  return (query) => {
    const words = folded(query).split(/\s+/).filter(Boolean);
    return (entry) => words.every((word) => textOf(entry).includes(word));
  };
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function searched({ incident, layer }: Entry, accountNames: Readonly<Record<string, string>>): unknown[] {
  const { finding, audit, notices, mute, accounts } = incident;
  const denial = finding?.denial;
  return [
    incident.key,
    incident.case,
    incident.actions,
    incident.resources,
    incident.principals,
    accounts,
    accounts.map((account) => accountNames[account]),
    Object.values(PAGE_LANGUAGES).map(({ cases, layers, states }) => [
      cases[incident.case],
      layers[layer],
      states[incident.state],
    ]),
    Object.values(LANGUAGES).map(({ layers }) => layers[layer]),
    denial && [denial.errorCode, denial.message, denial.operation, denial.region, denial.eventId, denial.recordId],
    denial && [denial.caller.session, denial.caller.service, denial.reason.policyArn],
    audit.map((record) => [record.eventId, record.recordId, record.messageId, record.noticeId, record.errorCode]),
    audit.map(({ detail }) => detail),
    audit.flatMap(({ calls }) => calls.map(({ operation, outcome, requestId }) => [operation, outcome, requestId])),
    notices.map(({ noticeId }) => noticeId),
    mute && [mute.by, mute.reason],
  ];
}

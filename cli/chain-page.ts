import { touchedText } from '../lambda/notice/describe-incident';
import { type Line, laidOut } from '../lambda/notice/layout';
import { explained, noticeLines } from '../lambda/notice/notice';
import { en } from '../lambda/texts/en';
import { shown } from '../lambda/texts/untrusted';
import type { Chain, ChainNotice, Found } from '../review/source';
import { stateOf } from './incident-rows';
import type { Io } from './io';
import { callLines, recordBlock, secondOf } from './record-rows';
import { styled } from './style';

/** Columns where there is no terminal, as in a mail; and the most that are read with ease. */
const [USUAL, MOST, LEAST] = [72, 100, 40];

/** An incident with all that is known of it, or an event with its incident. */
export function chainPage({ event, chain }: Found, now: number, io: Io): string {
  const width = Math.max(LEAST, Math.min(io.columns ?? USUAL, MOST));
  const bold = styled('bold', io.colours);
  const section = (title: string, body: string) => `${bold(title)}\n${body}`;
  const asked = event === null ? [] : [section('Event', recordBlock(event, width))];
  if (chain === null) {
    return [...asked, 'It asked for nothing, so it belongs to no incident.\n'].join('\n');
  }
  const records = chain.audit.map((record) => recordBlock(record, width));
  const left = chain.count - records.length;
  return [
    ...asked,
    section(`Incident ${shown(chain.key)}`, `${laidOut(headLines(chain, now), bold, width)}\n`),
    section('Latest finding', `${laidOut(findingLines(chain), bold, width)}\n`),
    section(
      `What was done, newest first${left > 0 ? `; ${left} more events not shown` : ''}`,
      records.join('\n') || 'Nothing is recorded yet.\n',
    ),
    section('Notices', chain.noticeTexts.map((notice) => noticeBlock(notice, width)).join('') || 'None was sent.\n'),
    section('Mutes', chain.muteHistory.map(muteLine).join('') || 'It was never muted.\n'),
  ].join('\n');
}

function headLines(chain: Chain, now: number): Line[] {
  const { severity, count, exact, suppressed, firstSeen, lastSeen, mute } = chain;
  const silenced = suppressed === 0 ? '' : `, ${suppressed} of them suppressed or muted`;
  const touched = touchedText(chain, en);
  return [
    { label: en.labels.case, text: `${chain.case}, ${en.severities[severity]}` },
    { label: 'State', text: stateOf(chain, now) },
    { label: en.labels.count, text: `${exact ? '' : 'at least '}${count}${silenced}` },
    { label: 'Seen', text: `first ${secondOf(firstSeen)}, last ${secondOf(lastSeen)}` },
    ...(touched === '' ? [] : [{ label: en.labels.touched, text: touched }]),
    ...(mute !== null && mute.until > now ? [{ label: 'Muted', text: muteText(mute) }] : []),
  ];
}

function findingLines({ finding }: Chain): Line[] {
  return finding === null
    ? [{ label: en.labels.note, text: 'Not known here: the log has no findings, the table has.' }]
    : noticeLines(explained({ finding, remediation: null, accountName: null }), en, true);
}

function noticeBlock({ id, at, noticeId, subject, record }: ChainNotice, width: number): string {
  const when = at === null ? 'waits to be sent' : secondOf(new Date(at).toISOString());
  const about = subject === null ? shown(id) : shown(subject);
  const error = record?.outcome === 'failed' ? `: ${shown(record.detail)}` : '';
  const calls = record === null ? [] : callLines(record);
  return [
    `${when}  ${about}${noticeId === null ? '' : ` (${shown(noticeId)})`}${error}\n`,
    ...(calls.length === 0 ? [] : [`${laidOut(calls, undefined, width)}\n`]),
  ].join('');
}

function muteLine({ action, since, ...mute }: Chain['muteHistory'][number]): string {
  const when = secondOf(new Date(since).toISOString());
  const by = mute.by === '' ? '' : ` by ${shown(mute.by)}`;
  const why = mute.reason === '' ? '' : `: ${shown(mute.reason)}`;
  return action === 'end' ? `${when}  ended${by}${why}\n` : `${when}  muted ${muteText(mute)}\n`;
}

function muteText({ until, by, reason }: { until: number; by: string; reason: string }): string {
  return `until ${secondOf(new Date(until).toISOString())} by ${shown(by)}: ${shown(reason)}`;
}

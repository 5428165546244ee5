import type { AuditRecord } from '../lambda/audit/audit-record';
import type { CommonRecord } from '../lambda/audit/common-record';
import { type Line, laidOut } from '../lambda/notice/layout';
import { shown } from '../lambda/texts/untrusted';
import { eventIdOf, incidentKeyOf, type Listed } from '../review/source';
import type { Cell } from './grid';
import { firstOf, nameIn } from './incident-rows';
import { styled } from './style';

/** Headings of {@link recordRow}. */
export const RECORD_HEADS = [
  'TIME',
  'OUTCOME',
  'CASE',
  'ACCOUNT',
  'ACTION',
  'PRINCIPAL',
  'INCIDENT',
  'EVENT OR NOTICE',
  'DETAIL',
];

/** Outcomes that somebody should look at. */
const GRAVE: readonly string[] = ['failed', 'create-failed', 'probe-failed', 'malformed'];

/** An audit record in a list. */
export function recordRow(record: Listed, colours: boolean): Cell[] {
  const { time, outcome, detail } = record;
  const isGrave = colours && GRAVE.includes(outcome);
  return [
    { text: secondOf(time) },
    { text: shown(outcome), paint: styled('red', isGrave) },
    { text: shown(record.case) },
    ...(record.kind === 'event' ? eventCells(record) : noticeCells(record.incidentKeys, record.notice)),
    { text: shown(detail) },
  ];
}

function eventCells(record: AuditRecord): Cell[] {
  const { account, action, principal } = record;
  const names = [account, action, principal && nameIn(principal), incidentKeyOf(record), eventIdOf(record)];
  return names.map((name) => ({ text: shown(name) }));
}

/** A notice of a sweep is about no one account, action or principal. */
function noticeCells(incidentKeys: readonly string[], notice: string): Cell[] {
  const none = { text: shown(null) };
  return [none, none, none, { text: firstOf(incidentKeys) }, { text: shown(notice) }];
}

/** An audit record with all it says: what came, what was planned, which calls were made, how it ended. */
export function recordBlock(record: AuditRecord, width: number): string {
  const { time, outcome, action, principal, account, region, plan, detail, verification, noticeId } = record;
  const { messageId, receiveCount, durationMs, errorCode } = record;
  const who = principal === null ? '' : ` by ${shown(nameIn(principal))}`;
  const head = `${secondOf(time)}  ${shown(outcome)}: ${shown(action)}${who} in ${shown(account)}, ${shown(region)}`;
  const lines: Line[] = [
    { label: '  Event', text: `${shown(eventIdOf(record))}${errorCode === null ? '' : `, ${shown(errorCode)}`}` },
    { label: '  Delivery', text: `${receiveCount} of message ${shown(messageId)}, ${durationMs} ms` },
    { label: '  Plan', text: `${shown(plan.kind)}: ${shown(plan.reason)}` },
    ...(detail === plan.reason ? [] : [{ label: '  Outcome', text: shown(detail) }]),
    ...verification.map((role) => ({ label: '  Verified', text: sightingText(role) })),
    ...callLines(record),
    ...(noticeId === null ? [] : [{ label: '  Notice', text: shown(noticeId) }]),
  ];
  return `${head}\n${laidOut(lines, undefined, width)}\n`;
}

/** The AWS calls of a record, one a line. */
export function callLines({ calls, callsLeftOut }: CommonRecord): Line[] {
  const texts = [...calls.map(callText), ...(callsLeftOut === 0 ? [] : [`and ${callsLeftOut} more`])];
  return texts.map((text, at) => ({ label: at === 0 ? '  Calls' : '', text, verbatim: true }));
}

function callText({ service, operation, requestId, outcome, attempts }: AuditRecord['calls'][number]): string {
  const tries = attempts > 1 ? `, ${attempts} tries` : '';
  return `${shown(`${service}:${operation}`)} ${shown(outcome)}${tries}, request ${shown(requestId)}`;
}

/** What the outcome for a role rests on. */
function sightingText({ role, createdAt, look, ...rest }: AuditRecord['verification'][number]): string {
  const since = createdAt === null ? '' : `, there since ${secondOf(createdAt)}`;
  const seen = rest.shown ? `shown by IAM${since}` : 'not shown by IAM';
  return `${shown(role)}: ${rest.shown === null ? 'no answer from IAM' : `${seen}, look ${look}`}`;
}

/** A time to the second, in UTC. */
export function secondOf(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

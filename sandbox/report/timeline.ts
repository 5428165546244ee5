import type { AuditRecord } from '../../lambda/audit/audit-record';
import type { ProbeRecord } from '../../lambda/audit/probe-record';
import type { Envelope } from '../eventbridge/envelope';
import type { Entry, Journal } from '../journal';
import { accountLabel } from '../organization/accounts';
import type { Place } from '../organization/place';
import { CROWD, renderCrowd } from './crowd';
import { labelled, type Paint, wrapped } from './text-layout';

const INDENT = '   ';
/** Under an event: what Trailmend made of it. */
const DEEPER = `${INDENT}            `;

/** Tells one scene: each event, and under it what Trailmend concluded and did. */
export function renderScene(entries: readonly Entry[], number: number, journal: Journal, paint: Paint): string {
  const isCrowd = entries.filter(({ kind }) => kind === 'event').length > CROWD;
  const lines = entries.flatMap((entry) => {
    switch (entry.kind) {
      case 'scene':
        return ['', paint('bold', `${String(number).padStart(2)} ${entry.title}`)];
      case 'remark':
        return [wrapped(entry.text, DEEPER)];
      case 'event':
        return isCrowd ? [] : [renderEvent(entry, paint), ...consequencesOf(entry.envelope, journal, paint)];
      case 'unlogged':
        return [renderEvent(entry, paint), DEEPER + paint('dim', 'no trail logs this, so EventBridge never gets it')];
      case 'probe-audit':
        return renderProbe(entry.record, journal, paint);
      case 'function-failed':
        return [paint('red', labelled('failed', `The function failed: ${entry.reason}`, DEEPER))];
      case 'dead-lettered':
        return [paint('red', labelled('lost', `Message ${entry.messageId} went to the dead-letter queue.`, DEEPER))];
      case 'defect':
        return [paint('red', labelled('defect', entry.text, DEEPER))];
      default:
        return [];
    }
  });
  return [...lines, ...(isCrowd ? renderCrowd(entries) : [])].join('\n');
}

function renderEvent({ envelope, at }: Extract<Entry, { kind: 'event' | 'unlogged' }>, paint: Paint): string {
  const { detail, account, region, source } = envelope;
  const where = `in ${accountLabel(account)}, ${region}`;
  const operation = typeof detail.eventName === 'string' ? `${source.replace('aws.', '')}:${detail.eventName}` : null;
  const what = operation
    ? `${callerIn(detail)} calls ${operation} ${where}`
    : `${source} emits “${envelope['detail-type']}” ${where}`;
  const time = new Date(at).toISOString().slice(11, 19);
  const text = wrapped(what, DEEPER).slice(DEEPER.length);
  return `${INDENT}${paint('dim', time)}    ${text}\n${DEEPER}${resultOf(detail, paint)}`;
}

function callerIn({ userIdentity }: Envelope['detail']): string {
  const { arn, userName, sessionContext } = Object(userIdentity);
  if (typeof arn !== 'string') return 'Somebody';
  const issuer = sessionContext?.sessionIssuer?.userName;
  return issuer ? `Role ${issuer} (session ${arn.split('/').at(-1)})` : `User ${userName ?? arn}`;
}

function resultOf({ errorCode, eventName }: Envelope['detail'], paint: Paint): string {
  if (typeof errorCode === 'string') return paint('yellow', errorCode);
  if (typeof eventName !== 'string') return paint('dim', 'no readable record of a call');
  return paint('green', 'succeeds');
}

function consequencesOf(envelope: Envelope, journal: Journal, paint: Paint): string[] {
  const ofEvent = <Each extends { envelopeId: string }>(each: Each) => each.envelopeId === envelope.id;
  const lost = journal.of('undelivered').filter(ofEvent);
  const messages = journal
    .of('queued')
    .filter(ofEvent)
    .map(({ messageId }) => messageId);
  const records = journal.of('audit').filter(({ record }) => messages.includes(record.messageId));
  const ways = new Set(
    journal
      .of('forwarded')
      .filter(ofEvent)
      .map(({ from }) => wayOf(from)),
  );
  const way = [...ways].map((text) => paint('dim', labelled('way', text, DEEPER)));
  const hops = lost.map(({ where, reason }) => paint('red', labelled('lost', `${where}: ${reason}`, DEEPER)));
  if (records.length === 0 && lost.length === 0) {
    return [...way, DEEPER + paint('dim', messages.length > 0 ? 'queued, but never handled' : 'no rule hears this')];
  }
  return [...way, ...hops, ...records.flatMap(({ record }) => renderRecord(record, journal, paint))];
}

function wayOf({ account, region }: Place): string {
  return `by the forwarder of ${accountLabel(account)}, ${region}, to the hub`;
}

function renderRecord(record: AuditRecord, journal: Journal, paint: Paint): string[] {
  const { plan, outcome, detail, receiveCount, severity, calls, noticeId } = record;
  const again = receiveCount > 1 ? ` (delivery ${receiveCount})` : '';
  if (plan.kind === 'ignore')
    return [paint('dim', labelled('ignored', `${record.case}: ${plan.reason}${again}`, DEEPER))];
  const made = calls.map(({ service, operation, outcome: result, attempts }) => {
    const tries = attempts > 1 ? ` (${attempts} tries)` : '';
    return `${service}:${operation} ${result}${tries}`;
  });
  const notice = journal.of('notice').find(({ notice: { id } }) => id === noticeId)?.notice;
  return [
    labelled('case', `${paint('cyan', record.case ?? 'none')}, severity ${severity}${again}`, DEEPER),
    labelled('plan', `${plan.kind}: ${plan.reason}`, DEEPER),
    labelled('calls', made.join(', '), DEEPER),
    labelled('outcome', outcome === 'notified' ? outcome : `${outcome}: ${detail}`, DEEPER),
    ...(notice ? [paint('bold', labelled('notice', notice.subject, DEEPER))] : []),
  ];
}

/** A run of the probe, when there is something to tell of it. */
function renderProbe(record: ProbeRecord, journal: Journal, paint: Paint): string[] {
  const { role, canaries, checks, opened, closed, noticeIds, trigger } = record;
  const parts = [
    role && `${role.role} ${role.outcome}`,
    canaries.length > 0 && `canary sent in ${canaries.join(', ')}`,
    opened.length > 0 && `failed: ${opened.join(', ')}`,
    closed.length > 0 && `well again: ${closed.join(', ')}`,
  ].filter(Boolean);
  if (parts.length === 0) return [];
  const tally = checks
    ? [
        `checks: ${checks.ok} ok, ${checks.failed} failed, ${checks.settling} settling, ${checks.notChecked} not checked`,
      ]
    : [];
  const notices = journal.of('notice').filter(({ notice: { id } }) => noticeIds.includes(id));
  return [
    labelled('probe', `${[...parts, ...tally].join('; ')} (${trigger})`, DEEPER),
    ...notices.map(({ notice }) => paint('bold', labelled('notice', notice.subject, DEEPER))),
  ];
}

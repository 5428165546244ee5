import type { AuditRecord } from '../../lambda/audit/audit-record';
import type { Call } from '../../lambda/audit/call';
import type { CaseId } from '../../lambda/cases';
import { shown } from '../../lambda/texts/untrusted';
import type { ReviewIncident } from '../review-data';
import type { PageTexts } from '../texts/page-texts';
import { element } from './element';
import { facts, section, textFact } from './facts';
import type { Page } from './page';

/** Outcomes that people must look at. */
const TROUBLE = ['failed', 'create-failed', 'probe-failed', 'malformed'];

/** What was done for an incident: every delivery with its plan, AWS calls and outcome, newest first. */
export function auditChain({ audit, count }: ReviewIncident, page: Page): Node {
  const { detail } = page.words;
  return section(
    detail.audit,
    'audit',
    audit.length === 0 ? element('p', {}, detail.noAudit) : null,
    audit.length > 0 && audit.length < count ? element('p', {}, detail.shown(audit.length, count)) : null,
    element('ol', {}, ...audit.map((record, at) => element('li', {}, recordOf(record, at === 0, page)))),
  );
}

function recordOf(record: AuditRecord, open: boolean, page: Page): Node {
  const { words } = page;
  const { detail, outcomes } = words;
  const { plan, outcome, calls, callsLeftOut } = record;
  return element(
    'details',
    { open },
    element(
      'summary',
      {},
      element('time', { datetime: shown(record.time) }, secondOf(record.time)),
      ' ',
      element('span', { class: `mark ${TROUBLE.includes(outcome) ? 'trouble' : outcome}` }, outcomes[outcome]),
    ),
    facts(
      textFact(detail.plan, planText(record, page)),
      // The reason of the plan is mostly all there is to say; it need not stand there twice.
      ...(record.detail === plan.reason
        ? []
        : [textFact(detail.call.outcome, [element('bdi', {}, shown(record.detail))])]),
      ...(record.verification.length === 0
        ? []
        : [
            textFact(
              detail.verified,
              record.verification.map((role) => sightingOf(role, detail)),
            ),
          ]),
      textFact(detail.deliveryLabel, [detail.delivery(record.receiveCount, record.durationMs)]),
      textFact(detail.eventId, [id(record.eventId)]),
      ...(record.noticeId === null ? [] : [textFact(detail.noticeId, [id(record.noticeId)])]),
      textFact(detail.calls, [
        calls.length === 0 ? detail.noCalls : callTable(calls, words.detail.call, detail.calls),
        ...(callsLeftOut === 0 ? [] : [element('p', {}, detail.callsLeftOut(callsLeftOut))]),
      ]),
    ),
  );
}

/** What was planned, in the language of the page; and the reason as it was recorded, unless that says it already. */
function planText({ plan, ...record }: AuditRecord, { texts }: Page): Node[] {
  const roles = plan.roles?.map(shown).join(', ') ?? '';
  const reason = shown(plan.reason);
  const isIgnored = plan.kind === 'ignore';
  const because = isIgnored ? reason : (texts.causes[record.case as CaseId] ?? '');
  return [texts.plans[plan.kind](roles, because), ...(isIgnored ? [] : [reason])].map((text) =>
    element('bdi', { class: 'item' }, text),
  );
}

/** What the outcome for a role rests on. */
function sightingOf(
  { role, shown: isShown, createdAt, look }: AuditRecord['verification'][number],
  { sighting }: PageTexts['detail'],
): Node {
  const since = createdAt === null ? null : secondOf(createdAt);
  return element('span', { class: 'item' }, sighting(shown(role), isShown, since, look));
}

function callTable(
  calls: readonly Call[],
  heads: Readonly<Record<'operation' | 'outcome' | 'attempts' | 'requestId', string>>,
  name: string,
): Node {
  const { operation, outcome, attempts, requestId } = heads;
  const row = (call: Call) =>
    element(
      'tr',
      {},
      element('td', {}, shown(`${call.service}:${call.operation}`)),
      element('td', { class: call.outcome === 'ok' ? 'ok' : 'trouble' }, shown(call.outcome)),
      element('td', { class: 'number' }, String(call.attempts)),
      element('td', {}, id(call.requestId)),
    );
  const head = [operation, outcome, attempts, requestId].map((text) => element('th', { scope: 'col' }, text));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...calls.map(row))),
  );
}

function id(text: string | null): Node {
  return element('code', { translate: 'no' }, shown(text));
}

/** A time to the second, in UTC. */
function secondOf(time: string): string {
  return shown(time).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
}

import type { AuditRecord } from '../lambda/audit/audit-record';
import type { Severity } from '../lambda/cases/case';
import { type Item, numberOf, textOf } from '../lambda/incidents/attributes';
import type { Incident } from '../lambda/incidents/incident';
import { incidentOf } from '../lambda/incidents/incident-item';
import { EVENTS, incidentPartition, seconds } from '../lambda/incidents/item';
import { idOf } from '../lambda/incidents/outbox';
import type { Table } from '../lambda/incidents/table';
import type { Notice } from '../lambda/notice/notice';
import { GatheredEvents } from './gathered-events';
import { merged, selectableOf, sentNotices } from './merged-incident';
import type { ReviewIncident } from './review-data';
import type { Selectable } from './selection';
import type { ChainNotice } from './source';

/** Most pages of 1 MB that are read of one incident: some 150,000 events, as the function's own count does. */
const MOST_PAGES = 150;

/** What is read of items; the bodies of notices and audit records only when they are wanted. */
const FACTS =
  '#sk, #case, #severity, #state, #firstSeen, #lastSeen, #actions, #resources, #principals, #accounts, #finding, ' +
  '#exact, #total, #mute, #notices, #time, #action, #resource, #principal, #account, #suppressed, #outcome, #sentAt, #noticeId';

/** An incident as it was read. */
export type IncidentRead = {
  readonly incident: ReviewIncident;
  readonly selectable: Selectable;
  /** Notices about it alone, oldest first. */
  readonly notices: readonly ChainNotice[];
};

/** How much of an incident is read. */
export type Extent = {
  /** How many audit records, the newest. */
  readonly audit: number;
  readonly noticeTexts?: boolean;
};

/**
 * Reads all that the table has about one incident, in one query: its events, which are the count, and the incident and its
 * notices. Null when nothing is left of it. Reads are eventually consistent: half the price, a second behind.
 */
export async function readIncident(
  table: Table,
  key: string,
  now: number,
  extent: Extent,
): Promise<IncidentRead | null> {
  const events = new GatheredEvents(key, extent.audit);
  const notices: ChainNotice[] = [];
  let incident: Incident | null = null;
  let pages = 0;
  for await (const items of table.pages(queryOf(extent), { pk: incidentPartition(key), seconds: seconds(now) })) {
    for (const item of items) {
      const sk = textOf(item, 'sk') ?? '';
      if (sk.startsWith(EVENTS)) {
        addEvent(events, sk.slice(EVENTS.length), item);
      } else if (sk === 'incident') {
        incident = incidentOf(key, item);
      } else {
        notices.unshift(noticeOf(sk, item));
      }
    }
    pages += 1;
    if (pages >= MOST_PAGES) {
      break;
    }
  }
  const sent = sentNotices(incident, notices);
  const exact = pages < MOST_PAGES;
  if (incident === null) {
    const read = { incident: events.incident(sent, exact), selectable: events.selectable(), notices };
    return events.count === 0 ? null : read;
  }
  return { incident: merged(incident, events, sent, exact), selectable: selectableOf(incident, events), notices };
}

function queryOf({ audit, noticeTexts }: Extent) {
  const bodies = [...(audit > 0 ? ['#audit', '#failure'] : []), ...(noticeTexts ? ['#notice'] : [])];
  return {
    KeyConditionExpression: '#pk = :pk',
    FilterExpression: '#expiresAt > :seconds',
    ProjectionExpression: [FACTS, ...bodies].join(', '),
    // The incident and its notices come behind its events, which may be too many to read them all.
    ScanIndexForward: false,
    ConsistentRead: false,
  };
}

function addEvent(events: GatheredEvents, id: string, item: Item): void {
  const text = (name: string) => textOf(item, name);
  events.add({
    id,
    case: text('case') ?? '',
    severity: text('severity') as Severity | null,
    time: text('time') ?? '',
    action: text('action'),
    resource: text('resource'),
    principal: text('principal'),
    account: text('account'),
    isSuppressed: text('suppressed') !== null || text('outcome') === 'suppressed',
  });
  const record = recordIn(item);
  if (record !== null) {
    events.addRecord(record);
  }
}

/** The audit record of an event's item: of its end, else of the delivery that failed; null while it is on its way. */
export function recordIn(item: Item): AuditRecord | null {
  const json = textOf(item, 'audit') ?? textOf(item, 'failure');
  return json === null ? null : (JSON.parse(json) as AuditRecord);
}

function noticeOf(sk: string, item: Item): ChainNotice {
  const json = textOf(item, 'notice');
  const notice = json === null ? null : (JSON.parse(json) as Notice);
  return {
    id: idOf({ sk }),
    noticeId: textOf(item, 'noticeId'),
    at: numberOf(item, 'sentAt'),
    subject: notice?.subject ?? null,
    text: notice?.text ?? null,
    record: null,
  };
}

import { type AuditRecord, auditRecordOf } from './audit/audit-record';
import type { Call } from './audit/call';
import { withCallLog } from './audit/call-log';
import { type Swept, sweepRecordOf } from './audit/sweep-record';
import { detailOf } from './aws/call-error';
import { classify } from './classify';
import { type ParsedEvent, parseEvent } from './denial/parse-event';
import type { Edges } from './edges';
import { isCanary, placeOf } from './health/canary';
import type { Claim } from './incidents/event-store';
import type { Occurrence } from './incidents/incident';
import { joinIncident } from './incidents/join-incident';
import { occurrenceOf, type Refused, withRoles } from './incidents/occurrence';
import { sweep } from './incidents/sweep';
import { isSweep } from './incidents/sweep-message';
import { mend } from './mend';
import type { RoleOutcome, Standing } from './plan/remediation';
import { carriedOut, duplicate, failed, type Result } from './result';
import { tell } from './tell';

/** One message of the queue, as Lambda hands it over. */
export type Message = {
  readonly id: string;
  readonly body: string;
  /** How often it has been delivered, this time included; from 1. */
  readonly delivery: number;
  /** When the queue took it, in ms since 1970. */
  readonly sentAt: number;
};

/** What was done in a delivery, noted as it is done, so that the record of one that fails has it too. */
type Done = { readonly calls: Call[]; roles: readonly RoleOutcome[]; standing: Standing | null };

/** What keeps the audit record of a result. */
type Keep = (result: Result) => AuditRecord;

type Claimed = Extract<Claim, { kind: 'claimed' }>;

/**
 * The way of one event: parse, classify, take up, carry out, join the incident, tell, record. A repeated delivery resumes at
 * the first step that was not recorded as done. Writes exactly one line per delivery, also when a step throws, and returns
 * whether the message should be delivered again. The schedule's message is no event: it makes everything due be done.
 */
export async function respond(message: Message, edges: Edges): Promise<boolean> {
  const began = edges.now();
  if (isSweep(message.body)) {
    return sweepAndRecord(message, began, edges);
  }
  const done: Done = { calls: [], roles: [], standing: null };
  const event = eventIn(message.body, edges.organization.managementAccount);
  const finding = classify(event, edges.organization);
  const { denial, plan } = finding;
  const { deliveries } = edges;
  const keep: Keep = (result) =>
    auditRecordOf({ message, deliveries, finding, ...result, ...done, began, ended: edges.now() });
  const work =
    denial === null || plan.kind === 'ignore'
      ? () => ignore(event, plan.reason, message, keep, edges)
      : () => answer({ ...finding, denial }, message, done, keep, edges);
  const place = denial && placeOf(denial);
  const note = () => (place === null ? undefined : edges.heard.note(place, edges.now()));
  const [result] = await withCallLog(done.calls, () => Promise.all([work().catch(failed), note()]));
  edges.record(keep(result));
  return result.again;
}

async function sweepAndRecord(message: Message, began: number, edges: Edges): Promise<boolean> {
  const calls: Call[] = [];
  const fail = (thrown: unknown): Swept => ({ outcome: 'failed', detail: detailOf(thrown), due: null });
  const swept = await withCallLog(calls, () => sweep(edges, message, deliveryOf(message))).catch(fail);
  const record = sweepRecordOf({ message, ...swept, calls, began, ended: edges.now() });
  edges.record(record);
  return record.again;
}

function eventIn(body: string, managementAccount: string | null): ParsedEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // The parser's own message quotes the text, which may be anything.
    const reason = `malformed: the message of ${body.length} characters is no JSON`;
    return { kind: 'malformed', eventId: null, reason };
  }
  return parseEvent(value, managementAccount);
}

async function ignore(event: ParsedEvent, detail: string, message: Message, keep: Keep, edges: Edges): Promise<Result> {
  const outcome = event.kind === 'malformed' ? 'malformed' : 'ignored';
  await noteCanary(event, edges);
  const result: Result = { outcome, detail, noticeId: null, again: false };
  const isNew = await edges.store.events.ignore(keep(result), dayOf(message, edges), edges.now());
  return isNew ? result : duplicate(message.id);
}

/** The way of the canary ends here: only its return is noted. */
async function noteCanary(event: ParsedEvent, { organization, heard, now }: Edges): Promise<void> {
  const canary = event.kind === 'denial' && isCanary(event.denial, organization.canaryRole) ? event.denial : null;
  const place = canary && placeOf(canary);
  if (canary !== null && place !== null) {
    const at = now();
    await heard.canary(place, { at: Date.parse(canary.time ?? '') || at, eventId: canary.eventId }, at);
  }
}

/** The event's own day, so that it is the same whenever the event comes; today where the message does not say. */
function dayOf({ body }: Message, edges: Edges): string {
  const [, day] = /"eventTime"\s*:\s*"(\d{4}-\d\d-\d\d)T/.exec(body) ?? [];
  return day ?? new Date(edges.now()).toISOString().slice(0, 10);
}

async function answer(finding: Refused, message: Message, done: Done, keep: Keep, edges: Edges): Promise<Result> {
  const { store, policy } = edges;
  const occurrence = occurrenceOf(finding, message.id, edges.now(), policy.suppressions);
  const claim = await store.events.claim(occurrence, deliveryOf(message), edges.now());
  if (claim.kind === 'finished') {
    return duplicate(message.id);
  }
  const arrived = { ...occurrence, since: claim.since };
  const result = await carryOut(finding, arrived, claim, { message, done }, edges).catch(failed);
  if (result.again) {
    // The line in the log says the same: when this cannot be kept as well, the first error is the one to know.
    await store.events.fail(occurrence, keep(result)).catch(() => undefined);
  } else {
    await store.events.finish(occurrence, keep(result), edges.now());
  }
  return result;
}

async function carryOut(
  finding: Refused,
  occurrence: Occurrence,
  claim: Claimed,
  { message, done }: { readonly message: Message; readonly done: Done },
  edges: Edges,
): Promise<Result> {
  const { plan } = finding;
  const roles = plan.kind === 'create-service-linked-role' ? await mend(plan.roles, occurrence, claim, edges) : null;
  done.roles = roles ?? [];
  const isLast = message.delivery >= edges.deliveries;
  const mended = roles === null ? occurrence : withRoles(occurrence, roles, { number: message.delivery, isLast });
  const joined = await joinIncident(edges.store, mended, edges.now(), edges.policy);
  const told = await tell(finding, mended, joined, roles, { ...message, isLast, by: deliveryOf(message) }, edges);
  done.standing = told?.standing ?? null;
  return carriedOut(plan.reason, roles, told, mended.suppressed ?? joined.muted);
}

function deliveryOf({ id, delivery }: Message): string {
  return `${id}/${delivery}`;
}

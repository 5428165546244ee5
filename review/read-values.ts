import type { AuditRecord } from '../lambda/audit/audit-record';
import { AUDIT_SCHEMA } from '../lambda/audit/common-record';
import { METRICS } from '../lambda/audit/metrics';
import type { NoticeRecord } from '../lambda/audit/notice-record';
import { asObject, type JsonObject, objectAt, textAt } from '../lambda/denial/json';
import { parsed } from './read-lines';
import { INCIDENT, lackingIn, NOTICE, RECORD, type Shape } from './readable';
import type { ReviewIncident } from './review-data';

/** Schema of {@link ReviewIncident} as `trailmend log --json` writes it, one a line. */
export const INCIDENT_SCHEMA = 'trailmend.incident/1';

/** What a JSON value is found to hold. */
export type Held =
  | { readonly kind: 'record'; readonly record: AuditRecord }
  | { readonly kind: 'notice'; readonly record: NoticeRecord }
  /** The record of a sweep, or of a run of the probe: there was a log, and nothing in it that belongs to a refused call. */
  | { readonly kind: 'sweep' | 'probe' }
  | { readonly kind: 'incident'; readonly incident: ReviewIncident }
  | { readonly kind: 'names'; readonly names: Readonly<Record<string, string>> }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'other' };

/** Members under which CloudWatch Logs hands events over, and events their message. */
const LISTS = ['events', 'logEvents', 'results'] as const;
const MESSAGES = ['message', '@message'] as const;

/** How deep lists may stand in each other. */
const DEEPEST = 5;

/**
 * Finds what a JSON value holds: an audit record, a saved incident or review, or a result of CloudWatch Logs with any of
 * these in the messages of its events (`filter-log-events`, `get-log-events`, `get-query-results`, an export of Logs
 * Insights, a subscription).
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 */
export function* heldIn(value: unknown, depth = 0): Generator<Held> {
  if (Array.isArray(value) && depth < DEEPEST) {
    const message = messageOfFields(value);
    for (const one of message === null ? value : [message]) {
      yield* heldIn(one, depth + 1);
    }
    return;
  }
  if (typeof value === 'string') {
    yield* heldInText(value, depth);
    return;
  }
  const object = asObject(value);
  const schema = textAt(object, 'schema');
  if (object === null || depth >= DEEPEST) {
    yield { kind: 'other' };
  } else if (schema?.startsWith('trailmend.')) {
    yield* ours(object, schema);
  } else {
    const inner = [...LISTS, ...MESSAGES].flatMap((name) => (object[name] === undefined ? [] : [object[name]]));
    if (inner.length === 0) {
      yield { kind: 'other' };
    }
    for (const one of inner) {
      yield* heldIn(one, depth + 1);
    }
  }
}

/** A message that is JSON; one that only begins like one is broken, all else was never ours. */
function* heldInText(text: string, depth: number): Generator<Held> {
  const value = text.trimStart().startsWith('{') ? parsed(text) : null;
  if (value === undefined) {
    yield { kind: 'unreadable', reason: 'the JSON of its message is broken' };
  } else {
    yield* heldIn(value, depth + 1);
  }
}

/** The message of a row of a query: a list of `{ field, value }`. Null when the list is none. */
function messageOfFields(list: readonly unknown[]): unknown {
  const fields = list.map(asObject);
  const isRow = fields.length > 0 && fields.every((field) => textAt(field, 'field') !== null);
  return isRow ? (fields.find((field) => field?.field === '@message')?.value ?? 'row without @message') : null;
}

function* ours(object: JsonObject, schema: string): Generator<Held> {
  switch (schema) {
    case AUDIT_SCHEMA:
      yield auditRecord(object);
      return;
    case INCIDENT_SCHEMA:
      yield savedIncident(object);
      return;
    case 'trailmend.review/1': {
      const names = Object.entries(objectAt(object, 'accountNames') ?? {}).filter(
        ([, name]) => typeof name === 'string',
      );
      yield { kind: 'names', names: Object.fromEntries(names) as Record<string, string> };
      for (const incident of Array.isArray(object.incidents) ? object.incidents : []) {
        yield savedIncident(incident);
      }
      return;
    }
    default:
      yield { kind: 'unreadable', reason: `this version does not know ${JSON.stringify(schema)}` };
  }
}

/** A line of the audit log by its kind, without what stands in the log only: metrics, and the plan's kind as a dimension of them. */
function auditRecord(line: JsonObject): Held {
  const { planKind, _aws, ...rest } = line;
  const record = Object.fromEntries(Object.entries(rest).filter(([name]) => !Object.hasOwn(METRICS, name)));
  switch (line.kind) {
    case 'event':
      return readable(record, RECORD, { kind: 'record', record: record as AuditRecord });
    case 'notice': {
      const notice = { ...record, planKind };
      return readable(notice, NOTICE, { kind: 'notice', record: notice as unknown as NoticeRecord });
    }
    case 'sweep':
    case 'probe':
      return { kind: line.kind };
    default:
      return { kind: 'unreadable', reason: 'an audit record without a readable kind' };
  }
}

function readable(record: JsonObject, shape: Shape, held: Held): Held {
  const lacks = lackingIn(record, shape);
  return lacks === null ? held : { kind: 'unreadable', reason: `an audit record without a readable ${lacks}` };
}

function savedIncident(value: unknown): Held {
  const object = asObject(value) ?? {};
  const lacks = lackingIn(object, INCIDENT);
  const incident = Object.fromEntries(Object.keys(INCIDENT).map((name) => [name, object[name]]));
  return lacks === null
    ? { kind: 'incident', incident: incident as unknown as ReviewIncident }
    : { kind: 'unreadable', reason: `an incident without a readable ${lacks}` };
}

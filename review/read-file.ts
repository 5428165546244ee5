import type { AuditRecord } from '../lambda/audit/audit-record';
import type { Severity } from '../lambda/cases/case';
import type { SentNotice } from '../lambda/incidents/incident';
import { GatheredEvents } from './gathered-events';
import { Newest } from './newest';
import { partsOf } from './read-lines';
import { type Held, heldIn } from './read-values';
import type { ReviewIncident } from './review-data';
import { EVERYTHING, isSelected, type Selectable, type Selection, selectable } from './selection';
import {
  byLastSeen,
  CHAIN_RECORDS,
  type ChainNotice,
  eventIdOf,
  type Found,
  incidentKeyOf,
  isIncidentKey,
  type Listed,
  MOST_RECORDS,
  type Records,
  type Source,
} from './source';

/** A line that should hold a record and cannot be read. */
export type Unreadable = { readonly line: number; readonly reason: string };

/** What makes a line one that was to be found. */
const HOLDS: readonly Held['kind'][] = ['record', 'notice', 'sweep', 'probe', 'incident'];

/** How many of the unreadable lines are named. */
const NAMED = 20;

/** What was told of an incident, by the notices' own ids. */
type Told = Map<string, ChainNotice>;

/**
 * The record in a file: the function's log, in any form that CloudWatch Logs exports, or what `trailmend log --json` wrote.
 * A log knows no more than its lines: times are those of the deliveries, counts are lower bounds, an incident is open until
 * a role was mended, and there is no finding to explain.
 */
export class FileSource implements Source {
  /** How many lines hold a record or an incident. */
  readonly held: number;
  /** How many could not be read, and which: the first twenty. */
  readonly unreadable: { readonly count: number; readonly named: readonly Unreadable[] };

  /**
   * @param name for people: the file's path, or standard input
   * @param bytes what is in it, unzipped
   */
  constructor(
    readonly name: string,
    private readonly bytes: Buffer,
  ) {
    let held = 0;
    let count = 0;
    const named: Unreadable[] = [];
    for (const { line, ...what } of this.#held()) {
      held += HOLDS.includes(what.kind) ? 1 : 0;
      if (what.kind === 'unreadable') {
        count += 1;
        named.push(...(named.length < NAMED ? [{ line, reason: what.reason }] : []));
      }
    }
    this.held = held;
    this.unreadable = { count, named };
  }

  async incidents(selection: Selection, audit: number): Promise<ReviewIncident[]> {
    const saved = new Map<string, ReviewIncident>();
    const gathered = new Map<string, GatheredEvents>();
    for (const what of this.#held()) {
      if (what.kind === 'incident') {
        saved.set(what.incident.key, { ...what.incident, audit: what.incident.audit.slice(0, audit) });
      } else if (what.kind === 'record') {
        gather(gathered, what.record, audit);
      }
    }
    const told = this.#told();
    const ofRecords = [...gathered].flatMap(([key, events]) =>
      !saved.has(key) && isSelected(selection, events.selectable())
        ? [events.incident(sentOf(told.get(key)), false)]
        : [],
    );
    const whole = [...saved.values()].filter((incident) => isSelected(selection, selectableOf(incident)));
    return [...whole, ...ofRecords].sort(byLastSeen);
  }

  async records(selection: Selection): Promise<Records> {
    const newest = new Newest<Listed>(MOST_RECORDS);
    for (const record of this.#listed()) {
      if (isSelected(selection, selectable(record))) {
        newest.add(record);
      }
    }
    const records = newest.list();
    return { records, left: newest.seen - records.length };
  }

  async find(id: string): Promise<Found | null> {
    const event = isIncidentKey(id) ? null : (this.#lastRecordOf(id) ?? null);
    const key = isIncidentKey(id) ? id : event && incidentKeyOf(event);
    const incident =
      key === null ? undefined : (await this.incidents(EVERYTHING, CHAIN_RECORDS)).find((one) => one.key === key);
    if (incident === undefined) {
      return event && { event, chain: null };
    }
    return { event, chain: { ...incident, noticeTexts: this.#noticesOf(incident), muteHistory: [] } };
  }

  async accountNames(): Promise<Record<string, string>> {
    const names: Record<string, string> = {};
    for (const what of this.#held()) {
      if (what.kind === 'names') {
        Object.assign(names, what.names);
      }
    }
    return names;
  }

  /** How an event ended; that a copy came later is not its end. */
  #lastRecordOf(id: string): AuditRecord | undefined {
    const records = [...this.#listed()].filter((record) => record.kind === 'event');
    const copies = records.filter((record) => eventIdOf(record) === id || record.recordId === id);
    return copies.findLast(({ outcome }) => outcome !== 'duplicate') ?? copies.at(-1);
  }

  /** Its notices, and those that could not be sent so far. */
  #noticesOf({ key, notices }: ReviewIncident): ChainNotice[] {
    const told: Told = this.#told().get(key) ?? new Map();
    const unsent = [...told.values()].filter(({ noticeId }) => noticeId === null);
    const sent = notices.map((one) => told.get(one.id) ?? { ...one, subject: null, text: null, record: null });
    return [...sent, ...unsent];
  }

  /** What was told of each incident, oldest first, as the log has it. */
  #told(): ReadonlyMap<string, Told> {
    const told = new Map<string, Told>();
    for (const record of this.#listed()) {
      for (const { key, notice } of noticesIn(record)) {
        told.set(key, (told.get(key) ?? new Map()).set(notice.id, notice));
      }
    }
    return told;
  }

  *#listed(): Generator<Listed> {
    for (const what of this.#held()) {
      if (what.kind === 'record' || what.kind === 'notice') {
        yield what.record;
      } else if (what.kind === 'incident') {
        yield* what.incident.audit;
      }
    }
  }

  *#held(): Generator<Held & { readonly line: number }> {
    for (const part of partsOf(this.bytes)) {
      if (part.kind === 'value') {
        for (const what of heldIn(part.value)) {
          yield { ...what, line: part.line };
        }
      } else if (part.kind === 'unreadable') {
        yield part;
      }
    }
  }
}

function gather(gathered: Map<string, GatheredEvents>, record: AuditRecord, audit: number): void {
  const { severity, time, outcome, action, resource, principal, account } = record;
  const key = incidentKeyOf(record);
  if (key === null) {
    return;
  }
  const events = gathered.get(key) ?? new GatheredEvents(key, audit);
  gathered.set(key, events);
  const isSuppressed = outcome === 'suppressed';
  const id = eventIdOf(record);
  events.add({ id, case: record.case, severity, time, action, resource, principal, account, isSuppressed });
  events.addRecord(record);
}

/** What a record says of notices: of which incident, and which. */
function noticesIn(record: Listed): { readonly key: string; readonly notice: ChainNotice }[] {
  const { noticeId, time } = record;
  const at = noticeId === null ? null : Date.parse(time);
  if (record.kind === 'notice') {
    const subject = record.outcome === 'notified' ? record.detail : null;
    const notice = { id: record.notice, noticeId, at, subject, text: null, record };
    return record.incidentKeys.map((key) => ({ key, notice }));
  }
  const key = incidentKeyOf(record);
  return key === null || noticeId === null
    ? []
    : [{ key, notice: { id: noticeId, noticeId, at, subject: null, text: null, record: null } }];
}

function sentOf(told: Told = new Map()): SentNotice[] {
  return [...told.values()].flatMap(({ id, noticeId, at }) =>
    noticeId === null || at === null ? [] : [{ id, noticeId, at }],
  );
}

function selectableOf({ accounts, principals, lastSeen, severity, ...rest }: ReviewIncident): Selectable & {
  readonly severity: Severity;
} {
  return { case: rest.case, severity, lastSeen, accounts: new Set(accounts), principals: new Set(principals) };
}

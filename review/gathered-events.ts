import type { AuditRecord } from '../lambda/audit/audit-record';
import type { CaseId } from '../lambda/cases';
import type { Severity } from '../lambda/cases/case';
import type { SentNotice } from '../lambda/incidents/incident';
import { LISTED } from '../lambda/incidents/incident';
import { graver } from '../lambda/incidents/notice-policy';
import { Newest } from './newest';
import type { ReviewIncident } from './review-data';
import type { Selectable } from './selection';

/** One event of an incident. Absent values are null. */
export type GatheredEvent = {
  readonly id: string;
  readonly case: string;
  readonly severity: Severity | null;
  /** ISO 8601. */
  readonly time: string;
  readonly action: string | null;
  readonly resource: string | null;
  readonly principal: string | null;
  readonly account: string | null;
  /** Whether a setting or a mute keeps it from being told. */
  readonly isSuppressed: boolean;
};

const LISTS = ['action', 'resource', 'principal', 'account'] as const;

/** What the events of one incident add up to. An event that comes twice counts once. */
export class GatheredEvents {
  readonly #ids = new Set<string>();
  readonly #suppressed = new Set<string>();
  readonly #names = {
    action: new Set<string>(),
    resource: new Set<string>(),
    principal: new Set<string>(),
    account: new Set<string>(),
  };
  readonly #records: Newest<AuditRecord>;
  #case = '';
  #severity: Severity = 'low';
  #firstSeen = '';
  #lastSeen = '';
  /** How the newest of its deliveries ended that came to an end. */
  #last = { time: '', outcome: '' };

  /** @param audit how many audit records it keeps, the newest */
  constructor(
    private readonly key: string,
    audit: number,
  ) {
    this.#records = new Newest(audit);
  }

  get count(): number {
    return this.#ids.size;
  }

  add(event: GatheredEvent): void {
    this.#ids.add(event.id);
    if (event.isSuppressed) {
      this.#suppressed.add(event.id);
    }
    for (const list of LISTS) {
      const name = event[list];
      if (name !== null) {
        this.#names[list].add(name);
      }
    }
    this.#case = event.case;
    this.#severity = graver(this.#severity, event.severity);
    this.#firstSeen = this.#firstSeen === '' || event.time < this.#firstSeen ? event.time : this.#firstSeen;
    this.#lastSeen = event.time > this.#lastSeen ? event.time : this.#lastSeen;
  }

  /** Keeps what was done for an event. */
  addRecord(record: AuditRecord): void {
    this.#records.add(record);
    const { outcome, time } = record;
    if (outcome !== 'duplicate' && outcome !== 'failed' && time >= this.#last.time) {
      this.#last = { time, outcome };
    }
  }

  /** All that a selection may ask for, beyond the bounded lists. */
  selectable(): Selectable {
    const { account, principal } = this.#names;
    const [id, severity, lastSeen] = [this.#case, this.#severity, this.#lastSeen];
    return { case: id, severity, lastSeen, accounts: account, principals: principal };
  }

  /** The incident as far as its events tell. Whether it is quiet they do not say. */
  incident(notices: readonly SentNotice[], exact: boolean): ReviewIncident {
    const { outcome } = this.#last;
    const listed = (names: ReadonlySet<string>) => [...names].slice(0, LISTED);
    return {
      key: this.key,
      case: this.#case as CaseId,
      severity: this.#severity,
      state: outcome === 'created' || outcome === 'already-present' ? 'remediated' : 'open',
      firstSeen: this.#firstSeen,
      lastSeen: this.#lastSeen,
      count: this.count,
      suppressed: this.#suppressed.size,
      exact,
      actions: listed(this.#names.action),
      resources: listed(this.#names.resource),
      principals: listed(this.#names.principal),
      accounts: listed(this.#names.account),
      mute: null,
      notices,
      finding: null,
      audit: this.#records.list(),
    };
  }
}

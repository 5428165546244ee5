import type { CaseId } from '../lambda/cases';
import type { Severity } from '../lambda/cases/case';
import { LISTED } from '../lambda/incidents/incident';
import { graver } from '../lambda/incidents/notice-policy';
import type { Refused } from '../lambda/incidents/occurrence';

/** Refused calls with the same cause, as far as they were read. JSON throughout, so that it crosses threads and files. */
export type IncidentPart = {
  /** Key of the incident. */
  readonly key: string;
  /** Ids of its calls, each once. */
  readonly ids: readonly string[];
  readonly severity: Severity;
  /** Times of the calls, ISO 8601. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly accounts: readonly string[];
  /** Of its newest call. */
  readonly finding: Refused;
};

/** An incident that a scan has found. The lists are bounded, and sorted. */
export type ScannedIncident = Omit<IncidentPart, 'ids'> & {
  readonly case: CaseId;
  readonly count: number;
};

/** A refused call of an incident, and when it was made, ISO 8601. */
export type ScannedCall = { readonly time: string; readonly finding: Refused };

const LISTS = ['actions', 'resources', 'principals', 'accounts'] as const;

/** Adds up the calls of one incident. In whatever order they come, the sum is the same; a call that comes twice counts once. */
export class IncidentSum {
  readonly #ids = new Set<string>();
  readonly #lists = {
    actions: new Set<string>(),
    resources: new Set<string>(),
    principals: new Set<string>(),
    accounts: new Set<string>(),
  };
  #severity: Severity = 'low';
  #firstSeen: string;
  #newest: ScannedCall;

  constructor(
    private readonly key: string,
    first: ScannedCall,
  ) {
    this.#firstSeen = first.time;
    this.#newest = first;
  }

  /** @param id equal for all records of the call */
  add(id: string, call: ScannedCall): void {
    const { action, resource, account, caller } = call.finding.denial;
    this.#ids.add(id);
    this.#list('actions', action);
    this.#list('resources', resource);
    this.#list('principals', caller.principal);
    this.#list('accounts', account);
    this.#see(call, call.time, call.finding.severity);
  }

  merge({ ids, severity, firstSeen, lastSeen, finding, ...lists }: IncidentPart): void {
    for (const id of ids) {
      this.#ids.add(id);
    }
    for (const list of LISTS) {
      lists[list].forEach((name) => void this.#lists[list].add(name));
    }
    this.#see({ time: lastSeen, finding }, firstSeen, severity);
  }

  part(): IncidentPart {
    return { ...this.#sum(Number.POSITIVE_INFINITY), ids: [...this.#ids] };
  }

  incident(): ScannedIncident {
    return { ...this.#sum(LISTED), case: this.#newest.finding.case, count: this.#ids.size };
  }

  #sum(most: number): Omit<IncidentPart, 'ids'> {
    const { finding, time } = this.#newest;
    const listed = (list: (typeof LISTS)[number]) => [...this.#lists[list]].sort().slice(0, most);
    return {
      key: this.key,
      severity: this.#severity,
      firstSeen: this.#firstSeen,
      lastSeen: time,
      actions: listed('actions'),
      resources: listed('resources'),
      principals: listed('principals'),
      accounts: listed('accounts'),
      finding,
    };
  }

  #list(list: (typeof LISTS)[number], name: string | null): void {
    if (name !== null) {
      this.#lists[list].add(name);
    }
  }

  #see(newest: ScannedCall, firstSeen: string, severity: Severity): void {
    this.#severity = graver(this.#severity, severity);
    this.#firstSeen = firstSeen < this.#firstSeen ? firstSeen : this.#firstSeen;
    this.#newest = isNewer(newest, this.#newest) ? newest : this.#newest;
  }
}

/** Of two calls in the same second it does not matter which is read first. */
function isNewer(one: ScannedCall, other: ScannedCall): boolean {
  if (one.time !== other.time) {
    return one.time > other.time;
  }
  const [id, otherId] = [idOf(one), idOf(other)];
  // Copies of one call have one id: they differ in what the account that got them wrote.
  return id === otherId ? JSON.stringify(one.finding) > JSON.stringify(other.finding) : id > otherId;
}

function idOf({ finding }: ScannedCall): string {
  return finding.eventId ?? '';
}

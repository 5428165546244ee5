import type { Organization } from '../lambda/cases/case';
import { classify } from '../lambda/classify';
import { parseEvent } from '../lambda/denial/parse-event';
import type { Refused } from '../lambda/incidents/occurrence';
import { type IncidentPart, IncidentSum, type ScannedCall, type ScannedIncident } from './scanned-incident';
import { isWanted, type Wanted } from './wanted';

/** What was counted beside the incidents. */
export type Counts = {
  /** Records that were read. */
  records: number;
  /** Refused calls among them, as far as they are wanted, each copy of a record counted. */
  refused: number;
  /** Of these, calls that do not concern CloudTrail. */
  unrelated: number;
  /** Of these, calls that do, but of which nobody would have been told. */
  ignored: number;
  /** Refused calls whose record lacks what every record has. */
  malformed: number;
};

/** A history as JSON, which another one can take in. */
export type HistoryPart = { readonly counts: Counts; readonly incidents: readonly IncidentPart[] };

/**
 * What happened, as far as it was read: every record goes through the same parser and classifier as in the function, and
 * findings with the same cause become one incident. In whatever order records come, the result is the same.
 */
export class History {
  readonly counts: Counts = { records: 0, refused: 0, unrelated: 0, ignored: 0, malformed: 0 };
  readonly #incidents = new Map<string, IncidentSum>();

  /**
   * @param organization what is known of it; offline mostly nothing
   * @param now milliseconds since 1970: no call was made later, whatever its record says
   */
  constructor(
    readonly wanted: Wanted,
    private readonly organization: Organization,
    private readonly now: number,
  ) {}

  /**
   * Takes a CloudTrail record, or an event with one; does not count it among {@link Counts.records}.
   * @param place tells a record without an id of its own from others, such as a file and a position
   */
  take(record: unknown, place: string): void {
    const event = parseEvent(record, this.organization.managementAccount);
    if (event.kind === 'malformed') {
      this.counts.malformed += 1;
      return;
    }
    if (event.kind === 'no-denial') {
      return;
    }
    const finding: Refused = { ...classify(event, this.organization), denial: event.denial };
    if (isWanted(finding, this.wanted)) {
      this.#takeWanted(finding, place);
    }
  }

  /** Takes in what another history of the same calls, or of others, has found. */
  merge({ counts, incidents }: HistoryPart): void {
    for (const name of Object.keys(this.counts) as (keyof Counts)[]) {
      this.counts[name] += counts[name];
    }
    for (const part of incidents) {
      this.#sumOf(part.key, { time: part.lastSeen, finding: part.finding }).merge(part);
    }
  }

  part(): HistoryPart {
    return { counts: { ...this.counts }, incidents: [...this.#incidents.values()].map((sum) => sum.part()) };
  }

  /** Newest first. */
  incidents(): ScannedIncident[] {
    const all = [...this.#incidents.values()].map((sum) => sum.incident());
    return all.sort((one, other) => compared(other.lastSeen, one.lastSeen) || compared(one.key, other.key));
  }

  #takeWanted(finding: Refused, place: string): void {
    const { plan, incidentKey } = finding;
    this.counts.refused += 1;
    if (plan.kind === 'ignore') {
      this.counts[finding.case === 'not-covered' ? 'unrelated' : 'ignored'] += 1;
      if (!this.wanted.withIgnored) {
        return;
      }
    }
    const call = { time: this.#timeOf(finding), finding };
    this.#sumOf(incidentKey ?? '', call).add(finding.eventId ?? place, call);
  }

  #sumOf(key: string, first: ScannedCall): IncidentSum {
    // What the function ignores joins no incident, so that it has a line of its own here.
    const group = `${key} ${first.finding.plan.kind === 'ignore'}`;
    const sum = this.#incidents.get(group) ?? new IncidentSum(key, first);
    this.#incidents.set(group, sum);
    return sum;
  }

  #timeOf({ denial }: Refused): string {
    const called = Date.parse(denial.time ?? '');
    return new Date(Number.isNaN(called) ? this.now : Math.min(called, this.now)).toISOString();
  }
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

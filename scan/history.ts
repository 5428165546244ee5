import type { Organization } from '../lambda/cases/case';
import { classify } from '../lambda/classify';
import { parseEvent } from '../lambda/denial/parse-event';
import { MENTION } from '../lambda/denial/ties';
import type { Refused } from '../lambda/incidents/occurrence';
import { type IncidentPart, IncidentSum, type ScannedCall, type ScannedIncident } from './scanned-incident';
import { isWanted, type Wanted } from './wanted';

/** What was counted beside the incidents; a call counts as often as it was recorded. */
export type Counts = {
  /** Records that were read, where that is known: of log files most are never looked at. */
  records: number;
  /** Wanted calls that concern CloudTrail, but of whose refusal nobody would have been told. */
  ignored: number;
  /** Refused calls whose record mentions CloudTrail and lacks what every record has. */
  malformed: number;
};

/** A history as JSON, which another one can take in. */
export type HistoryPart = { readonly counts: Counts; readonly incidents: readonly IncidentPart[] };

/** What nothing came to. */
export const NOTHING: HistoryPart = { counts: { records: 0, ignored: 0, malformed: 0 }, incidents: [] };

/**
 * What happened, as far as it was read: every record goes through the same parser and classifier as in the function, and
 * findings with the same cause become one incident. In whatever order records come, the result is the same.
 */
export class History {
  readonly counts: Counts = { ...NOTHING.counts };
  readonly #incidents = new Map<string, IncidentSum>();

  /**
   * @param organization what is known of it; offline mostly nothing
   * @param now milliseconds since 1970: no call was made later, whatever its record says
   */
  constructor(
    readonly wanted: Wanted,
    readonly organization: Organization,
    readonly now: number,
  ) {}

  /**
   * Takes a CloudTrail record, or an event with one; does not count it among {@link Counts.records}.
   * @param place tells a record without an id of its own from others, such as a file and a position
   */
  take(record: unknown, place: string): void {
    const event = parseEvent(record, this.organization.managementAccount);
    if (event.kind === 'malformed') {
      this.counts.malformed += mentionsCloudTrail(record) ? 1 : 0;
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

  /** What was found so far, which this history then forgets. */
  drain(): HistoryPart {
    const part = this.part();
    this.#incidents.clear();
    Object.assign(this.counts, NOTHING.counts);
    return part;
  }

  /** Newest first. */
  incidents(): ScannedIncident[] {
    const all = [...this.#incidents.values()].map((sum) => sum.incident());
    return all.sort((one, other) => compared(other.lastSeen, one.lastSeen) || compared(one.key, other.key));
  }

  #takeWanted(finding: Refused, place: string): void {
    const { plan, incidentKey } = finding;
    if (plan.kind === 'ignore') {
      this.counts.ignored += finding.case === 'not-covered' ? 0 : 1;
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

/** Whether it may be about CloudTrail; what is nested too deeply to be written down may. */
function mentionsCloudTrail(record: unknown): boolean {
  try {
    return MENTION.test(JSON.stringify(record));
  } catch {
    return true;
  }
}

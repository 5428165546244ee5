import type { OutcomeKind } from '../../lambda/audit/audit-record';
import type { CaseId } from '../../lambda/cases';
import type { Severity } from '../../lambda/cases/case';
import type { Layer } from '../../lambda/denial/parse-message';
import type { ReviewIncident } from '../review-data';

/** What the summary counts. */
type Sums = {
  readonly incidents: number;
  /** Open ones, and how many of these are of high severity. */
  readonly open: number;
  readonly openHigh: number;
  readonly mended: number;
  readonly quiet: number;
  readonly refusals: number;
  readonly accounts: number;
};

/** One bar of the timeline: its time and what it holds. */
type BarFacts = {
  readonly from: string;
  readonly to: string;
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
};

/**
 * Every text of the review page that notices do not have, in one language. A language that lacks one does not compile.
 * Texts that are handed in have been neutralised by the caller; numbers are formatted here.
 */
export type PageTexts = {
  /** The language's own name, for the switch. */
  readonly language: string;
  readonly title: string;
  source(source: string, time: string): string;
  readonly needsScript: string;
  readonly skipToIncidents: string;
  /** The keys that the page listens to. */
  readonly keys: string;
  number(value: number): string;
  summary(sums: Sums): string;
  readonly controls: {
    readonly language: string;
    readonly theme: string;
    readonly themes: Readonly<Record<'auto' | 'light' | 'dark', string>>;
    readonly print: string;
    readonly search: string;
    readonly searchHint: string;
    readonly sort: string;
    readonly sorts: Readonly<Record<'gravest' | 'latest' | 'most', string>>;
    readonly filters: string;
    clear(count: number): string;
    more(count: number, left: number): string;
    moreValues(count: number): string;
    readonly copy: string;
    readonly copied: string;
    readonly notCopied: string;
    readonly link: string;
    readonly close: string;
    readonly previous: string;
    readonly next: string;
  };
  readonly facets: Readonly<
    Record<'state' | 'severity' | 'case' | 'account' | 'principal' | 'layer' | 'silence', string>
  >;
  readonly states: Readonly<Record<ReviewIncident['state'], string>>;
  /** What a state means, in a few words. */
  readonly stateHints: Readonly<Record<ReviewIncident['state'], string>>;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly cases: Readonly<Record<CaseId, string>>;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly silences: Readonly<Record<'muted' | 'suppressed', string>>;
  /** Stands for an account or a principal that the record does not name. */
  readonly notKnown: string;
  readonly timeline: {
    readonly title: string;
    readonly hint: string;
    bar(bar: BarFacts): string;
    range(from: string, to: string): string;
    readonly clear: string;
  };
  readonly list: {
    readonly title: string;
    /** Said whenever the selection changes. */
    found(count: number, all: number): string;
    readonly none: string;
    readonly noneHint: string;
    readonly empty: string;
    readonly emptyHint: string;
    readonly columns: Readonly<Record<'severity' | 'incident' | 'refusals' | 'last' | 'state', string>>;
    refusals(count: number, exact: boolean): string;
    /** Behind the name of a caller: how many more there are. */
    others(count: number): string;
    accounts(count: number): string;
    printed(count: number, all: number): string;
  };
  readonly detail: {
    /** The link to AWS's page about the case. */
    readonly guide: string;
    readonly explanation: string;
    readonly logOnly: string;
    unknownKey(key: string): string;
    readonly fix: string;
    readonly course: string;
    readonly seen: string;
    span(first: string, last: string): string;
    readonly count: string;
    readonly suppressed: string;
    readonly touched: Readonly<Record<'actions' | 'resources' | 'principals' | 'accounts', string>>;
    readonly audit: string;
    shown(records: number, count: number): string;
    readonly noAudit: string;
    readonly plan: string;
    /** What GetRole showed of a role; the look counts from 1. Null is what it did not say. */
    readonly verified: string;
    sighting(role: string, isShown: boolean | null, since: string | null, look: number | null): string;
    readonly deliveryLabel: string;
    delivery(number: number, ms: number): string;
    readonly eventId: string;
    readonly noticeId: string;
    readonly calls: string;
    readonly call: Readonly<Record<'operation' | 'outcome' | 'attempts' | 'requestId', string>>;
    readonly noCalls: string;
    callsLeftOut(count: number): string;
    readonly notices: string;
    notice(id: string, time: string): string;
    readonly noNotices: string;
    readonly mute: string;
    muted(by: string, until: string, reason: string): string;
    muteOver(by: string, until: string, reason: string): string;
    readonly muteCommand: string;
    readonly unmuteCommand: string;
    readonly json: string;
  };
  readonly outcomes: Readonly<Record<OutcomeKind, string>>;
};

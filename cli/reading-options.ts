import { type Command, Option } from 'commander';
import { CASES } from '../lambda/cases';
import type { Severity } from '../lambda/cases/case';
import type { Selection } from '../review/selection';
import { durationOf } from './duration';
import { addTableOptions, type TableOptions } from './table-options';
import { UsageError } from './usage-error';

/** What `trailmend log` and `trailmend report` read, and what of it. */
export type ReadingOptions = TableOptions & {
  since?: string;
  case?: string[];
  account?: string[];
  principal?: string[];
  severity?: Severity[];
  incident?: string;
  file?: string;
};

/** Of the table, unless `--since` says otherwise. */
const USUAL_SPAN = '7d';

/** What a reader must be allowed; shown by both commands. */
export const READING_HELP = `
Of --case, --account, --principal and --severity each may name several, and each that is given must match.

The table is read with your AWS credentials, which need dynamodb:Query and dynamodb:GetItem on it, dynamodb:Query on
its index "lookup", and dynamodb:ListTables unless you name it with --table. Nothing is written.

--file takes lines of the function's log group as CloudWatch Logs gives them (aws logs tail, filter-log-events, Logs
Insights, an export to S3; .gz too), or what trailmend log --json wrote; - reads standard input.

An event is known by its sharedEventID where its record has one, else by its eventID: the table finds it by no other id,
a file also by the eventID of a copy.`;

const FILTERS = ['since', 'case', 'account', 'principal', 'severity'];

/** Adds the options that say what to read. */
export function addReadingOptions(command: Command): Command {
  const cases = CASES.map(({ id }) => id);
  command
    .option('--since <time>', `from when on: 30m, 8h, 7d or 2026-11-02 (default: ${USUAL_SPAN}; of a file, everything)`)
    .addOption(new Option('--case <case...>', 'only these cases').choices(cases))
    .option('--account <id...>', 'only these accounts')
    .option('--principal <principal...>', 'only these users, roles or services: name or ARN, * for any text')
    .addOption(new Option('--severity <severity...>', 'only these severities').choices(['high', 'medium', 'low']))
    .addOption(
      new Option('--incident <id>', 'only this one: key of an incident, or id of one of its events').conflicts(FILTERS),
    )
    .addOption(
      new Option('--file <path>', 'read a file instead of the table').conflicts(['table', 'region', 'profile']),
    );
  return addTableOptions(command);
}

/**
 * What the options ask for.
 * @param now milliseconds since 1970
 * @throws UsageError when they make no sense
 */
export function selectionOf(options: ReadingOptions, now: number): Selection {
  const { since, account = [], principal = [], severity = [], incident, file } = options;
  const wrong = account.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) {
    throw new UsageError(`--account ${wrong} is no account: give its id of 12 digits.`);
  }
  if (incident?.trim() === '') {
    throw new UsageError('--incident is empty: give the key of an incident, or the id of an event.');
  }
  const from = since ?? (file === undefined ? USUAL_SPAN : null);
  return {
    since: from === null ? null : timeOf(from, now),
    cases: options.case ?? [],
    severities: severity,
    accounts: account,
    principals: principal,
  };
}

/** The period in words, as far as there is one. */
export function periodOf({ since, incident, file }: ReadingOptions): string {
  return incident !== undefined || (file !== undefined && since === undefined) ? '' : ` since ${since ?? USUAL_SPAN}`;
}

function timeOf(text: string, now: number): number {
  const span = durationOf(text);
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? Date.parse(inUtc(text))
    : Number.NaN;
  if (span === null && Number.isNaN(time)) {
    throw new UsageError(
      `--since ${text} is no time: write 30m, 8h or 7d, or a date such as 2026-11-02 or 2026-11-02T03:00Z.`,
    );
  }
  return span === null ? time : now - span;
}

/** Times without a zone are UTC, as everywhere here; the language takes them for local ones. */
function inUtc(text: string): string {
  return /T[\d:.]+$/.test(text) ? `${text}Z` : text;
}

import { type Command, Option } from 'commander';
import { CASES } from '../lambda/cases';
import type { Severity } from '../lambda/cases/case';
import type { Selection } from '../review/selection';
import { accountIds } from './account-ids';
import { momentOf } from './moment';
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
  if (incident?.trim() === '') {
    throw new UsageError('--incident is empty: give the key of an incident, or the id of an event.');
  }
  const from = since ?? (file === undefined ? USUAL_SPAN : null);
  return {
    since: from === null ? null : momentOf('--since', from, now),
    cases: options.case ?? [],
    severities: severity,
    accounts: accountIds('--account', account),
    principals: principal,
  };
}

/** The period in words, as far as there is one. */
export function periodOf({ since, incident, file }: ReadingOptions): string {
  return incident !== undefined || (file !== undefined && since === undefined) ? '' : ` since ${since ?? USUAL_SPAN}`;
}

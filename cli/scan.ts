import { Command, InvalidArgumentError, Option } from 'commander';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { History } from '../scan/history';
import type { ScannedIncident } from '../scan/scanned-incident';
import type { HistorySource, Reading } from '../scan/source';
import { addAthenaOptions } from './athena-options';
import { addEventHistoryOptions } from './event-history-options';
import type { Io } from './io';
import { athenaSql } from './open-athena';
import { type HistoryOptions, openHistory } from './open-history';
import { Progress } from './progress';
import { addWantedOptions, organizationOf, type WantedOptions, wantedOf } from './scan-options';
import { incidentLines, incidentTable, problemText, summaryText } from './scan-output';
import { scanPage } from './scan-page';
import { untilInterrupted } from './until-interrupted';
import { UsageError } from './usage-error';
import { expectWritable, writePage } from './write-page';

type Options = WantedOptions &
  HistoryOptions & { json?: true; report?: string; force?: true; locale: Locale; expectNone?: true };

const HELP = `
Reading files needs no AWS account. Of directories it takes .json, .json.gz, .jsonl and .ndjson, as a trail lays them out in
S3; digest and Insights files are left out. A call that was recorded several times counts once.

--aws reads management events of the last 90 days, of the account whose credentials you have, at most 100 records a second in
each Region; it needs cloudtrail:LookupEvents. It cannot see data events, other accounts, or what is older.

--athena reads the archive of an organization in S3 without fetching it: Athena finds the refused calls, at about 5 USD a
terabyte. It says before how much that is, and asks above --most-bytes. Begin with --create-table, or with --print-sql to see
what would run; without --since it goes back 90 days.

What Trailmend would have done is what it does by its default settings.

Exit code: 0 everything was read, 1 there are incidents although --expect-none was given, or AWS failed altogether, 2 misuse,
3 something could not be read, 130 ended with Ctrl-C.`;

/** `trailmend scan`: what Trailmend would have found and done in the past. */
export function scanCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command('scan')
    .description('Read what already happened, and say what Trailmend would have found and done.')
    .argument('[paths...]', 'CloudTrail log files, JSON Lines of records, directories of them; - reads standard input');
  return addAthenaOptions(addEventHistoryOptions(addWantedOptions(command)))
    .optionsGroup('How it reads and tells:')
    .option('--threads <count>', 'threads that read files (default: one for each core)', threadCount)
    .option('--json', 'one JSON object per incident: as of explain --json, with count, firstSeen, lastSeen and more')
    .option('--report <file>', 'also write the incidents as one HTML file')
    .option('--force', 'replace the file of --report if there is one')
    .addOption(
      new Option('--locale <locale>', 'language of --json and --report').choices(Object.keys(LANGUAGES)).default('en'),
    )
    .option('--expect-none', 'end with 1 when there are incidents, as a check in CI')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: Options) => exit(await scan(paths, options, io)));
}

function threadCount(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count === 0) {
    throw new InvalidArgumentError('give a number from 1 to 999.');
  }
  return count;
}

async function scan(paths: readonly string[], options: Options, io: Io): Promise<number> {
  if (options.report === '-' && options.json) {
    throw new UsageError('--report - and --json both write to standard output: name a file for one of them.');
  }
  if (options.report !== undefined) {
    expectWritable(options.report, options.force ?? false, '--report');
  }
  const source = await openHistory(paths, options, io);
  const now = source.begun ?? Date.now();
  const wanted = wantedOf(options, now);
  if (options.printSql) {
    io.out(athenaSql(options, wanted, now));
    return 0;
  }
  const history = new History(wanted, organizationOf(options), now);
  const reading = await read(source, history, io);
  const incidents = history.incidents();
  // First, since whoever reads the rest may stop reading, as head does.
  if (options.report !== undefined) {
    const page = await scanPage(incidents, source.name, Date.now(), options.locale);
    await writePage(options.report, page, options.force ?? false, io, '--report');
  }
  tell(incidents, history, reading, options, io);
  return exitCodeOf(reading, incidents.length > 0 && options.expectNone === true);
}

function tell(
  incidents: readonly ScannedIncident[],
  { counts }: History,
  reading: Reading,
  { json, locale, report }: Options,
  io: Io,
): void {
  const summary = summaryText(counts, incidents, reading);
  if (json) {
    incidentLines(incidents, locale).forEach(io.out);
    io.err(summary);
  } else {
    const say = report === '-' ? io.err : io.out;
    say(`${incidentTable(incidents, io)}\n${summary}`);
  }
  io.err(problemText(reading));
}

function read(source: HistorySource, history: History, io: Io): Promise<Reading> {
  const progress = new Progress(io);
  const tell = (words: () => string) => progress.show(words);
  const confirm = io.confirm ?? (async () => false);
  return untilInterrupted((signal) => source.read(history, { signal, tell, confirm })).finally(() => progress.end());
}

function exitCodeOf({ isInterrupted, problems }: Reading, isUnexpected: boolean): number {
  if (isInterrupted) {
    return 130;
  }
  return isUnexpected ? 1 : problems.length > 0 ? 3 : 0;
}

import type { Intent } from '../scan/athena/athena';
import { costText, sizeText } from '../scan/athena/size';
import { createTableSql, daysOf, refusalsSql } from '../scan/athena/sql';
import { counted } from '../scan/counted';
import type { HistorySource, Watch } from '../scan/source';
import type { Wanted } from '../scan/wanted';
import type { AthenaOptions } from './athena-options';
import { athenaOf } from './athena-settings';
import type { Io } from './io';
import { UsageError } from './usage-error';

/** How far back a query goes when nobody says. */
const DAYS = 90;
const DAY = 24 * 3_600_000;

/**
 * The archive of an organization, by way of Athena. Loads the SDK only when it is read: it is large.
 * @throws UsageError when the options make no sense
 */
export function openAthena(options: AthenaOptions, io: Io): HistorySource {
  const { mostBytes, ...settings } = athenaOf(options);
  if (settings.regions.length === 0 && settings.archive === null) {
    throw new UsageError('--athena needs --archive, where the Regions can be seen, or the Regions with --region.');
  }
  const agree = (intent: Intent, watch: Watch) =>
    agreed(intent, watch, options.yes ? Number.POSITIVE_INFINITY : mostBytes, io);
  return {
    name: `Athena: ${settings.database}.${settings.table}`,
    read: async (history, watch) => {
      process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
      const { readAthena } = await import('../scan/athena/athena');
      const { wanted, now } = history;
      const reading = await readAthena({ ...settings, ...period(wanted, now), agree }, history, watch);
      return { ...reading, remarks: [...reading.remarks, ...periodRemarks(wanted, now)] };
    },
  };
}

/**
 * The statements as they would run. Calls nobody, so accounts and Regions must be named.
 * @throws UsageError when the options make no sense
 */
export function athenaSql(options: AthenaOptions, wanted: Wanted, now: number): string {
  const settings = athenaOf(options);
  const { archive, partitions, regions } = settings;
  const { accounts } = wanted;
  if (accounts.length === 0 || regions.length === 0) {
    throw new UsageError(
      '--print-sql asks nobody which accounts and Regions there are: name them with --account and --region.',
    );
  }
  const create =
    archive === null
      ? '-- Give --archive to see the statement that creates the table.'
      : `${createTableSql(settings, archive)};`;
  return `${create}\n\n${refusalsSql(settings, partitions, { ...period(wanted, now), accounts, regions, isAll: wanted.withIgnored })};\n`;
}

/** From when to when is read: a query must end somewhere, since it costs. */
function period({ since, until }: Wanted, now: number) {
  const end = until ?? now;
  return { since: since ?? end - DAYS * DAY, until: end };
}

function periodRemarks(wanted: Wanted, now: number): string[] {
  const from = new Date(period(wanted, now).since).toISOString().slice(0, 10);
  return wanted.since === null ? [`Without --since only ${DAYS} days were read, from ${from} on.`] : [];
}

/** Says what a query would scan, and asks where it is more than was said to be in order. */
async function agreed(intent: Intent, { confirm }: Watch, mostBytes: number, io: Io): Promise<boolean> {
  const { measured } = intent;
  io.err(`${io.isWatched ? '\r\u001b[K' : ''}${intentText(intent)}\n`);
  if (mostBytes === Number.POSITIVE_INFINITY || (measured !== null && measured.bytes <= mostBytes)) {
    return true;
  }
  if (io.confirm === undefined) {
    const why = measured === null ? 'how much that is cannot be measured' : `that is more than ${sizeText(mostBytes)}`;
    throw new UsageError(`${why}, and there is no terminal to ask on: give --yes, or a larger --most-bytes.`);
  }
  return confirm('Run the query?');
}

function intentText({ bounds, measured }: Intent): string {
  const { accounts, regions } = bounds;
  const { first, last } = daysOf(bounds);
  const where = `${counted(accounts.length, 'account')} and ${counted(regions.length, 'Region')}, delivered from ${first} to ${last}`;
  if (measured === null) {
    return `Athena would scan log files of ${where}. Their size is not known: that takes --archive, and s3:ListBucket on its bucket.`;
  }
  const { bytes, isEstimate } = measured;
  return `Athena would scan ${isEstimate ? 'about ' : ''}${sizeText(bytes)} (${costText(bytes)}): log files of ${where}.`;
}

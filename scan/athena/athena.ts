import { AthenaClient } from '@aws-sdk/client-athena';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { counted, numbered } from '../counted';
import type { History } from '../history';
import type { Reading, Watch } from '../source';
import type { Wanted } from '../wanted';
import { Archive } from './archive';
import { findPlaces } from './find-places';
import { type Measured, measure } from './measure';
import { readRows } from './read-rows';
import { recordOf } from './record-of';
import { isRefused } from './refused';
import { runQuery, type Workplace } from './run-query';
import { costText, sizeText } from './size';
import { type Bounds, createTableSql, daysOf, type PartitionColumn, refusalsSql } from './sql';

/** What of the archive a query is about to read, for whoever is asked whether it may. */
export type Intent = { readonly bounds: Bounds; readonly measured: Measured | null };

/** Which table is asked, how, and as whom. */
export type AthenaSettings = Workplace & {
  readonly partitions: readonly PartitionColumn[];
  /** `s3://…/AWSLogs/…`; null when it is not known. */
  readonly archive: string | null;
  readonly regions: readonly string[];
  readonly since: number;
  readonly until: number;
  readonly createsTable: boolean;
  /** Settings of every SDK client. */
  readonly client: object;
  readonly agree: (intent: Intent, watch: Watch) => Promise<boolean>;
};

const STOPPED: Reading = { read: 'nothing', problems: [], isInterrupted: true, remarks: [] };

/** Asks Athena for the refused calls of an archive, and hands each to the same parser and classifier as always. */
export async function readAthena(settings: AthenaSettings, history: History, watch: Watch): Promise<Reading> {
  try {
    return await read(settings, history, watch);
  } catch (error) {
    if (watch.signal.aborted) {
      return STOPPED;
    }
    throw error;
  }
}

async function read(settings: AthenaSettings, history: History, watch: Watch): Promise<Reading> {
  const athena = new AthenaClient(settings.client);
  if (settings.createsTable && settings.archive !== null) {
    await runQuery(athena, createTableSql(settings, settings.archive), settings, watch.signal, () => {});
  }
  const intent = await intentOf(settings, history.wanted, watch);
  const isAgreed = await settings.agree(intent, watch);
  if (watch.signal.aborted) {
    return STOPPED;
  }
  if (!isAgreed) {
    const problem = { where: 'Athena', what: 'nothing was read, since the query was not agreed to' };
    return { ...STOPPED, problems: [problem], isInterrupted: false };
  }
  const sql = refusalsSql(settings, settings.partitions, intent.bounds);
  const ran = await runQuery(athena, sql, settings, watch.signal, (bytes) =>
    watch.tell(() => `Athena is at it: ${sizeText(bytes)} scanned ...`),
  );
  return ran === null ? STOPPED : await take(athena, ran, history, watch);
}

async function take(athena: AthenaClient, ran: { id: string; bytes: number }, history: History, watch: Watch) {
  const remarks = [`Athena scanned ${sizeText(ran.bytes)} of log files (${costText(ran.bytes)}).`];
  let isInterrupted = false;
  try {
    for await (const row of readRows(athena, ran.id, watch.signal)) {
      history.counts.records += 1;
      history.take(recordOf(row), `${ran.id}#${history.counts.records}`);
      watch.tell(() => `reading the answer: ${numbered(history.counts.records)} records ...`);
    }
  } catch (error) {
    if (!watch.signal.aborted) {
      throw error;
    }
    isInterrupted = true;
  }
  const { records } = history.counts;
  const read = `${counted(records, 'record')} that Athena found`;
  return { read, problems: [], isInterrupted, remarks };
}

async function intentOf(settings: AthenaSettings, { accounts, withIgnored }: Wanted, watch: Watch): Promise<Intent> {
  const { archive: url, regions, since, until, client } = settings;
  // A bucket may be in another Region than Athena.
  const s3 = new S3Client({ ...client, followRegionRedirects: true });
  const archive = url === null ? null : new Archive(s3, url, watch.signal);
  const places = await findPlaces({ accounts, regions }, archive, new OrganizationsClient(client));
  const bounds = { since, until, isAll: withIgnored, ...places };
  return { bounds, measured: archive && (await measured(archive, bounds, watch)) };
}

/** Null where nobody may look at the sizes. */
async function measured(archive: Archive, bounds: Bounds, { tell }: Watch): Promise<Measured | null> {
  const places = bounds.accounts.flatMap((account) => bounds.regions.map((region) => ({ account, region })));
  const progress = (done: number, bytes: number) =>
    tell(() => `measuring: ${done} of ${places.length} folders, ${sizeText(bytes)} ...`);
  try {
    return await measure(archive, places, daysOf(bounds), progress);
  } catch (error) {
    if (isRefused(error)) {
      return null;
    }
    throw error;
  }
}

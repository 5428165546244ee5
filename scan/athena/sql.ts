import { SELECTED, TABLE_COLUMNS } from './columns';
import { formed, hiveQuoted, literal, quoted } from './literal';
import { mentionSql, refusedSql } from './refused-sql';

/** A table of Athena. */
export type TableName = { readonly database: string; readonly table: string };

/** What a partition of a table can stand for: as AWS names it in its examples for CloudTrail. */
export const PARTITION_COLUMNS = ['account', 'region', 'timestamp', 'year', 'month', 'day'] as const;
export type PartitionColumn = (typeof PARTITION_COLUMNS)[number];

/** Partitions of the table that {@link createTableSql} makes. */
export const OWN_PARTITIONS: readonly PartitionColumn[] = ['account', 'region', 'timestamp'];

/** What of the archive is read. Times in milliseconds since 1970; `until` is not read any more. */
export type Bounds = {
  readonly since: number;
  readonly until: number;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Whether calls are read too that have nothing to do with CloudTrail; mostly those are far more. */
  readonly isAll: boolean;
};

const DAY = 24 * 3_600_000;

/**
 * Defines the table over an archive. Partitions are projected: nothing is added for a new day, account or Region. Accounts and
 * Regions are injected, so that the query names those it wants, and no list in the table grows old.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-dynamic-id-partitioning.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function createTableSql({ database, table }: TableName, archive: string): string {
  const location = formed('archive', archive);
  const columns = TABLE_COLUMNS.map(([name, type]) => `  ${hiveQuoted(name)} ${type}`);
  const properties = {
    'projection.enabled': 'true',
    'projection.account.type': 'injected',
    'projection.region.type': 'injected',
    'projection.timestamp.type': 'date',
    'projection.timestamp.format': 'yyyy/MM/dd',
    'projection.timestamp.range': '2013/11/01,NOW',
    'projection.timestamp.interval': '1',
    'projection.timestamp.interval.unit': 'DAYS',
    'storage.location.template': `${location}\${account}/CloudTrail/\${region}/\${timestamp}`,
  };
  return `CREATE EXTERNAL TABLE IF NOT EXISTS ${hiveQuoted(database)}.${hiveQuoted(table)} (
${columns.join(',\n')}
)
PARTITIONED BY (${OWN_PARTITIONS.map((name) => `${hiveQuoted(name)} STRING`).join(', ')})
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '${location}'
TBLPROPERTIES (
${Object.entries(properties)
  .map(([name, value]) => `  '${name}' = '${value}'`)
  .join(',\n')}
)`;
}

/**
 * Asks for the refused calls within the bounds, by conditions that each of them meets, and some others as well.
 * @param partitions those of the table; an account or Region that is none is looked for in the records
 */
export function refusalsSql(name: TableName, partitions: readonly PartitionColumn[], bounds: Bounds): string {
  const columns = Object.entries(SELECTED).map(([alias, expression]) => `  ${expression} AS ${alias}`);
  const accounts = bounds.accounts.map((account) => literal(formed('account', account))).join(', ');
  const regions = bounds.regions.map((region) => literal(formed('region', region))).join(', ');
  const conditions = [
    partitions.includes('account') ? `"account" IN (${accounts})` : orAbsent('recipientaccountid', `IN (${accounts})`),
    partitions.includes('region') ? `"region" IN (${regions})` : orAbsent('awsregion', `IN (${regions})`),
    ...dayConditions(partitions, bounds),
    orAbsent('eventtime', `>= ${literal(secondOf(bounds.since))}`),
    // Times are written in whole seconds with a Z behind them, so this leaves out the second itself.
    orAbsent('eventtime', `< ${literal(secondOf(bounds.until + 999))}`),
    refusedSql(),
    ...(bounds.isAll ? [] : [mentionSql()]),
  ];
  return `SELECT
${columns.join(',\n')}
FROM ${quoted(name.database)}.${quoted(name.table)}
WHERE ${conditions.join('\n  AND ')}`;
}

/** Days that are read, as the archive names them: what happens at the end of one may be delivered on the next. */
export function daysOf({ since, until }: Pick<Bounds, 'since' | 'until'>): { first: string; last: string } {
  return { first: dayOf(since), last: dayOf(until - 1 + DAY) };
}

function dayConditions(partitions: readonly PartitionColumn[], bounds: Bounds): string[] {
  const { first, last } = daysOf(bounds);
  const day = partitions.includes('timestamp') ? '"timestamp"' : `concat("year", '/', "month", '/', "day")`;
  return [`${day} >= ${literal(first)}`, `${day} <= ${literal(last)}`];
}

function orAbsent(column: string, condition: string): string {
  return `(${column} IS NULL OR ${column} ${condition})`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
}

function secondOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19);
}

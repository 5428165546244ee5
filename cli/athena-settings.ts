import { FORMS } from '../scan/athena/literal';
import { OWN_PARTITIONS, type PartitionColumn, type TableName } from '../scan/athena/sql';
import type { AthenaOptions } from './athena-options';
import { sizeOf } from './size';
import { UsageError } from './usage-error';

/**
 * What the options ask of Athena.
 * @throws UsageError when they make no sense, or could not safely become part of SQL
 */
export function athenaOf(options: AthenaOptions) {
  const { database, table, workgroup, output = null, partitions, region = [], athenaRegion, profile } = options;
  const archive = archiveOf(options.archive);
  check(/^[\w.-]{1,128}$/.test(workgroup), `--workgroup ${workgroup} is no name of a workgroup.`);
  check(
    output === null || /^s3:\/\/[a-z0-9]/.test(output),
    `--output ${output} is no place in S3: write s3://bucket/prefix/.`,
  );
  for (const name of [...region, ...(athenaRegion === undefined ? [] : [athenaRegion])]) {
    check(FORMS.region.test(name), `${name} is no Region: write one such as us-east-1.`);
  }
  checkPartitions(partitions, options);
  check(!options.createTable || archive !== null, '--create-table needs --archive: the place of the log files.');
  return {
    ...tableOf({ database, table }),
    workgroup,
    output,
    archive,
    partitions,
    regions: region,
    createsTable: options.createTable === true,
    mostBytes: sizeOf('--most-bytes', options.mostBytes),
    client: { ...(athenaRegion && { region: athenaRegion }), ...(profile && { profile }), maxAttempts: 5 },
  };
}

function tableOf(name: TableName): TableName {
  for (const [option, value] of Object.entries(name)) {
    check(FORMS.name.test(value), `--${option} ${value} is no name: letters, digits and underscores only.`);
  }
  return name;
}

function archiveOf(url: string | undefined): string | null {
  const archive = url === undefined ? null : url.replace(/\/?$/, '/');
  check(
    archive === null || FORMS.archive.test(archive),
    `--archive ${url} is no archive of CloudTrail: write s3://bucket/prefix/AWSLogs/o-…/, or s3://bucket/prefix/AWSLogs/ where the trail is of one account.`,
  );
  return archive;
}

function checkPartitions(partitions: readonly PartitionColumn[], { createTable }: AthenaOptions): void {
  const hasDay =
    partitions.includes('timestamp') || (['year', 'month', 'day'] as const).every((name) => partitions.includes(name));
  check(
    hasDay,
    '--partitions names no days: without timestamp, or year month day, a query would read the whole archive.',
  );
  const isOwn = partitions.join() === OWN_PARTITIONS.join();
  check(
    !createTable || isOwn,
    `--create-table makes a table with the partitions ${OWN_PARTITIONS.join(', ')}: leave --partitions out.`,
  );
}

function check(isRight: boolean, complaint: string): void {
  if (!isRight) {
    throw new UsageError(complaint);
  }
}

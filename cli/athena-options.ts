import { type Command, Option } from 'commander';
import { FORMS } from '../scan/athena/literal';
import { OWN_PARTITIONS, PARTITION_COLUMNS, type PartitionColumn, type TableName } from '../scan/athena/sql';
import { sizeOf } from './size';
import { UsageError } from './usage-error';

/** How the archive of an organization is asked by Athena. */
export type AthenaOptions = {
  athena?: true;
  database: string;
  table: string;
  workgroup: string;
  archive?: string;
  partitions: PartitionColumn[];
  output?: string;
  mostBytes: string;
  yes?: true;
  printSql?: true;
  createTable?: true;
  athenaRegion?: string;
  region?: string[];
  profile?: string;
};

const DEFAULTS = { database: 'default', table: 'trailmend_cloudtrail', workgroup: 'primary', mostBytes: '10GB' };

/** Adds the options of `--athena`. */
export function addAthenaOptions(command: Command): Command {
  return command
    .option('--region <region...>', 'only these Regions of the archive; by default all that --archive has')
    .option('--profile <name>', 'profile of your AWS configuration; by default AWS_PROFILE')
    .option('--athena', 'read the archive of an organization in S3: Athena finds the refused calls in it')
    .option('--database <name>', 'database of the table', DEFAULTS.database)
    .option('--table <name>', 'table of Athena over the archive', DEFAULTS.table)
    .option('--workgroup <name>', 'workgroup of Athena', DEFAULTS.workgroup)
    .option('--archive <url>', 'where the archive is: s3://bucket/prefix/AWSLogs/o-…/, or …/AWSLogs/ of one account')
    .addOption(
      new Option('--partitions <columns...>', 'what the table is partitioned by, where it is a table of your own')
        .choices(PARTITION_COLUMNS)
        .default(OWN_PARTITIONS),
    )
    .option('--output <url>', 'where Athena puts results, s3://bucket/prefix/; by default where the workgroup says')
    .option('--most-bytes <size>', 'ask before more is scanned than this, such as 500MB or 2TB', DEFAULTS.mostBytes)
    .option('--yes', 'do not ask')
    .option('--create-table', 'create the table of --archive where it is not there, and go on')
    .option('--print-sql', 'show the statements that create the table and find the refused calls; calls nobody')
    .option('--athena-region <region>', 'Region of Athena and the table; by default that of your AWS configuration');
}

/** Options that say nothing without `--athena`. */
const ONLY_ATHENA = ['archive', 'output', 'yes', 'createTable', 'printSql', 'athenaRegion'] as const;

/** @throws UsageError when an option is given that only Athena needs. */
export function refuseAthenaOptions(options: AthenaOptions): void {
  if (ONLY_ATHENA.some((name) => options[name] !== undefined)) {
    throw new UsageError('--archive, --output, --yes, --create-table, --print-sql and --athena-region need --athena.');
  }
}

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

import { type Command, Option } from 'commander';
import { OWN_PARTITIONS, PARTITION_COLUMNS, type PartitionColumn } from '../scan/athena/sql';
import { groupOnlyWith } from './only-with';

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
  /** Options of `--aws` as well. */
  region?: string[];
  profile?: string;
};

const DEFAULTS = { database: 'default', table: 'trailmend_cloudtrail', workgroup: 'primary', mostBytes: '10GB' };

/** Adds the options of `--athena`. */
export function addAthenaOptions(command: Command): Command {
  return groupOnlyWith(command, 'An archive in S3:', '--athena')
    .option('--athena', 'read the archive of an organization in S3: Athena finds the refused calls in it')
    .option('--database <name>', 'database of the table', DEFAULTS.database)
    .option('--table <name>', 'table of Athena over the archive', DEFAULTS.table)
    .option('--workgroup <name>', 'workgroup of Athena', DEFAULTS.workgroup)
    .option('--archive <url>', 'where the archive is: s3://bucket/prefix/AWSLogs/o-…/, or …/AWSLogs/ of one account')
    .addOption(
      new Option('--partitions <columns...>', 'what the table is partitioned by, where it is a table of your own')
        .choices(PARTITION_COLUMNS)
        .default(OWN_PARTITIONS, OWN_PARTITIONS.join(' ')),
    )
    .option('--output <url>', 'where Athena puts results, s3://bucket/prefix/; by default where the workgroup says')
    .option('--most-bytes <size>', 'ask before more is scanned than this, such as 500MB or 2TB', DEFAULTS.mostBytes)
    .option('--yes', 'do not ask')
    .option('--create-table', 'create the table of --archive where it is not there, and go on')
    .option('--print-sql', 'show the statements that create the table and find the refused calls; calls nobody')
    .option('--athena-region <region>', 'Region of Athena and the table; by default that of your AWS configuration');
}

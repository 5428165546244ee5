import { parseMessage } from '../../lambda/denial/parse-message';
import { ScanError } from '../scan-error';
import type { Workplace } from './run-query';

/** What to do about a query that failed, by what Athena says of it. */
const ADVICE: readonly (readonly [RegExp, (workplace: Workplace) => string])[] = [
  [
    /TABLE_NOT_FOUND|Table .{1,300} does not exist/i,
    ({ database, table }) =>
      `there is no table ${table} in database ${database}: create it with --create-table --archive s3://…, or name yours with --database and --table`,
  ],
  [
    /SCHEMA_NOT_FOUND|Schema .{1,300} does not exist|Database .{1,300} (?:not found|does not exist)/i,
    ({ database }) => `there is no database ${database}: create it in Athena, or name yours with --database`,
  ],
  [
    /COLUMN_NOT_FOUND|Column .{1,300} cannot be resolved|line \d+:\d+: Column/i,
    ({ table }) =>
      `${table} has not the columns of AWS's table for CloudTrail, or is partitioned otherwise: say how with --partitions, or create another with --create-table --table <name>`,
  ],
  [
    /Lake Formation/i,
    ({ database, table }) => `get SELECT and DESCRIBE on ${database}.${table} from whoever grants it in Lake Formation`,
  ],
  [
    /Access ?Denied|not authorized|Permission.?denied/i,
    () =>
      'Athena reads and writes with your rights: get s3:GetObject and s3:ListBucket on the archive (and kms:Decrypt where it is encrypted with a key), s3:PutObject and s3:GetBucketLocation on the place of the results, glue:GetDatabase, glue:GetTable and glue:GetPartitions on the table',
  ],
  [
    /Bytes scanned limit/i,
    ({ workgroup }) => `workgroup ${workgroup} limits what a query may scan: ask for fewer days, accounts or Regions`,
  ],
  [/exhausted resources|timeout|timed out/i, () => 'ask for fewer days, accounts or Regions at once'],
];

/** What is said of a statement that Athena took and that failed. */
export function failedQuery(reason: string, workplace: Workplace, id: string): ScanError {
  const line = reason.replaceAll(/\s+/g, ' ').slice(0, 500);
  const { action } = parseMessage(line);
  const [, advice] = ADVICE.find(([words]) => words.test(line)) ?? [];
  const missing = action === null ? '' : ` (${action} was refused)`;
  const what = advice ? `${advice(workplace)}${missing}` : `look at query ${id} in workgroup ${workplace.workgroup}`;
  return new ScanError(`Athena could not run the statement: ${what}. It says: ${line || 'nothing'}`);
}

/** What is said of a statement that Athena did not take; what was thrown, when that says enough. */
export function failedStart(error: unknown, { workgroup }: Workplace): unknown {
  const message = error instanceof Error ? error.message : '';
  if (/output location/i.test(message)) {
    return new ScanError(
      `workgroup ${workgroup} has no place for results: give one with --output s3://bucket/prefix/.`,
    );
  }
  if (/WorkGroup .{0,200}(?:not found|is not|does not)/i.test(message)) {
    return new ScanError(
      `workgroup ${workgroup} cannot be used: check --workgroup and --athena-region. Athena says: ${message}`,
    );
  }
  return error;
}

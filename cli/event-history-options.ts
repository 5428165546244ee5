import { type Command, Option } from 'commander';
import { partitionOfRegion } from '../lambda/denial/arn';
import { UsageError } from './usage-error';

/** Whether CloudTrail's event history is read, where, as whom, and where it is kept how far that is. */
export type EventHistoryOptions = { aws?: true; region?: string[]; profile?: string; resume?: string };

/** Adds the options that belong to the reading of CloudTrail's event history. */
export function addEventHistoryOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--aws',
        "read the last 90 days of CloudTrail's event history in your account: for who has no log files",
      ).conflicts('athena'),
    )
    .option('--region <region...>', 'Regions to read with --aws; by default that of your AWS configuration')
    .option('--profile <name>', 'profile of your AWS configuration; by default AWS_PROFILE')
    .option('--resume <file>', 'keep in this file how far --aws is: the same command, run again, goes on from there');
}

/** @throws UsageError for options that mean nothing without --aws */
export function refuseWithoutAws({ region, profile, resume }: EventHistoryOptions): void {
  const [stray] = Object.entries({ region, profile, resume }).find(([, value]) => value !== undefined) ?? [];
  if (stray !== undefined) {
    throw new UsageError(`--${stray} means something with --aws only: add --aws, or leave it out.`);
  }
}

/**
 * The Regions, each once.
 * @throws UsageError when one of them cannot be a Region, or when no credentials are valid in all of them
 */
export function checkedRegions(regions: readonly string[]): readonly string[] {
  const wrong = regions.find((region) => !/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/.test(region));
  if (wrong !== undefined) {
    throw new UsageError(`--region ${wrong} is no Region: give names such as us-east-1.`);
  }
  const partitions = [...new Set(regions.map(partitionOfRegion))];
  if (partitions.length > 1) {
    throw new UsageError(
      `--region ${regions.join(' ')}: no credentials are valid in ${partitions.join(' and in ')}; scan them one after the other.`,
    );
  }
  return [...new Set(regions)];
}

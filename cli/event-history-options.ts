import { type Command, Option } from 'commander';
import { partitionOfRegion } from '../lambda/denial/arn';
import { groupOnlyWith } from './only-with';
import { UsageError } from './usage-error';

/** Whether CloudTrail's event history is read, where, as whom, and where it is kept how far that is. */
export type EventHistoryOptions = { aws?: true; region?: string[]; profile?: string; resume?: string };

/** Adds the options that belong to the reading of CloudTrail's event history. */
export function addEventHistoryOptions(command: Command): Command {
  groupOnlyWith(command, "CloudTrail's event history:", '--aws')
    .addOption(
      new Option(
        '--aws',
        "read the last 90 days of CloudTrail's event history in your account: for who has no log files",
      ).conflicts('athena'),
    )
    .option('--resume <file>', 'keep in this file how far --aws is: the same command, run again, goes on from there');
  return groupOnlyWith(command, 'Where in AWS, and as whom:', '--aws', '--athena')
    .option(
      '--region <region...>',
      'Regions to read; by default that of your AWS configuration with --aws, all of --archive with --athena',
    )
    .option('--profile <name>', 'profile of your AWS configuration; by default AWS_PROFILE');
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

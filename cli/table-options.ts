import type { Command } from 'commander';

/** Which deployment is meant, and whose credentials are used. */
export type TableOptions = {
  /** Name of the table. */
  table?: string;
  region?: string;
  profile?: string;
};

/** Adds the options that name a deployment. */
export function addTableOptions(command: Command): Command {
  return command
    .option(
      '--table <name>',
      'table of the deployment: output TrailmendTableName of the stack; by default the only one in the Region',
    )
    .option('--region <region>', 'Region of the deployment; by default that of your AWS configuration')
    .option('--profile <name>', 'profile of your AWS configuration; by default AWS_PROFILE');
}

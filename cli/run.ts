import { Command, CommanderError } from 'commander';
import { explainCommand } from './explain';
import type { Io } from './io';
import { UsageError } from './usage-error';

/**
 * Runs the command line and returns its exit code. Results go to `io.out`, diagnostics to `io.err`; a mistake of the
 * user is one line that says what to do.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = new Command('trailmend')
    .description('Explains refused CloudTrail calls and what Trailmend does about them.')
    .addCommand(
      explainCommand(io, (result) => {
        code = result;
      }),
    );
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: () => {}, outputError: () => {} });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, io);
  }
}

function failure(error: unknown, io: Io): number {
  if (error instanceof CommanderError && error.exitCode === 0) {
    return 0;
  }
  if (error instanceof CommanderError) {
    const what =
      error.code === 'commander.help'
        ? 'no command given'
        : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    io.err(`trailmend: ${what}; see trailmend --help\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    io.err(`trailmend: ${error.message}\n`);
    return 2;
  }
  throw error;
}

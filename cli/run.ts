import { Command, CommanderError } from 'commander';
import { onOneLine } from '../lambda/texts/untrusted';
import { awsFailure } from './aws-failure';
import { doctorCommand, type OpenHealth } from './doctor';
import { explainCommand } from './explain';
import type { Io } from './io';
import { logCommand } from './log';
import { muteCommand, type OpenMutes } from './mute';
import { openHealth } from './open-health';
import { openMutes } from './open-mutes';
import { type Pause, pauseUntilInterrupted } from './pause';
import { reportCommand } from './report';
import { scanCommand } from './scan';
import { UsageError } from './usage-error';

/**
 * Runs the command line and returns its exit code. Results go to `io.out`, diagnostics to `io.err`; a mistake of the
 * user is one line that says what to do.
 */
export async function run(
  args: readonly string[],
  io: Io,
  open: OpenMutes = openMutes,
  pause: Pause = pauseUntilInterrupted,
  look: OpenHealth = openHealth,
): Promise<number> {
  let code = 0;
  const exit = (result: number) => {
    code = result;
  };
  try {
    await commandLine(io, exit, open, pause, look).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, io);
  }
}

/** The command line with all its commands; `docs/reference/cli.md` is made of it. */
export function commandLine(
  io: Io,
  exit: (code: number) => void,
  open: OpenMutes = openMutes,
  pause: Pause = pauseUntilInterrupted,
  look: OpenHealth = openHealth,
): Command {
  const program = new Command('trailmend')
    .description(
      'Explains refused CloudTrail calls, finds them in the past, shows what Trailmend did about them, mutes incidents, and checks the deployment.',
    )
    .addCommand(explainCommand(io, exit))
    .addCommand(scanCommand(io, exit))
    .addCommand(logCommand(io, pause, exit))
    .addCommand(reportCommand(io, exit))
    .addCommand(muteCommand(io, open, exit))
    .addCommand(doctorCommand(io, look, exit));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: io.out, writeErr: () => {}, outputError: () => {} });
  }
  return program;
}

function report(error: unknown, io: Io): number {
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
  // What is complained of was typed, or is what AWS said of a record.
  if (error instanceof UsageError) {
    io.err(`trailmend: ${onOneLine(error.message)}\n`);
    return 2;
  }
  const failure = awsFailure(error);
  if (failure !== null) {
    io.err(`trailmend: ${onOneLine(failure)}\n`);
    return 1;
  }
  throw error;
}

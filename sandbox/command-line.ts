import { Command, CommanderError, Option } from 'commander';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { FAULTS, FaultPlan } from './endpoint/faults';
import { UsageError } from './usage-error';

/** What the sandbox is told on the command line. */
export type Options = {
  readonly json: boolean;
  /** Files and folders of events to replay; the scenario plays when there are none. */
  readonly events: readonly string[];
  /** How many denials a storm has that plays in place of the scenario; null for no storm. */
  readonly storm: number | null;
  readonly remediation: 'auto' | 'observe';
  readonly locale: Locale;
  readonly faults: FaultPlan;
  /** Whether `trailmend doctor` looks at the sandbox in place of anything that plays. */
  readonly doctor: boolean;
  /** Where the page about the run is written; null for no page. */
  readonly reviewPath: string | null;
  /** Folder for log files of what CloudTrail recorded; null for none. */
  readonly archive: string | null;
};

/** Where the sandbox writes. */
export type Output = {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Where the page about the run goes when the arguments do not say; absent for no page. */
  readonly reviewPath?: string;
};

/**
 * Reads the arguments; null when they only ask for help, which is then printed.
 * @throws UsageError, one sentence, for arguments that make no sense.
 */
export function readArguments(args: readonly string[], { print, reviewPath = '' }: Output): Options | null {
  const command = sandboxCommand(print, reviewPath);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(`${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}. See npm start -- --help.`);
  }
  const { json = false, doctor = false, storm = null, fail, review, archive = null, ...others } = command.opts();
  const { events, remediation, locale } = others;
  const faults = new FaultPlan(fail);
  return { json, doctor, events, storm, remediation, locale, faults, reviewPath: review || null, archive };
}

/** The command `npm start --` with its options; `docs/reference/cli.md` is made of it. */
export function sandboxCommand(print: Output['print'], reviewPath = ''): Command {
  const collect = (value: string, all: readonly string[]) => [...all, value];
  const events = new Option('--events <path>', 'replay EventBridge events of a file or folder; repeatable');
  const storm = new Option('--storm <count>', 'play a storm of this many denials in one minute, at least 100');
  const doctor = new Option('--doctor', 'play nothing, and show what trailmend doctor says about the deployment');
  const remediation = new Option('--remediation <mode>', 'what Trailmend does about a missing role');
  const locale = new Option('--locale <locale>', 'language of the notices');
  const fail = new Option('--fail <spec>', 'let AWS calls fail; repeatable');
  return new Command('npm start --')
    .description(
      'Runs Trailmend in a local AWS organization: the synthesized stacks, the bundled functions, invented events.',
    )
    .option('--json', 'print JSON lines, the summary last')
    .addOption(events.argParser(collect).default([], 'the scenario'))
    .addOption(storm.argParser(readCount).conflicts('events'))
    .addOption(doctor.conflicts(['events', 'storm', 'review', 'archive']))
    .addOption(remediation.choices(['auto', 'observe']).default('auto'))
    .addOption(locale.choices(Object.keys(LANGUAGES)).default('en'))
    .addOption(fail.argParser(collect).default([], 'none'))
    .option('--review <path>', 'file for the page about what happened; empty for none', reviewPath)
    .option('--archive <folder>', 'also write what CloudTrail recorded as log files, which trailmend scan reads')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: () => {} });
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{3,6}$/.test(text) && count >= 100) return count;
  throw new UsageError(`--storm ${text}: give a whole number from 100 to 999999, such as 5020.`);
}

const HELP = `
--events takes a file with one event, a JSON array or JSON Lines, or a folder of such files. An event enters on the
default bus of its account and Region; those that occur are part of the organization, 111122223333 being its management
account. One that names no account or Region of AWS enters at home.

--doctor ends with the exit code of trailmend doctor; with --json it prints that command's JSON.

--fail takes service:Operation=fault*times, times being 1 when left out:
${Object.entries(FAULTS)
  .map(([fault, meaning]) => `  ${fault.padEnd(10)}${meaning}`)
  .join('\n')}

Examples:
  npm start
  npm start -- --remediation observe
  npm start -- --fail iam:CreateServiceLinkedRole=throttle*2 --fail sns:Publish=lost
  npm start -- --events my-event.json --json
  npm start -- --storm 5020
  npm start -- --doctor
  npm start -- --review /tmp/review.html
  npm start -- --archive .trailmend/archive

Exit code: 0 all went well, 1 something failed, 2 the arguments make no sense.`;

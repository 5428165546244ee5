import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { commandLine } from '../../cli/run';
import { sandboxCommand } from '../../sandbox/command-line';
import { anchorOf } from './read-markdown';
import { code, codeBlock, generatedHead, table } from './write-markdown';

const SILENT = { out: () => {}, err: () => {}, input: () => Readable.from([Buffer.from('')]), colours: false };

/** The page of the command line: every command with its arguments, options and exit codes, from the commands themselves. */
export function cliPage(): string {
  const program = commandLine(SILENT, () => {});
  const commands = [...program.commands.flatMap(withSubcommands), sandboxCommand(() => {})];
  return [
    generatedHead('Command line', 'the commands in `cli/` and `sandbox/command-line.ts`'),
    `${program.description()} In a clone of this repository \`npx\` finds it after \`npm ci\`.\n`,
    `${table(['command', 'what it does'], commands.map(overview))}\n`,
    commands.map(describe).join('\n'),
  ].join('\n');
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** The name with those of the commands above it: `trailmend mute`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function overview(command: Command): string[] {
  const path = pathOf(command);
  return [`[${code(path)}](#${anchorOf(path)})`, command.description()];
}

/** @throws Error when the command does not say what it, an argument or an option is for, or what its exit codes mean */
function describe(command: Command): string {
  const help = command.createHelp();
  const terms = [
    ...help
      .visibleArguments(command)
      .map((argument) => [help.argumentTerm(argument), help.argumentDescription(argument)]),
    ...help.visibleOptions(command).map((option) => [help.optionTerm(option), help.optionDescription(option)]),
  ] as [string, string][];
  const silent = terms.filter(([, what]) => what === '').map(([term]) => term);
  if (command.description() === '' || silent.length > 0) {
    throw new Error(`${pathOf(command)} has no description, or none of: ${silent.join(', ') || 'itself'}.`);
  }
  const after = paragraphsAfter(command);
  if (!after.some((paragraph) => paragraph.includes('Exit code: '))) {
    throw new Error(`${pathOf(command)} does not say what its exit codes mean; end its help with "Exit code: ...".`);
  }
  return [
    `## ${pathOf(command)}`,
    '',
    command.description(),
    '',
    codeBlock(help.commandUsage(command)),
    '',
    table(
      ['argument or option', 'meaning'],
      terms.map(([term, what]) => [code(term), what]),
    ),
    '',
    ...after.map((paragraph) => `${paragraph}\n`),
  ].join('\n');
}

/** What the help says after the options, such as the exit codes; lines that are laid out by hand stay so. */
function paragraphsAfter(command: Command): string[] {
  let text = '';
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
  });
  command.outputHelp();
  const paragraphs = text
    .slice(command.helpInformation().length)
    .trim()
    .split(/\n{2,}/);
  return paragraphs.filter(Boolean).map((paragraph) => (/^ {2}/m.test(paragraph) ? codeBlock(paragraph) : paragraph));
}

import { codeBlocksOf } from './read-markdown';

/** A command of a README, and what the README shows of its output; null when it shows nothing. */
export type ReadmeCommand = { readonly command: string; readonly shown: string | null };

/** Commands that cannot run offline, or are run elsewhere, by how they begin, and why. */
export const NOT_RUN: readonly (readonly [beginning: string, why: string])[] = [
  ['npm ci', 'installs; done before'],
  ['npm test', 'takes minutes; a check of its own'],
  ['aws ', 'needs an AWS account'],
  ['npx cdk bootstrap', 'needs an AWS account'],
  ['npx cdk deploy', 'needs an AWS account'],
  ['npx trailmend doctor', 'asks an AWS account'],
  ['npx trailmend log', 'reads the table of a deployment'],
  ['npx trailmend report', 'reads the table of a deployment'],
];

/**
 * The commands of a README in order: those of its `sh` blocks. A `text` block right after one shows the output of its last command;
 * `ts` blocks are compiled and run by `npm run test:package`.
 * @throws Error for a block of code in another language, which nothing would run or compare
 */
export function commandsOf(page: string): ReadmeCommand[] {
  const blocks = codeBlocksOf(page);
  return blocks.flatMap(({ language, text }, index) => {
    if (language === 'ts' || (language === 'text' && blocks[index - 1]?.language === 'sh')) {
      return [];
    }
    if (language !== 'sh') {
      throw new Error(`A block of code is neither sh, nor the output of one, nor ts: ${text.split('\n', 1)[0]}`);
    }
    const commands = text
      .replaceAll('\\\n', '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const next = blocks[index + 1];
    const output = next?.language === 'text' ? next.text : null;
    return commands.map((command, at) => ({ command, shown: at === commands.length - 1 ? output : null }));
  });
}

/** Why a command is not run; null when it is. */
export function whyNotRun(command: string): string | null {
  return NOT_RUN.find(([beginning]) => command.startsWith(beginning))?.[1] ?? null;
}

/** The first part of `shown` that `output` lacks, in order; null when all is there. A line `…` stands for any lines, times for any times. */
export function missingIn(output: string, shown: string): string | null {
  let rest = timeless(output);
  for (const part of timeless(shown).split(/^…\n/m)) {
    const at = rest.indexOf(part.trimEnd());
    if (at === -1) {
      return part;
    }
    rest = rest.slice(at + part.length);
  }
  return null;
}

function timeless(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>');
}

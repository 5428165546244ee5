import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocksOf, headingsOf, linksOf } from '../../scripts/docs/read-markdown';
import { commandsOf, missingIn, whyNotRun } from '../../scripts/docs/readme-runs';

const read = (page: string) => readFileSync(join(__dirname, '../..', page), 'utf8');
const english = read('README.md');
const japanese = read('README.ja.md');

describe('the Japanese README', () => {
  test('has the sections of the English one', () => {
    expect(headingsOf(japanese).map(({ level }) => level)).toEqual(headingsOf(english).map(({ level }) => level));
  });

  test('has the same blocks of code and the same commands, but for the language', () => {
    const inEnglish = (command: string) => command.replace(/(?: --)? --locale ja$/, '');
    const commands = (page: string) => commandsOf(page).map(({ command }) => inEnglish(command));

    expect(codeBlocksOf(japanese).map(({ language }) => language)).toEqual(
      codeBlocksOf(english).map(({ language }) => language),
    );
    expect(commands(japanese)).toEqual(commands(english));
  });

  test('leads where the English one leads', () => {
    const targets = (page: string) => linksOf(page).filter((target) => !/^README/.test(target));

    expect(targets(japanese)).toEqual(targets(english));
  });
});

describe('the commands of the READMEs', () => {
  test('are taken from sh blocks, joined over lines, with the output that is shown', () => {
    const page = '```sh\nnpm ci\n# a remark\necho a \\\nb\n```\n\nprints\n\n```text\na b\n```\n';

    expect(commandsOf(page)).toEqual([
      { command: 'npm ci', shown: null },
      { command: 'echo a b', shown: 'a b' },
    ]);
    expect(() => commandsOf('```\nnpm start\n```\n')).toThrow(/neither sh, .*, nor ts: npm start/);
  });

  test('run unless they are listed with a reason', () => {
    expect(whyNotRun('npx cdk deploy -c a=b')).toBe('needs an AWS account');
    expect(whyNotRun('npm start')).toBeNull();
  });

  test('must print what is shown, in order, at any time', () => {
    const output = 'one\ntwo 2026-01-02 03:04:05\nthree\n';

    expect(missingIn(output, 'one\n…\ntwo 2027-01-01 00:00:00\nthree')).toBeNull();
    expect(missingIn(output, 'three\n…\none')).toBe('one');
    expect(missingIn(output, 'four')).toBe('four');
  });
});

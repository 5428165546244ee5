import { FACTS } from '../live-check/facts';
import { STAGES, type Stage } from '../live-check/stages';
import { code, table } from './write-markdown';

/** After this line of `docs/live-check.md` everything is generated; what stands before is written by hand. */
const MARK = /^<!-- The rest is generated .*-->\n/m;

/** `docs/live-check.md` with the facts as they are looked at today. What somebody wrote under `seen` stays. */
export function liveCheckPage(written: string): string {
  const mark = MARK.exec(written);
  if (mark === null) {
    throw new Error('docs/live-check.md has lost the line after which it is generated');
  }
  const sections = STAGES.map((stage) => section(stage, written));
  return `${written.slice(0, mark.index)}${mark[0]}\n${sections.join('\n')}`;
}

function section({ id, title, changes, undo }: Stage, written: string): string {
  const rows = FACTS.filter(({ stage }) => stage === id).map((fact) => [
    code(fact.id),
    fact.question,
    fact.expected,
    seenOf(fact.id, written),
  ]);
  const list = changes.map((change) => `- ${change}`);
  const changed = ['What is changed to get there, and how it is undone:', '', ...list, '', undo, ''];
  const lines = changes.length === 0 ? [] : changed;
  return [`### ${title}`, '', ...lines, table(['fact', 'question', 'expected', 'seen'], rows), ''].join('\n');
}

/** The last cell of a fact's row, without the bars that the table escapes. */
function seenOf(id: string, written: string): string {
  const row = written.split('\n').find((line) => line.startsWith(`| ${code(id)} |`));
  const seen = row?.split(/(?<!\\)\|/).at(-2) ?? '';
  return seen.trim().replaceAll('\\|', '|');
}

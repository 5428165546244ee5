import { FACTS } from '../live-check/facts';
import { STAGES, type Stage } from '../live-check/stages';
import { code, table } from './write-markdown';

/** After this line of `docs/live-check.md` everything is generated; what stands before is written by hand. */
const MARK = /^<!-- The rest is generated .*-->\n/m;

/** `docs/live-check.md`, with the facts as they are looked at today and room for what was seen. */
export function liveCheckPage(written: string): string {
  const mark = MARK.exec(written);
  if (mark === null) {
    throw new Error('docs/live-check.md has lost the line after which it is generated');
  }
  return `${written.slice(0, mark.index)}${mark[0]}\n${STAGES.map(section).join('\n')}`;
}

function section({ id, title, changes, undo }: Stage): string {
  const rows = FACTS.filter(({ stage }) => stage === id).map((fact) => [
    code(fact.id),
    fact.question,
    fact.expected,
    '',
  ]);
  const changed = [
    'What is changed to get there:',
    '',
    ...changes.map((change) => `- ${change}`),
    '',
    `How it is undone: ${undo}`,
    '',
  ];
  const lines = changes.length === 0 ? [] : changed;
  return [`### ${title}`, '', ...lines, table(['fact', 'question', 'expected', 'seen'], rows), ''].join('\n');
}

import type { Fact } from './fact';
import type { Stage } from './stages';

/** What a run would do: every stage and fact, what it calls and changes, how that is undone, how long it takes. */
export function planText(facts: readonly Fact[], stages: readonly Stage[]): string {
  const parts = stages.flatMap((stage) => {
    const own = facts.filter((fact) => fact.stage === stage.id);
    return own.length === 0 ? [] : [head(stage), ...own.map(entry)];
  });
  return `${['Nothing was called or changed. This is what a run does:', ...parts].join('\n\n')}\n`;
}

function head({ title, changes, undo }: Stage): string {
  const lines = changes.length === 0 ? ['  changes  nothing'] : changes.map((change) => `  changes  ${change}`);
  return [`== ${title}`, ...lines, ...(undo === '' ? [] : [`  undo     ${undo}`])].join('\n');
}

function entry({ id, question, expected, calls, changes, undo, minutes }: Fact): string {
  return [
    `${id}: ${question}`,
    `  expected ${expected}`,
    `  calls    ${calls}`,
    `  changes  ${changes || 'nothing more'}`,
    ...(undo === '' ? [] : [`  undo     ${undo}`]),
    `  takes    ${minutes === 0 ? 'no time' : `up to ${minutes} min`}`,
  ].join('\n');
}

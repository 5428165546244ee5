import type { Result, Row } from './section';

/** The results as a table of Markdown, which is as readable in a terminal. */
export function tableOf(results: readonly Result[]): string {
  const cells = results.flatMap(({ name, rows }) => rows.map((row, at) => [at === 0 ? name : '', ...cellsOf(row)]));
  const lines = [['section', 'what', 'value', 'unit', 'allowed or aimed at'], ...cells];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length))) ?? [];
  const [head = '', ...body] = lines.map((line) => `| ${line.map(pad).join(' | ')} |`);
  const rule = `| ${widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [head, rule, ...body].join('\n');

  function pad(text: string, column: number): string {
    const width = widths[column] ?? 0;
    return isNumber(column) ? text.padStart(width) : text.padEnd(width);
  }
}

function isNumber(column: number): boolean {
  return column === 2;
}

function cellsOf({ what, value, unit, budget, aim }: Row): string[] {
  return [what, value.toLocaleString('en'), unit, budget === undefined ? (aim ?? '') : allowed(budget)];
}

function allowed(budget: number): string {
  return `at most ${budget.toLocaleString('en')}`;
}

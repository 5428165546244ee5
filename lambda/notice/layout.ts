/** A label and its text; the text may have several lines. */
export type Line = { readonly label: string; readonly text: string };

/** Width of a plain-text mail, in columns. */
const WIDTH = 72;

/** Columns of the labels, with the gap behind them. */
const LABELS = 15;

/**
 * Lays lines out as two columns. Words longer than the column, such as ARNs, stay whole; lines that begin with a
 * command (`aws …`) are never broken, so that they can be copied.
 */
export function laidOut(lines: readonly Line[]): string {
  const indent = ' '.repeat(LABELS);
  return lines
    .flatMap(({ label, text }) => {
      const rows = text.split('\n').flatMap((line) => (line.startsWith('aws ') ? [line] : wrapped(line)));
      return rows.map((row, at) => `${at === 0 ? label.padEnd(LABELS) : indent}${row}`);
    })
    .join('\n');
}

function wrapped(text: string): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    if (row !== '' && row.length + 1 + word.length > WIDTH - LABELS) {
      rows.push(row);
      row = word;
    } else {
      row = row === '' ? word : `${row} ${word}`;
    }
  }
  return [...rows, row];
}

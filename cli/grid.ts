import { columns } from '../lambda/notice/layout';

/** One text of a row. */
export type Cell = {
  /** On one line; texts from outside neutralised. */
  readonly text: string;
  /** Colours it; must not change what is seen of it. */
  readonly paint?: (text: string) => string;
};

/** How rows are laid out. */
export type GridSettings = {
  /** Headings of the columns. */
  readonly heads: readonly string[];
  /** Columns that there are; absent for as many as it takes. */
  readonly width?: number;
  /** Whether the headings are shown, if there is a table to stand above. */
  readonly hasHeads: boolean;
};

const GAP = '  ';

/** Fewest columns for the last column, which takes what is left; with less, rows are stacked. */
const LEAST = 24;

/** Widest other column where there is no room for everything. */
const MOST = 32;

/**
 * Rows as a table, each on one line, when the terminal is wide enough; else each row on as many lines as it needs, the
 * further ones indented. Ends with a line break; nothing for no rows.
 */
export function grid(rows: readonly (readonly Cell[])[], { heads, width, hasHeads }: GridSettings): string {
  if (rows.length === 0) {
    return '';
  }
  const limit = width === undefined ? Number.POSITIVE_INFINITY : MOST;
  const widths = heads.slice(0, -1).map((head, at) => {
    const longest = rows.reduce((most, row) => Math.max(most, columns(row[at]?.text ?? '')), columns(head));
    return Math.min(longest, limit);
  });
  const left = (width ?? Number.POSITIVE_INFINITY) - widths.reduce((sum, each) => sum + each + GAP.length, 0);
  if (left < LEAST) {
    return rows.map((row) => stacked(row, width ?? 0)).join('');
  }
  const all = hasHeads ? [heads.map((text) => ({ text })), ...rows] : rows;
  return all.map((row) => tableLine(row, [...widths, left])).join('');
}

function tableLine(row: readonly Cell[], widths: readonly number[]): string {
  const cells = row.map(({ text, paint }, at) => {
    const shownText = cut(text, widths[at] ?? 0);
    const gap = at === row.length - 1 ? '' : ' '.repeat((widths[at] ?? 0) - columns(shownText));
    return `${paint ? paint(shownText) : shownText}${gap}`;
  });
  return `${cells.join(GAP).trimEnd()}\n`;
}

function stacked(row: readonly Cell[], width: number): string {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { text, paint } of row.filter((cell) => cell.text !== '')) {
    const room = width - (lines.length === 0 && line === '' ? 0 : GAP.length);
    const shownText = cut(text, room);
    const size = columns(shownText);
    const painted = paint ? paint(shownText) : shownText;
    if (line !== '' && used + GAP.length + size > width) {
      lines.push(line);
      line = `${GAP}${painted}`;
      used = GAP.length + size;
    } else {
      line = line === '' ? painted : `${line}${GAP}${painted}`;
      used += size + (used === 0 ? 0 : GAP.length);
    }
  }
  return `${[...lines, line].join('\n')}\n`;
}

/** `text` in at most so many columns, with an ellipsis where it was longer. */
function cut(text: string, width: number): string {
  if (columns(text) <= width) {
    return text;
  }
  let kept = '';
  for (const character of text) {
    if (columns(kept + character) >= width) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

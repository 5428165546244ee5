/** A label and its text; the text may have several lines. */
export type Line = {
  readonly label: string;
  readonly text: string;
  /** Whether no line of the text may be broken, as in code. */
  readonly verbatim?: boolean;
};

/** Width of a plain-text mail, in columns. */
const MAIL = 72;

/** Columns of the labels, with the gap behind them. */
const LABELS = 15;

/** Characters that take two columns: Chinese characters, kana and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;

/** What may not be torn apart: a run of narrow characters, or one wide one with the closing marks behind it. */
const PIECE = new RegExp(`${WIDE.source}[、。，．）」』：]*|[^\\s]`, 'gu');

/**
 * Lays lines out as two columns. Words longer than the column, such as ARNs, stay whole; lines that begin with a command
 * (`aws …`) or are part of a JSON document are never broken, so that they can be copied.
 * @param paint colours a label; it must not change what is seen of it
 * @param width columns that there are
 */
export function laidOut(
  lines: readonly Line[],
  paint: (label: string) => string = (label) => label,
  width = MAIL,
): string {
  const indent = ' '.repeat(LABELS);
  return lines
    .flatMap(({ label, text, verbatim }) => {
      const whole = (line: string) => verbatim || /^(?:aws |\s|[{}\]])/.test(line);
      const rows = text.split('\n').flatMap((line) => (whole(line) ? [line] : wrapped(line, width - LABELS)));
      const head = label + ' '.repeat(Math.max(1, LABELS - columns(label)));
      return rows.map((row, at) => `${at === 0 ? paint(head) : indent}${row}`);
    })
    .join('\n');
}

/** Columns that `text` takes on a terminal or in a mail. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) {
    return text.length;
  }
  return Array.from(text).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

function wrapped(text: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const piece of piecesOf(text)) {
    const longer = row + piece;
    if (row !== '' && columns(longer.trimEnd()) > width) {
      rows.push(row.trimEnd());
      row = piece.trimStart();
    } else {
      row = longer;
    }
  }
  return [...rows, row.trimEnd()];
}

/** Words, each with the space before it; wide characters may be parted without one. */
function piecesOf(text: string): string[] {
  return text.split(/(?= )/).flatMap((word) => (WIDE.test(word) ? partedWord(word) : [word]));
}

function partedWord(word: string): string[] {
  const pieces: string[] = [];
  for (const [piece] of word.matchAll(PIECE)) {
    const last = pieces.at(-1);
    if (last !== undefined && !WIDE.test(piece) && !WIDE.test(last)) {
      pieces[pieces.length - 1] = last + piece;
    } else {
      pieces.push(piece);
    }
  }
  return word.startsWith(' ') ? [` ${pieces[0] ?? ''}`, ...pieces.slice(1)] : pieces;
}

/** Columns of a line in the terminal. */
const WIDTH = 100;

/** Escape sequences that begin and end a style. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Colours text, or leaves it as it is. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** Colours only for a terminal, and never where NO_COLOR is set (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const isColoured = stream.isTTY === true && !environment.NO_COLOR;
  return (style, text) => {
    const [begin, end] = STYLES[style];
    return isColoured ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  };
}

/** Breaks `text` into lines that start with `indent` and have at most 100 columns; long words stay whole. */
export function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each) => indent + each).join('\n');
}

/** A label of fixed width and its text, which may take several lines. */
export function labelled(label: string, text: string, indent: string): string {
  const width = 10;
  const block = wrapped(text, indent + ' '.repeat(width));
  return indent + label.padEnd(width) + block.slice(indent.length + width);
}

/** `1 notice`, `2,000 notices`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

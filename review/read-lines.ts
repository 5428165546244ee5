import { constants } from 'node:buffer';

/** What a part of a file holds: a JSON value, or why it cannot be read. `line` counts from 1. */
export type Part =
  | { readonly kind: 'value'; readonly value: unknown; readonly line: number }
  | { readonly kind: 'unreadable'; readonly reason: string; readonly line: number };

/** Longest document that stands on many lines, in lines: what never closes does not swallow the rest of the file. */
const LONGEST = 5_000;

/**
 * The JSON of a file in the forms that CloudWatch Logs and the AWS CLI give it: one document, JSON Lines, or lines with
 * something before the JSON, be it on the same line (`aws logs tail`, an export to S3) or spread over the next ones
 * (`aws logs tail --format json`). Text without JSON, such as Lambda's `START` and `END`, is passed over.
 * @see https://docs.aws.amazon.com/cli/latest/reference/logs/tail.html
 */
export function* partsOf(bytes: Buffer): Generator<Part> {
  const whole = wholeDocument(bytes);
  if (whole !== undefined) {
    yield { kind: 'value', value: whole, line: 1 };
    return;
  }
  let open: { readonly line: number; readonly rows: string[] } | null = null;
  for (const { text, line } of linesOf(bytes)) {
    if (open !== null) {
      open.rows.push(text);
      if (text.startsWith('}') || open.rows.length >= LONGEST) {
        yield partAt(open.rows.join('\n'), open.line);
        open = null;
      }
    } else if (text.trimEnd() === '{') {
      open = { line, rows: [text] };
    } else {
      yield* jsonIn(text, line);
    }
  }
  if (open !== null) {
    yield { kind: 'unreadable', reason: 'its JSON does not end', line: open.line };
  }
}

/** The file as one JSON document; undefined when it is none. JSON Lines are not tried as a whole: they may be long. */
function wholeDocument(bytes: Buffer): unknown {
  const [first] = linesOf(bytes);
  const begin = first?.text.trim() ?? '';
  const isLines = begin !== '{' && begin !== '[' && begin.startsWith('{') && parsed(begin) !== undefined;
  const isTooLong = bytes.length > constants.MAX_STRING_LENGTH;
  return isLines || isTooLong || !/^[[{]/.test(begin) ? undefined : parsed(bytes.toString('utf8'));
}

function* jsonIn(text: string, line: number): Generator<Part> {
  const start = /^\s*\[[[{]/.test(text) ? 0 : text.indexOf('{');
  if (start >= 0) {
    yield partAt(text.slice(start), line);
  }
}

function partAt(text: string, line: number): Part {
  // Behind it stands the rest of a row; and a table that the console exports as CSV doubles the quotes.
  const alone = text.slice(0, text.lastIndexOf('}') + 1);
  const value = parsed(text) ?? parsed(alone) ?? parsed(alone.replaceAll('""', '"'));
  return value === undefined
    ? { kind: 'unreadable', reason: 'its JSON is broken', line }
    : { kind: 'value', value, line };
}

function* linesOf(bytes: Buffer): Generator<{ text: string; line: number }> {
  for (let at = 0, line = 1; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at);
    const stop = end < 0 ? bytes.length : end;
    yield {
      text: bytes
        .toString('utf8', at, stop)
        .replace(/^\ufeff/, '')
        .replace(/\r$/, ''),
      line,
    };
    at = stop + 1;
  }
}

/** `text` as JSON; undefined, which JSON has not, when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The records of a log file that may matter, without parsing all of it: of a thousand records some thirty failed, and few of
 * those mention CloudTrail. The result is the same as if all were parsed, whatever the file holds, because of what JSON is:
 *
 * - A quote within a text is escaped. So `"errorCode"` is a whole text, and `{"eventVersion":` the beginning of an object.
 * - Letters could be escaped as well, as `\u0065` for `e`. A file with such letters is parsed whole.
 * - The beginning of an object after `},` is that of the next element of a list. Unless the object before it began where we
 *   think, that list is inside a record, and what we take for that record breaks off within the list: it has a bracket, it
 *   has an object within a list, and it cannot be parsed.
 *
 * So whatever has a bracket is parsed before it is left out, and before a record is taken, every record before it that has an
 * object within a list is. What cannot be parsed shows that the file is not as CloudTrail writes it, and it is parsed whole.
 */

const FILE_START = Buffer.from('{"Records":[{"eventVersion":');
const FILE_END = Buffer.from('}]}');
const RECORD_START = Buffer.from('{"eventVersion":');
const ESCAPE = Buffer.from('\\u00');
const FIRST_RECORD = FILE_START.length - RECORD_START.length;

/**
 * The names that every failed call has one of. They are looked for by a few letters from a capital on: capitals are rare, so
 * that these are found several times faster than the names.
 */
const NAMES = ['"errorCode"', '"errorMessage"'].map((name) => {
  const capital = name.search(/[A-Z]/);
  return { name: Buffer.from(name), capital, letters: Buffer.from(name.slice(capital, capital + 6)) };
});

/** A whole list of objects that hold plain texts only, as most records with a list have one. */
const FLAT_LIST = /^\[\{(?:"[\w:.-]+":"[^"\\[\]{}]*",?)+\}\]/;

/** How much of a list is looked at to see whether it is such a one. */
const FLAT_LENGTH = 400;
const [COMMA, BRACKET, BACKSLASH, BRACE, CLOSING_BRACE] = [0x2c, 0x5b, 0x5c, 0x7b, 0x7d];

/** A part of the file from one beginning of a record to the next. */
type Slice = { readonly start: number; readonly end: number };

/**
 * The records with an `errorCode` or `errorMessage` that mention what is looked for, in the file's order; possibly more.
 * Null when the file has to be parsed whole.
 * @param mention what stands in the text of every record that is wanted; null when all are
 */
export function quickRecords(bytes: Buffer, mention: RegExp | null): unknown[] | null {
  const isFamiliar = isAt(bytes, 0, FILE_START) && isAt(bytes, bytes.length - FILE_END.length, FILE_END);
  if (!isFamiliar || hasEscapedLetters(bytes)) {
    return null;
  }
  const records: unknown[] = [];
  let last = 0;
  try {
    for (const slice of failuresIn(bytes)) {
      const text = bytes.toString('utf8', slice.start, slice.end);
      const isWanted = mention === null || mention.test(text);
      const record = isWanted || text.includes('[') || text.includes(']') ? JSON.parse(text) : null;
      if (isWanted) {
        records.push(record);
        last = slice.start;
      }
    }
    return isRecordStart(bytes, last) ? records : null;
  } catch {
    return null;
  }
}

/** The slices in which one of the names stands, each once, in the file's order. */
function failuresIn(bytes: Buffer): Slice[] {
  const slices = new Map<number, Slice>();
  for (const { name, capital, letters } of NAMES) {
    let end = 0;
    for (let at = bytes.indexOf(letters); at >= 0; at = bytes.indexOf(letters, Math.max(at + 1, end))) {
      if (isAt(bytes, at - capital, name)) {
        const slice = sliceAround(bytes, at);
        end = slice.end;
        slices.set(slice.start, slice);
      }
    }
  }
  return [...slices.values()].sort((one, other) => one.start - other.start);
}

function sliceAround(bytes: Buffer, at: number): Slice {
  const next = bytes.indexOf(RECORD_START, at);
  return {
    start: bytes.lastIndexOf(RECORD_START, at),
    end: next < 0 ? bytes.length - FILE_END.length + 1 : next - 1,
  };
}

/**
 * Whether a record begins at `last`, and not an object within one: so does every object that begins like a record before it.
 * @throws SyntaxError when one of those does not end where the next begins
 */
function isRecordStart(bytes: Buffer, last: number): boolean {
  let start = FIRST_RECORD;
  let hasListedObject = false;
  for (let at = bytes.indexOf(BRACE, start + 1); start < last; at = bytes.indexOf(BRACE, at + 1)) {
    const before = bytes[at - 1];
    if (!isAt(bytes, at, RECORD_START)) {
      // Behind the brace of an object comes no backslash: that is JSON within a text.
      const isListed = (before === COMMA || before === BRACKET) && bytes[at + 1] !== BACKSLASH;
      hasListedObject ||= isListed && !(before === BRACKET && isFlatList(bytes, at - 1));
    } else if (before !== COMMA || bytes[at - 2] !== CLOSING_BRACE) {
      return false;
    } else {
      if (hasListedObject) {
        JSON.parse(bytes.toString('utf8', start, at - 1));
      }
      start = at;
      hasListedObject = false;
    }
  }
  return true;
}

function isFlatList(bytes: Buffer, at: number): boolean {
  return FLAT_LIST.test(bytes.toString('latin1', at, at + FLAT_LENGTH));
}

function hasEscapedLetters(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 4)) {
    if (/[A-Za-z]/.test(String.fromCharCode(Number.parseInt(bytes.toString('latin1', at + 4, at + 6), 16)))) {
      return true;
    }
  }
  return false;
}

function isAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text[index]) {
      return false;
    }
  }
  return true;
}

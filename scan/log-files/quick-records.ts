/**
 * The records of a log file that may matter, without parsing all of it: of a thousand records some thirty failed, and few of
 * those mention CloudTrail. The result is the same as if all were parsed, whatever the file holds, because of what JSON is:
 *
 * - A quote within a text is escaped. So `"errorCode"` is a whole text, and `{"eventVersion":` the beginning of an object.
 * - Letters could be escaped as well, as `\u0065` for `e`. A file with such letters is parsed whole.
 * - Of two members with one name the second counts: where something is found, a file with another `"Records"` behind
 *   the first is parsed whole.
 * - The beginning of an object after `},` is that of the next element of a list. Unless the object before it began where we
 *   think, that list is inside a record, and what we take for that record breaks off within the list: it has a bracket, it
 *   has an object within a list, and it cannot be parsed.
 *
 * So whatever has a bracket is parsed before it is left out, and before a record is taken, the lists of every record before it are
 * followed to their ends, or it is parsed. What breaks off shows that the file is not as CloudTrail writes it, and it is parsed
 * whole.
 */

import { areRecordStarts, isAt, isNextElement, RECORD_START } from './record-start';

const FILE_START = Buffer.from('{"Records":[{"eventVersion":');
const FILE_END = Buffer.from('}]}');
const ESCAPE = Buffer.from('\\u00');
const RECORDS = Buffer.from('"Records"');
const FIRST_RECORD = FILE_START.length - RECORD_START.length;

/**
 * The names that every failed call has one of. They are looked for by a few letters from a capital on: capitals are rare, so
 * that these are found several times faster than the names.
 */
const NAMES = ['"errorCode"', '"errorMessage"'].map((name) => {
  const capital = name.search(/[A-Z]/);
  return { name: Buffer.from(name), capital, letters: Buffer.from(name.slice(capital, capital + 6)) };
});

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
  try {
    return suspectsIn(bytes, mention);
  } catch {
    // Something between two beginnings is no record.
    return null;
  }
}

/** @throws SyntaxError when something between two beginnings of records is none */
function suspectsIn(bytes: Buffer, mention: RegExp | null): unknown[] | null {
  const records: unknown[] = [];
  const starts: number[] = [];
  const last = bytes.lastIndexOf(RECORD_START);
  JSON.parse(textOf(bytes, { start: last, end: bytes.length - FILE_END.length + 1 }));
  for (const slice of failuresIn(bytes)) {
    if (!isBorder(bytes, slice.start) || !isBorder(bytes, slice.end + 1)) {
      return null;
    }
    const text = textOf(bytes, slice);
    const isWanted = mention === null || mention.test(text);
    const record = isWanted || text.includes('[') || text.includes(']') ? JSON.parse(text) : null;
    if (isWanted) {
      records.push(record);
      starts.push(slice.start);
    }
  }
  const isProven = starts.length === 0 || (hasOneList(bytes) && areRecordStarts(bytes, starts, FIRST_RECORD));
  return isProven ? records : null;
}

/** Whether a record may begin or the last one end here: behind another one, or at an end of the file's list. */
function isBorder(bytes: Buffer, at: number): boolean {
  const isEnd = at === FIRST_RECORD || at > bytes.length - FILE_END.length + 1;
  return isEnd || isNextElement(bytes, at);
}

/** Whether the file has one list of records: of two, the second one would count. */
function hasOneList(bytes: Buffer): boolean {
  const letters = RECORDS.subarray(1, 7);
  for (let at = bytes.indexOf(letters, FIRST_RECORD); at >= 0; at = bytes.indexOf(letters, at + 1)) {
    if (isAt(bytes, at - 1, RECORDS)) {
      return false;
    }
  }
  return true;
}

function textOf(bytes: Buffer, { start, end }: Slice): string {
  return bytes.toString('utf8', start, end);
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

function hasEscapedLetters(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 4)) {
    if (/[A-Za-z]/.test(String.fromCharCode(Number.parseInt(bytes.toString('latin1', at + 4, at + 6), 16)))) {
      return true;
    }
  }
  return false;
}

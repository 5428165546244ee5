/** Where the records of a log file begin, without parsing it. */

/** How CloudTrail begins every record. */
export const RECORD_START = Buffer.from('{"eventVersion":');

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];
const [BRACKET, BACKSLASH, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d];

/** What may stand behind a text: white space, or what goes on or ends. */
const BEHIND_TEXT = [0x20, 0x09, 0x0a, 0x0d, COMMA, COLON, CLOSING_BRACKET, CLOSING_BRACE];

/**
 * Whether records begin at all of `starts`, and not objects within one; ascending, and none is before `first`, where the first
 * record begins. Looks no further than the last of them.
 * @throws SyntaxError when something that begins like a record does not end where the next one begins
 */
export function areRecordStarts(bytes: Buffer, starts: readonly number[], first: number): boolean {
  let met = 0;
  let record = first;
  let hasListedObject = false;
  for (let at = first; at >= 0 && met < starts.length; at = bytes.indexOf(BRACE, at + 1)) {
    if (isAt(bytes, at, RECORD_START)) {
      if (at > first && !isNextElement(bytes, at)) {
        return false;
      }
      if (hasListedObject) {
        JSON.parse(bytes.toString('utf8', record, at - 1));
      }
      record = at;
      hasListedObject = false;
      // One that was passed over, within a list, is never met.
      met += Number(at === starts[met]);
    } else if (isListStart(bytes, at - 1)) {
      at = endOfList(bytes, at - 1);
    } else {
      hasListedObject ||= isListed(bytes, at);
    }
  }
  return met === starts.length;
}

/** Whether an object that begins at `at` follows another one in a list. */
export function isNextElement(bytes: Buffer, at: number): boolean {
  return bytes[at - 1] === COMMA && bytes[at - 2] === CLOSING_BRACE;
}

/** Whether what begins here may be an element of a list. Behind a brace comes no backslash: that is JSON within a text. */
function isListed(bytes: Buffer, at: number): boolean {
  return bytes[at - 1] !== COLON && bytes[at + 1] !== BACKSLASH;
}

/**
 * Whether `":[{"` stands around the bracket and is not a text of its own, behind which white space or one of `,:]}` would come:
 * then it is the end of a name, a list that begins, and an object in it.
 */
function isListStart(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === BRACKET &&
    bytes[at - 1] === COLON &&
    bytes[at - 2] === QUOTE &&
    bytes[at + 2] === QUOTE &&
    !BEHIND_TEXT.includes(bytes[at + 3] ?? 0)
  );
}

/** The closing bracket of the list that begins at `at`; the end of the file when there is none. */
function endOfList(bytes: Buffer, at: number): number {
  let depth = 0;
  for (let index = at; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index = endOfText(bytes, index);
    } else if (byte === BRACKET || byte === BRACE) {
      depth += 1;
    } else if (byte === CLOSING_BRACKET || byte === CLOSING_BRACE) {
      depth -= 1;
      if (depth === 0) {
        return index;
      }
    }
  }
  return bytes.length;
}

/** The closing quote of the text that begins at `at`. */
function endOfText(bytes: Buffer, at: number): number {
  let index = at + 1;
  while (index < bytes.length && bytes[index] !== QUOTE) {
    index += bytes[index] === BACKSLASH ? 2 : 1;
  }
  return index;
}

/** Whether `text` stands at `at`. */
export function isAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text[index]) {
      return false;
    }
  }
  return true;
}

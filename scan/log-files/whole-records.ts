import { asObject } from '../../lambda/denial/json';

/** What a text holds. */
export type WholeRecords = {
  /** Records and events, as JSON values. */
  readonly records: readonly unknown[];
  /** How many values or lines are no records, and why the first of them is none. */
  readonly wrong: { readonly count: number; readonly first: string | null };
};

/** A value and what to call it; undefined, which JSON has not, where there is no JSON. */
type Part = { readonly value: unknown; readonly place: string };

/**
 * The records of a whole text: a CloudTrail log file, a record or an event, a list of them, or lines of these. Of lines, those
 * in which nothing failed are not parsed, but for the first and the last.
 */
export function wholeRecords(text: string): WholeRecords {
  try {
    return sorted([{ value: JSON.parse(text), place: 'it' }]);
  } catch (error) {
    const lines = lineRecords(text, 1);
    return lines.records.length > 0 ? lines : { records: [], wrong: { count: 1, first: whyNoJson(text, error) } };
  }
}

/** The same of lines. @param first number of the first one */
export function lineRecords(text: string, first: number): WholeRecords {
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), place: `line ${first + at}` }));
  const filled = lines.filter(({ line }) => line !== '');
  const last = filled.length - 1;
  // The first and the last tell whether these are records at all, and whether they break off.
  const inUse = filled.filter(({ line }, at) => at === 0 || at === last || !isSuccess(line));
  return sorted(inUse.map(({ line, place }) => ({ value: parsed(line), place })));
}

/** What stands in a line in which something failed: a name, also within a text, or written with escapes. */
const FAILURE = /"(?:errorCode|errorMessage|CloudTrailEvent)\\?"|\\u/;

/** Whether a line is an object in which nothing failed, as most are. */
function isSuccess(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}') && !FAILURE.test(line);
}

function sorted(parts: readonly Part[]): WholeRecords {
  const found = parts.map((part) => ({ ...part, records: recordsIn(part.value) }));
  const wrong = found.filter(({ records }) => records === null);
  const [first] = wrong.map(({ value, place }) => `${place} is ${value === undefined ? 'no JSON' : whatIs(value)}`);
  return {
    records: found.flatMap(({ records }) => records ?? []),
    wrong: { count: wrong.length, first: first ?? null },
  };
}

/** Null for what holds no records and is no empty list of them. */
function recordsIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) {
    const records = value.flatMap((one) => recordsIn(one) ?? []);
    return records.length > 0 || value.length === 0 ? records : null;
  }
  const { Records, Events, CloudTrailEvent, eventSource, detail } = asObject(value) ?? {};
  if (Records !== undefined) {
    return Array.isArray(Records) ? Records : null;
  }
  if (Array.isArray(Events)) {
    return Events.map((event) => lookedUp(asObject(event)?.CloudTrailEvent));
  }
  if (CloudTrailEvent !== undefined) {
    return [lookedUp(CloudTrailEvent)];
  }
  return eventSource !== undefined || detail !== undefined ? [value] : null;
}

/** The record of an event as `aws cloudtrail lookup-events` prints it. */
function lookedUp(text: unknown): unknown {
  return typeof text === 'string' ? parsed(text) : null;
}

function whatIs(value: unknown): string {
  const isDigest = asObject(value)?.digestS3Bucket !== undefined;
  return isDigest ? 'a digest file: it names log files and holds no records' : 'JSON, but no record of CloudTrail';
}

function whyNoJson(text: string, error: unknown): string {
  if (text.trim() === '') {
    return 'it is empty: fetch it again';
  }
  const [, position = Number.NaN] = /position (\d+)/.exec(String(error)) ?? [];
  const isCut = /end of JSON|Unterminated/.test(String(error)) || Number(position) >= text.trimEnd().length;
  return isCut ? 'it breaks off in the middle: fetch it again' : 'it is neither JSON nor lines of records';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

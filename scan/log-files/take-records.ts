import { asObject } from '../../lambda/denial/json';
import { MENTION } from '../../lambda/denial/ties';
import type { History } from '../history';
import { quickRecords } from './quick-records';
import { lineRecords, type WholeRecords, wholeRecords } from './whole-records';

/**
 * Takes the records of a log file into the history.
 * @param place what to call the file
 * @returns what of it is no record, for people; null when all of it is
 */
export function takeRecords(bytes: Buffer, place: string, history: History): string | null {
  const quick = quickRecords(bytes, history.wanted.withIgnored ? null : MENTION);
  if (quick !== null) {
    takeFailed(quick, place, history);
    return null;
  }
  return takeWhole(wholeRecords(textOf(bytes)), place, history);
}

/** The same of lines of records, a part of a file. @param first number of the first line */
export function takeLines(bytes: Buffer, place: string, history: History, first: number): string | null {
  return takeWhole(lineRecords(textOf(bytes), first), `${place} ${first}`, history);
}

function takeWhole({ records, wrong }: WholeRecords, place: string, history: History): string | null {
  takeFailed(records, place, history);
  const more = wrong.count > 1 ? `; no records either: ${wrong.count - 1} more` : '';
  return wrong.count === 0 ? null : `${wrong.first}${more}`;
}

/** Calls that failed; for whatever other records lack, nobody would have been told. */
function takeFailed(records: readonly unknown[], place: string, history: History): void {
  for (const [at, value] of records.entries()) {
    const record = asObject(asObject(value)?.detail) ?? asObject(value);
    if (record !== null && ('errorCode' in record || 'errorMessage' in record)) {
      history.take(value, `${place}#${at}`);
    }
  }
}

/** Some tools begin a text with a mark of its encoding. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

import { History } from '../../scan/history';
import { takeRecords } from '../../scan/log-files/take-records';
import type { Wanted } from '../../scan/wanted';

const EVERYTHING: Wanted = { since: null, until: null, cases: [], accounts: [], withIgnored: true };
const NOW = Date.UTC(2026, 11, 1);

/** How the reading of a file differs from parsing all of it and judging every record; null when it does not. */
export function differenceIn(text: string, withIgnored: boolean): string | null {
  const wanted = { ...EVERYTHING, withIgnored };
  const [quick, full] = [newHistory(wanted), newHistory(wanted)];
  takeRecords(Buffer.from(text), 'file', quick);
  for (const record of recordsOf(text)) {
    full.take(record, `${full.counts.records++}`);
  }
  const [seen, expected] = [foundIn(quick), foundIn(full)];
  return seen === expected ? null : `found ${seen}\ninstead of ${expected}`;
}

function newHistory(wanted: Wanted): History {
  return new History(wanted, { managementAccount: null, responderRole: null }, NOW);
}

function foundIn(history: History): string {
  return JSON.stringify({ incidents: history.incidents(), ignored: history.counts.ignored });
}

/** Every record, by parsing everything. */
function recordsOf(text: string): readonly unknown[] {
  const whole = text.replace(/^\ufeff/, '');
  const values = parsed(whole) === undefined ? whole.split('\n').map(parsed) : [parsed(whole)];
  return values.flat(9).flatMap((value) => Object(value).Records ?? [value]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

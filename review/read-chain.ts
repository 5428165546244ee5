import { textOf } from '../lambda/incidents/attributes';
import { MuteStore } from '../lambda/incidents/mute-store';
import { manyKeyOf } from '../lambda/incidents/outbox';
import type { Table } from '../lambda/incidents/table';
import type { Notice } from '../lambda/notice/notice';
import { type IncidentRead, readIncident } from './read-incident';
import { CHAIN_RECORDS, type Chain, type ChainNotice } from './source';

/**
 * Reads one incident with its notices as they were sent and the history of its mutes; null when nothing is left of it.
 * @param now milliseconds since 1970
 */
export async function readChain(table: Table, key: string, now: number): Promise<Chain | null> {
  const [read, muteHistory] = await Promise.all([
    readIncident(table, key, now, { audit: CHAIN_RECORDS, noticeTexts: true }),
    new MuteStore(table).history(key),
  ]);
  return read && { ...read.incident, noticeTexts: await noticesOf(read, table), muteHistory };
}

/** Its own notices, and those about many that told of it. What waits comes last. */
async function noticesOf({ incident, notices }: IncidentRead, table: Table): Promise<ChainNotice[]> {
  const own = new Set(notices.map(({ id }) => id));
  const many = incident.notices.filter(({ id }) => !own.has(id));
  const told = await Promise.all(
    many.map(async ({ id, noticeId, at }) => {
      const item = await table.get(manyKeyOf(id));
      const notice = JSON.parse((item && textOf(item, 'notice')) ?? 'null') as Notice | null;
      return { id, noticeId, at, subject: notice?.subject ?? null, text: notice?.text ?? null, record: null };
    }),
  );
  const soon = Number.POSITIVE_INFINITY;
  return [...notices, ...told].sort((one, other) => (one.at ?? soon) - (other.at ?? soon));
}

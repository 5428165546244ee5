import type { Call } from '../audit/call';
import { withCallLog } from '../audit/call-log';
import { noticeRecordOf } from '../audit/notice-record';
import { detailOf } from '../aws/call-error';
import type { SentNotice } from './incident';
import { type Draft, idOf } from './outbox';
import type { Run } from './send';

/**
 * Publishes a notice of a sweep, notes it in the outbox, and records it with the calls that this took: one line, also when it
 * fails.
 * @throws what failed
 */
export async function publish({ edges, message, now }: Run, draft: Pick<Draft, 'key' | 'notice'>): Promise<SentNotice> {
  const { key, notice } = draft;
  const id = idOf(key);
  const began = edges.now();
  const calls: Call[] = [];
  let noticeId: string | null = null;
  const record = (error: string | null) =>
    edges.record(noticeRecordOf({ message, id, notice, noticeId, error, calls, began, ended: edges.now() }));
  const send = async () => {
    noticeId = await edges.publishNotice(notice);
    await edges.store.outbox.markSent(key, noticeId, now, 'due');
    return { id, noticeId, at: now };
  };
  try {
    const sent = await withCallLog(calls, send);
    record(null);
    return sent;
  } catch (thrown) {
    record(detailOf(thrown));
    throw thrown;
  }
}

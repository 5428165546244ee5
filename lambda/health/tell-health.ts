import type { Call } from '../audit/call';
import { withCallLog } from '../audit/call-log';
import { noticeRecordOf } from '../audit/notice-record';
import { detailOf } from '../aws/call-error';
import { inBatches, type Steps } from '../incidents/in-batches';
import { renderHealthNotice } from '../notice/health-notice';
import { HEALTH_WORDS } from '../texts/health-words';
import { type HealthNews, newsIn } from './health-news';
import type { Prevented } from './prevent';
import type { ProbeEdges } from './probe-edges';
import { TAMPERED } from './trigger';

/** The run in which something is told. */
type Run = { readonly id: string };

/**
 * Tells what was not told: incidents that are open, incidents that are well again, a role that was created. Each piece of
 * news is one notice, and what it tells of knows it afterwards; where that fails, the next run tells it again rather than
 * not at all.
 */
export async function tellHealth(run: Run, prevented: Prevented | null, edges: ProbeEdges): Promise<Steps<string>> {
  const { incidents } = await edges.store.read();
  const outcome = prevented?.outcome;
  const created: HealthNews[] =
    prevented && outcome?.kind === 'created'
      ? [{ kind: 'created', role: outcome.role.name, need: prevented.need }]
      : [];
  return inBatches([...created, ...newsIn(incidents)], (news) => tell(run, news, edges), 1);
}

async function tell(run: Run, news: HealthNews, edges: ProbeEdges): Promise<string> {
  const noticeId = await publish(run, news, edges);
  const { errors } = await note(news, noticeId, edges);
  if (errors.length > 0) {
    throw errors[0];
  }
  return noticeId;
}

/** Publishes a notice and records it with the calls that this took: one line, also when it fails. */
async function publish({ id }: Run, news: HealthNews, edges: ProbeEdges): Promise<string> {
  const { managementAccount: account, homeRegion: region, canaryRoleArn: canaryRole, remediation } = edges.expectation;
  const context = { home: { account, region }, canaryRole, remediation };
  const notice = renderHealthNotice(news, context, HEALTH_WORDS[edges.locale]);
  const began = edges.now();
  const calls: Call[] = [];
  const name = `health-${news.kind}#${new Date(began).toISOString()}`;
  const record = (noticeId: string | null, error: string | null) =>
    edges.record(
      noticeRecordOf({
        message: { id, delivery: 1 },
        id: name,
        notice,
        noticeId,
        error,
        calls,
        began,
        ended: edges.now(),
      }),
    );
  try {
    const noticeId = await withCallLog(calls, () => edges.publishNotice(notice));
    record(noticeId, null);
    return noticeId;
  } catch (thrown) {
    record(null, detailOf(thrown));
    throw thrown;
  }
}

async function note(news: HealthNews, noticeId: string, { store, now }: ProbeEdges): Promise<Steps<void>> {
  if (news.kind === 'created') {
    return inBatches([news.role], (role) => store.endPrevention(role, noticeId, now()));
  }
  return inBatches(news.incidents, async (incident) => {
    await store.told(incident, news.kind === 'well' ? 'end' : 'failure', noticeId);
    if (incident.check === TAMPERED) {
      // It has happened and was told: there is no state that could be well again.
      await store.close(incident, now());
    }
  });
}

import type { Call } from '../audit/call';
import { withCallLog } from '../audit/call-log';
import { type Probed, type ProbeRecord, probeRecordOf } from '../audit/probe-record';
import { detailOf } from '../aws/call-error';
import { inBatches } from '../incidents/in-batches';
import { areChecksDue } from './are-checks-due';
import type { Verdict } from './check';
import { followVerdicts, nameOf } from './follow-verdicts';
import { LookError } from './look-error';
import { pollEvents } from './poll-events';
import { prevent } from './prevent';
import type { ProbeEdges } from './probe-edges';
import { sendCanaries } from './send-canaries';
import { tellHealth } from './tell-health';
import { TAMPERED, type Trigger } from './trigger';

/** One run of the probe: its id, the same when Lambda repeats it, and why it runs. */
export type Run = { readonly id: string; readonly trigger: Trigger };

/** What a run that does nothing comes to. */
const NOTHING = {
  checks: null,
  failed: [],
  opened: [],
  closed: [],
  role: null,
  canaries: [],
  polled: null,
  noticeIds: [],
} as const;

/** Errors of the steps that failed so far; the others go on. */
type Errors = unknown[];

/**
 * One run: a missing role is made before anybody misses it, the canary is sent, everything is checked when that is due, the
 * event history is read where no trail logs, and what is news is told. Every step may fail: it says so, the others go on,
 * and the next run resumes it. Writes exactly one line for itself, also when it fails.
 */
export async function runProbe(run: Run, edges: ProbeEdges): Promise<ProbeRecord> {
  const began = edges.now();
  const calls: Call[] = [];
  const fail = (thrown: unknown): Probed => ({ ...NOTHING, outcome: 'broken-off', detail: detailOf(thrown) });
  const probed = await withCallLog(calls, () => begin(run, edges)).catch(fail);
  const message = { id: run.id, delivery: 1 };
  const record = probeRecordOf({ message, trigger: run.trigger, ...probed, calls, began, ended: edges.now() });
  edges.record(record);
  return record;
}

/** What asks for the run is kept before anything else, so that a run that breaks off forgets nothing. */
async function begin(run: Run, edges: ProbeEdges): Promise<Probed> {
  const { trigger } = run;
  if (trigger.kind === 'tampering') {
    const { tampering } = trigger;
    if (tampering.byDeployment) {
      return { ...NOTHING, outcome: 'recorded', detail: `CloudFormation called ${tampering.action}` };
    }
    const verdict = JSON.stringify(tampering);
    await edges.store.open({ check: TAMPERED, subject: tampering.eventId, verdict }, edges.now(), 'once');
  }
  if (trigger.kind !== 'schedule') {
    await edges.store.wantChecks(edges.now(), trigger.kind);
  }
  if (!(await edges.store.begin(run.id, edges.now()))) {
    return { ...NOTHING, outcome: 'busy', detail: 'another run was at it; the next one does what this one was for' };
  }
  return work(run, edges);
}

async function work(run: Run, edges: ProbeEdges): Promise<Probed> {
  const errors: Errors = [];
  const items = await edges.store.read();
  const prevented = await attempt(errors, () => prevent(items, edges));
  const sent = await sendCanaries(items, edges);
  errors.push(...sent.errors);
  const checkedAt = edges.now();
  const isDue = areChecksDue(items, prevented, checkedAt);
  const verdicts = isDue ? await attempt(errors, () => edges.runChecks()) : null;
  const followed = await followVerdicts(verdicts ?? [], items, prevented, edges);
  errors.push(...followed.errors);
  const polled = await poll(errors, verdicts ?? [], edges);
  const told = await attempt(errors, () => tellHealth(run, prevented, edges));
  errors.push(...(told?.errors ?? []));
  await attempt(errors, () => edges.store.end(run.id, edges.now(), verdicts && checkedAt));
  const { opened, closed } = followed;
  const done = { opened, closed, role: prevented?.outcome ?? null, canaries: sent.results, polled };
  return { ...done, ...outcomeOf(errors), ...countsOf(verdicts, followed.settling), noticeIds: told?.results ?? [] };
}

async function attempt<T>(errors: Errors, step: () => Promise<T>): Promise<T | null> {
  const { results, errors: failed } = await inBatches([step], (each) => each());
  errors.push(...failed);
  return results[0] ?? null;
}

/** Reads the event history of every Region without a logging trail; null when there is none. */
async function poll(errors: Errors, verdicts: readonly Verdict[], edges: ProbeEdges): Promise<number | null> {
  const regions = verdicts.filter(isWithoutTrail).map(({ place }) => place.region);
  const polled = await inBatches(regions, (region) => pollEvents(region, edges));
  errors.push(...polled.errors);
  return regions.length === 0 ? null : polled.results.reduce((sum, count) => sum + count, 0);
}

function isWithoutTrail({ saw }: Verdict): boolean {
  return saw.kind === 'no-trail' || saw.kind === 'trail-stopped';
}

function outcomeOf(errors: Errors): Pick<Probed, 'outcome' | 'detail'> {
  return errors.length === 0
    ? { outcome: 'done', detail: 'every step of the run ended well' }
    : { outcome: 'failed', detail: errors.map((thrown) => detailOf(causeOf(thrown))).join('; ') };
}

/** What AWS answered, where a look wraps it. */
function causeOf(thrown: unknown): unknown {
  return thrown instanceof LookError ? thrown.cause : thrown;
}

/** What is settling has not failed yet: the alarm is to wait as the incident does. */
function countsOf(verdicts: readonly Verdict[] | null, settling: readonly string[]): Pick<Probed, 'checks' | 'failed'> {
  if (verdicts === null) {
    return { checks: null, failed: [] };
  }
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length;
  const failed = verdicts
    .filter(({ status }) => status === 'failed')
    .map(nameOf)
    .filter((name) => !settling.includes(name));
  const counts = { failed: failed.length, settling: settling.length, notChecked: count('not-checked') };
  return { checks: { ok: count('ok'), ...counts }, failed };
}

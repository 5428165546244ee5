import type { Swept } from '../audit/sweep-record';
import { detailOf } from '../aws/call-error';
import type { Edges } from '../edges';
import { afterLook, afterQuiet } from './advance';
import { dispatch, type SweepState } from './flood';
import { inBatches } from './in-batches';
import type { Due } from './incident-store';
import { incidentPartition } from './item';
import { type Look, lookAt } from './look';
import { finishOverdue, later, type Run } from './send';
import { sendDaily, sendUrgent, sendWanted } from './send-wanted';
import type { Key } from './table';

/**
 * Most incidents that one sweep looks at; the next one, a minute later, goes on. Three calls each, ten at a time, take half of
 * the function's time when a call takes 100 ms; and what a notice tells of so many fits an item.
 */
const MOST = 1_000;

/** Most errors that are told whole; they mostly have one cause. */
const TOLD = 3;

/**
 * Does everything that is due: notices that were not sent, first notices of what has gathered, digests, quiet. One call
 * when nothing is due. What it does not get to, or fails at, stays due and keeps nothing else from being done.
 * @param message that asked for it
 * @param by the same when a call is repeated, another one for every delivery
 * @throws AggregateError after everything else was done, when something failed
 */
export async function sweep(edges: Edges, message: Run['message'], by: string): Promise<Swept> {
  const { store, policy } = edges;
  const now = edges.now();
  const due = await store.incidents.dueUntil(now + policy.gatherMs);
  const ready = due.filter(({ dueAt }) => dueAt <= now).length;
  if (ready === 0) {
    return { outcome: 'idle', detail: 'nothing was due', due: 0 };
  }
  const state = await store.sweeps.take(by, now);
  if (state === null) {
    return { outcome: 'busy', detail: 'another sweep is at it', due: ready };
  }
  const errors: unknown[] = [];
  const run: Run = { edges, message, by, now, errors };
  const overdue = await finishOverdue(run, due);
  const begun = { ...state, stormUntil: later(overdue.stormUntil, state.stormUntil) };
  const next = await workOff(run, withoutWaiting(due, overdue.waiting), begun);
  await store.sweeps.release(next.state, by, errors.length > 0);
  const closed = await inBatches([...overdue.open, ...next.open], (key) => store.outbox.close(key));
  errors.push(...closed.errors);
  if (errors.length > 0) {
    const told = errors.slice(0, TOLD).map(detailOf).join('\n');
    throw new AggregateError(errors, `${errors.length} steps of a sweep failed; they stay due: ${told}`);
  }
  return { outcome: 'done', detail: 'what was due is done', due: ready };
}

function withoutWaiting(due: readonly Due[], waiting: readonly string[]): readonly Due[] {
  const pks = new Set(waiting.map(incidentPartition));
  return due.filter(({ pk }) => !pks.has(pk));
}

async function workOff(run: Run, due: readonly Due[], state: SweepState): Promise<{ state: SweepState; open: Key[] }> {
  const { edges, now } = run;
  const { store, policy } = edges;
  const ready = due.filter(({ sk, dueAt }) => sk === 'incident' && dueAt <= now);
  const keys = ready.slice(0, MOST).map(({ pk }) => pk.slice('incident#'.length));
  const seen = await inBatches(keys, (key) => lookAt(key, store, now, policy));
  const looks = seen.results.filter((look) => look !== null);
  const untold = await inBatches(looks, (look) => letBe(run, look));
  run.errors.push(...seen.errors, ...untold.errors);
  const left = ready.slice(MOST);
  const daily = await sendDaily(run, looks, left.length);
  const ofItsOwn = looks.filter(({ verdict }) => verdict.kind === 'first' || verdict.kind === 'digest');
  const urgent = await sendUrgent(run, ofItsOwn.filter(isUrgent));
  const wanted = ofItsOwn.filter((look) => !isUrgent(look));
  const gathering = due.filter(({ dueFor, dueAt }) => dueFor === 'gather' && dueAt > now).length;
  const first = wanted.filter(({ verdict }) => verdict.kind === 'first').length;
  const way = dispatch({ notices: wanted.length, first, gathering }, state, now, policy);
  const toCome = gathering + left.filter(({ dueFor }) => dueFor === 'gather').length;
  const told = await sendWanted(run, wanted, way, { state, left: left.length, toCome });
  return { state: told.state, open: [...daily, ...urgent, ...told.open] };
}

/** High severity whose event could not tell of it: neither the cap nor a storm keeps it back. */
function isUrgent({ verdict, news }: Look): boolean {
  return verdict.kind === 'first' && news.severity === 'high';
}

/** Writes what a look concludes without a notice. A change that somebody else made first wins; then it is due again. */
async function letBe({ edges, now }: Run, { incident, tally, atOnce, until, verdict }: Look): Promise<void> {
  if (verdict.kind === 'quiet') {
    await edges.store.incidents.write(afterQuiet(incident, tally, until, now), now);
  }
  if (verdict.kind === 'wait') {
    await edges.store.incidents.write(afterLook(incident, tally, atOnce, verdict), now);
  }
}

import { afterLook } from './advance';
import { composeOne } from './compose';
import { composeDigest, composeStorm } from './compose-many';
import type { Dispatch, SweepState } from './flood';
import { inBatches, type Steps } from './in-batches';
import type { Look } from './look';
import { type Run, send, sendParts } from './send';
import type { Key } from './table';

/** Where a sweep stands. */
type Standing = {
  /** What it hands on. */
  readonly state: SweepState;
  /** Incidents that are due, but that it did not look at. */
  readonly left: number;
  /** Incidents that want their first notice besides those that it looked at: they are left, or gather still. */
  readonly toCome: number;
};

type Sent = { readonly state: SweepState; readonly open: Key[] };

/**
 * Sends the daily digest of the incidents that it is due for.
 * @param left incidents that are due, but that the sweep did not look at
 */
export async function sendDaily(run: Run, looks: readonly Look[], left: number): Promise<Key[]> {
  const daily = looks.filter(({ verdict }) => verdict.kind === 'daily');
  return daily.length === 0
    ? []
    : trying(run, async () => sendParts(run, await composeDigest(daily, 'daily', run, left)));
}

/** Sends the notices that incidents want in the way that was decided for them. */
export async function sendWanted(run: Run, wanted: readonly Look[], way: Dispatch, standing: Standing): Promise<Sent> {
  const { state } = standing;
  if (wanted.length === 0) {
    return { state: { ...state, stormUntil: stormAfter(standing, null, run) }, open: [] };
  }
  switch (way.kind) {
    case 'hold':
      await hold(run, wanted, way.until);
      return { state, open: [] };
    case 'one-by-one': {
      const steps = await sendEach(run, wanted);
      const sent = state.sent + steps.results.length;
      return { state: { ...state, sent, stormUntil: stormAfter(standing, null, run) }, open: steps.results.flat() };
    }
    case 'together':
      return sendTogether(run, wanted, way, standing);
  }
}

/** Sends a notice of its own for each, whatever else goes on. */
export async function sendUrgent(run: Run, looks: readonly Look[]): Promise<Key[]> {
  return (await sendEach(run, looks)).results.flat();
}

async function sendEach(run: Run, looks: readonly Look[]): Promise<Steps<Key[]>> {
  const steps = await inBatches(looks, (look) => sendOne(run, look));
  run.errors.push(...steps.errors);
  return steps;
}

async function sendOne(run: Run, look: Look): Promise<Key[]> {
  const kind = look.verdict.kind === 'digest' ? 'digest' : 'first';
  return send(run, await composeOne(look, kind, run.edges), [look]);
}

async function sendTogether(
  run: Run,
  wanted: readonly Look[],
  way: Extract<Dispatch, { kind: 'together' }>,
  standing: Standing,
): Promise<Sent> {
  const { state, left, toCome } = standing;
  const { as, stormUntil } = way;
  if (as === 'storm' && stormUntil !== null) {
    const open = await trying(run, async () => send(run, await composeStorm(wanted, run, stormUntil, toCome), wanted));
    if (open.length > 0) {
      await hold(run, wanted, stormUntil);
    }
    return { state: open.length === 0 ? state : { ...state, sent: state.sent + 1, stormUntil }, open };
  }
  const failures = run.errors.length;
  const open = await trying(run, async () =>
    sendParts(run, await composeDigest(wanted, 'digest', run, left, stormUntil)),
  );
  // While a part of a storm's digest is not sent, its storm is not over: the next sweep goes on with the digest.
  const isDone = open.length > 0 && run.errors.length === failures;
  const after = { ...state, sent: state.sent + 1, stormUntil: stormAfter(standing, stormUntil, run) };
  return { state: isDone ? after : state, open };
}

/** A storm ends with its digest, unless another follows; while incidents are left, it goes on. */
function stormAfter({ state: { stormUntil }, left }: Standing, next: number | null, { now }: Run): number | null {
  const stays = stormUntil !== null && (left > 0 || now < stormUntil);
  return stays ? stormUntil : next;
}

async function hold(run: Run, looks: readonly Look[], until: number): Promise<void> {
  const { edges, now } = run;
  const held = await inBatches(looks, ({ incident, tally, atOnce }) =>
    edges.store.incidents.write(afterLook(incident, tally, atOnce, { until, dueFor: 'look' }), now),
  );
  run.errors.push(...held.errors);
}

/** What a step comes to; nothing when it fails, which the sweep then reports. */
async function trying(run: Run, step: () => Promise<Key[]>): Promise<Key[]> {
  const { results, errors } = await inBatches([step], (one) => one());
  run.errors.push(...errors);
  return results.flat();
}

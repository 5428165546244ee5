import { afterLook } from './advance';
import { composeMany, composeOne } from './compose';
import type { Dispatch, SweepState } from './flood';
import { inBatches } from './in-batches';
import type { Look } from './look';
import { type Run, send } from './send';
import type { Key } from './table';

/** Most incidents that one notice names: SNS takes 256 KB. */
const NAMED = 180;

/** Where a sweep stands: what it hands on, and whether incidents are left that it did not look at. */
type Standing = { readonly state: SweepState; readonly hasMore: boolean };

type Sent = { readonly state: SweepState; readonly open: Key[] };

/** Sends the daily digest to whom it is due, in parts that SNS takes: one a sweep. */
export async function sendDaily(run: Run, looks: readonly Look[]): Promise<Key[]> {
  const daily = looks.filter(({ verdict }) => verdict.kind === 'daily').slice(0, NAMED);
  return daily.length === 0 ? [] : trying(run, () => send(run, composeMany(daily, 'daily', run), daily));
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
      const steps = await inBatches(wanted, (look) => sendOne(run, look));
      run.errors.push(...steps.errors);
      const sent = state.sent + steps.results.length;
      return { state: { ...state, sent, stormUntil: stormAfter(standing, null, run) }, open: steps.results.flat() };
    }
    case 'together':
      return sendTogether(run, wanted, way, standing);
  }
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
  const { state, hasMore } = standing;
  const named = wanted.slice(0, NAMED);
  const draft = composeMany(named, way.as, run, way.stormUntil, wanted.length - named.length);
  const open = await trying(run, () => send(run, draft, named));
  if (open.length === 0) {
    return { state, open };
  }
  if (way.as === 'storm' && way.stormUntil !== null) {
    await hold(run, wanted, way.stormUntil);
    return { state: { ...state, sent: state.sent + 1, stormUntil: way.stormUntil }, open };
  }
  const isLeft = hasMore || draft.tells.length < wanted.length;
  const stormUntil = stormAfter({ state, hasMore: isLeft }, way.stormUntil, run);
  return { state: { ...state, sent: state.sent + 1, stormUntil }, open };
}

/** A storm ends with its digest, unless another follows; while incidents are left, it goes on. */
function stormAfter({ state: { stormUntil }, hasMore }: Standing, next: number | null, { now }: Run): number | null {
  const stays = stormUntil !== null && (hasMore || now < stormUntil);
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

import type { Edges } from '../edges';
import { afterNotice, type Told } from './advance';
import { inBatches } from './in-batches';
import type { SentNotice } from './incident';
import type { Due } from './incident-store';
import type { Look } from './look';
import type { Draft, Entry } from './outbox';
import { publish } from './publish';
import type { Key } from './table';

/** One sweep: what it works with, what asked for it, since when, and what has failed so far. */
export type Run = {
  readonly edges: Edges;
  /** The schedule's message, for the records. */
  readonly message: { readonly id: string; readonly delivery: number };
  readonly by: string;
  readonly now: number;
  readonly errors: unknown[];
};

/** A notice and the incidents that it is about. */
export type Part = { readonly draft: Draft; readonly looks: readonly Look[] };

/** How often a change of an incident is tried while events change it as well. */
const TRIES = 10;

/**
 * Sends a notice and lets its incidents know. Returns its key, under which it is due until somebody closes it; none when it
 * was sent before, or somebody else is at it.
 */
export async function send(run: Run, draft: Draft, looks: readonly Look[]): Promise<Key[]> {
  const { edges, by, now } = run;
  return (await edges.store.outbox.lease(draft, by, now)) ? sendLeased(run, { draft, looks }) : [];
}

/**
 * Sends the parts of a notice in their order. All are in the outbox before the first goes out: when the sweep breaks off, a
 * later one sends the same parts.
 */
export async function sendParts(run: Run, parts: readonly Part[]): Promise<Key[]> {
  const { edges, by, now } = run;
  const leased = await inBatches(parts, async (part) =>
    (await edges.store.outbox.lease(part.draft, by, now)) ? part : null,
  );
  const mine = leased.results.filter((part) => part !== null);
  const sent = await inBatches(mine, (part) => sendLeased(run, part), 1);
  run.errors.push(...leased.errors, ...sent.errors);
  return sent.results.flat();
}

async function sendLeased(run: Run, { draft, looks }: Part): Promise<Key[]> {
  const { edges, now } = run;
  const { incidents } = edges.store;
  const sent = await publish(run, draft);
  const told = new Map(draft.tells.map((tells) => [tells.key, tells]));
  const { errors } = await inBatches(looks, async ({ incident, tally }) => {
    const tells = told.get(incident.key);
    const next = tells && afterNotice(incident, tells, tally, sent, now, edges.policy);
    if (tells && next && !(await incidents.write(next, now))) {
      await note(run, tells, sent);
    }
  });
  return done(run, draft.key, errors);
}

/** What {@link finishOverdue} found. */
type Finished = {
  /** Notices that are done but for closing. */
  readonly open: readonly Key[];
  /** Incidents of which a notice still waits to be sent or noted, since that failed now as well: another would tell the same again. */
  readonly waiting: readonly string[];
  /** End of the storm that one of the notices began, sent or not; null when none did. */
  readonly stormUntil: number | null;
};

/** Sends the notices that somebody left unsent, and lets the incidents know that were not told of a sent one. */
export async function finishOverdue(run: Run, due: readonly Due[]): Promise<Finished> {
  const overdue = due.filter(({ sk, dueAt }) => sk.startsWith('notice#') && dueAt <= run.now);
  const { results, errors } = await inBatches(overdue, async ({ pk, sk }) => {
    const entry = await run.edges.store.outbox.read({ pk, sk });
    return entry && finish(run, entry);
  });
  run.errors.push(...errors);
  const finished = results.filter((result) => result !== null);
  return {
    open: finished.flatMap(({ open }) => open),
    waiting: finished.flatMap(({ waiting }) => waiting),
    stormUntil: finished.reduce<number | null>((last, { stormUntil }) => later(last, stormUntil), null),
  };
}

async function finish(run: Run, entry: Entry): Promise<Finished> {
  const { key, tells, stormUntil } = entry;
  const { results, errors } = await inBatches([entry], async ({ sent }) => sent ?? (await resend(run, entry)));
  run.errors.push(...errors);
  const sent = results[0] ?? null;
  const noted = sent && (await inBatches(tells, (told) => note(run, told, sent)));
  const open = noted ? done(run, key, noted.errors) : [];
  return { open, waiting: open.length === 0 ? tells.map((told) => told.key) : [], stormUntil };
}

/** The later of two times. */
export function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** The key of a notice that may be closed; none while an incident does not know of it. */
function done(run: Run, key: Key, errors: readonly unknown[]): Key[] {
  run.errors.push(...errors);
  return errors.length === 0 ? [key] : [];
}

async function resend(run: Run, entry: Entry): Promise<SentNotice | null> {
  return (await run.edges.store.outbox.lease(entry, run.by, run.now)) ? publish(run, entry) : null;
}

/** Lets an incident know of a notice, once. */
async function note({ edges, now }: Run, tells: Told, sent: SentNotice): Promise<void> {
  const { incidents } = edges.store;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const incident = await incidents.read(tells.key, now);
    if (incident === null || incident.notices.some(({ id }) => id === sent.id)) {
      return;
    }
    const tally = await incidents.tally(tells.key, incident.countedUntil, tells.until, now);
    if (await incidents.write(afterNotice(incident, tells, tally, sent, now, edges.policy), now)) {
      return;
    }
  }
  throw new Error(`Incident ${tells.key} changed ${TRIES} times while notice ${sent.id} was to be noted.`);
}

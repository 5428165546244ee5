import type { Clock } from './clock';
import type { Database } from './dynamodb/database';
import type { Schedules } from './eventbridge/schedules';
import type { LambdaService } from './function/lambda-service';

const MINUTE = 60_000;

/** How often the probe sends a canary. */
const CANARY_BEAT = 6 * 60 * MINUTE;

/** What time moves in a local organization. */
export type Movers = {
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly schedules: Schedules;
  readonly database: Database;
};

/**
 * Lets the functions work until they have handled every message, however often it comes back, and everything that the
 * table says is due until `until`. Schedules fire on whole minutes, but only when something is due: in between they would
 * find nothing to do. A rule that runs a function by schedule, every five minutes say, would do so hundreds of times in a
 * day that passes at once; it fires at the beginning, after what has happened is handled, at the end, and between
 * them when the table says that a canary is due, since one that is late counts as lost.
 */
export async function letTimePass(movers: Movers, until: number): Promise<void> {
  const { clock, lambda, schedules } = movers;
  await handleAll(lambda);
  schedules.fireFunctions(clock.now());
  await handleAll(lambda);
  while (clock.now() < until) {
    const at = Math.min((await nextCanaryAt(movers)) ?? until, until);
    if (!schedules.isFunctionDue(at)) break;
    await workUntil(movers, at);
    clock.advanceTo(at);
    schedules.fireFunctions(clock.now());
    await handleAll(lambda);
  }
  await workUntil(movers, until);
}

/** Lets the functions handle what there is now. */
async function handleAll(lambda: LambdaService): Promise<void> {
  let hasWorked = true;
  while (hasWorked) hasWorked = await lambda.poll();
}

async function workUntil({ clock, lambda, schedules, database }: Movers, until: number): Promise<void> {
  while (true) {
    if (await lambda.poll()) continue;
    const tick = schedules.haveQueues ? await nextTick(clock, database) : null;
    const waiting = lambda.nextWorkAt();
    if (tick !== null && tick <= until && tick < (waiting ?? Number.POSITIVE_INFINITY)) {
      clock.advanceTo(tick);
      schedules.fireQueues(Math.floor(tick / MINUTE));
    } else if (waiting !== null) {
      clock.advanceTo(waiting);
    } else {
      break;
    }
  }
}

/** When the probe has its next canary to send; null when it has none, or did not send the last one. */
async function nextCanaryAt({ clock, database }: Movers): Promise<number | null> {
  const canaries = (await database.items()).filter(({ pk, sk }) => pk === 'health' && `${sk}`.startsWith('canary#'));
  const due = canaries.map(({ sentAt, triedAt }) => Number(triedAt ?? sentAt) + CANARY_BEAT);
  const next = Math.min(...due);
  return Number.isFinite(next) && next > clock.now() ? next : null;
}

/** The first whole minute from now at which something is due; null when nothing ever is. */
async function nextTick(clock: Clock, database: Database): Promise<number | null> {
  const due = await database.firstDueAt();
  const now = clock.now();
  return due === null ? null : Math.max(Math.ceil(due / MINUTE), Math.floor(now / MINUTE) + 1) * MINUTE;
}

import type { Clock } from './clock';
import type { Deployment } from './cloudformation/deployment';
import type { Database } from './dynamodb/database';
import { fireSchedules, scheduledRules } from './eventbridge/schedules';
import type { LambdaService } from './function/lambda-service';
import type { Journal } from './journal';

const MINUTE = 60_000;

/** What time moves in a local organization. */
export type Movers = {
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly deployment: Deployment;
  readonly database: Database;
  readonly journal: Journal;
};

/**
 * Lets the functions work until they have handled every message, however often it comes back, and everything that the
 * table says is due until `until`. Schedules fire on whole minutes, but only when something is due: in between they would
 * find nothing to do.
 */
export async function letTimePass(movers: Movers, until: number): Promise<void> {
  const { clock, lambda, deployment, database, journal } = movers;
  const hasSchedules = scheduledRules(deployment).length > 0;
  while (true) {
    if (await lambda.poll()) continue;
    const tick = hasSchedules ? await nextTick(clock, database) : null;
    const visible = lambda.nextVisibleAt();
    if (tick !== null && tick <= until && tick < (visible ?? Number.POSITIVE_INFINITY)) {
      clock.advanceTo(tick);
      fireSchedules(deployment, journal, Math.floor(tick / MINUTE));
    } else if (visible !== null) {
      clock.advanceTo(visible);
    } else {
      break;
    }
  }
}

/** The first whole minute from now at which something is due; null when nothing ever is. */
async function nextTick(clock: Clock, database: Database): Promise<number | null> {
  const due = await database.firstDueAt();
  const now = clock.now();
  return due === null ? null : Math.max(Math.ceil(due / MINUTE), Math.floor(now / MINUTE) + 1) * MINUTE;
}

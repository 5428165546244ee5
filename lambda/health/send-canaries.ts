import { inBatches, type Steps } from '../incidents/in-batches';
import type { Canary, ProbeItems } from './health-items';
import type { CanaryCall } from './health-store';
import type { ProbeEdges } from './probe-edges';

const MINUTE = 60_000;

/** How often a canary is sent. */
const BEAT_MS = 6 * 60 * MINUTE;

/** How long until one that has not come back is tried again: a forwarder may just be on its way, as after a deployment. */
const AGAIN = { inFirstHour: 10 * MINUTE, later: 60 * MINUTE } as const;

/** Runs of the schedule are never exactly five minutes apart. */
const SLACK = MINUTE;

/** How long a call may take through the whole way before it counts as lost. */
const LOST_MS = 30 * MINUTE;

type Tried = Canary & { readonly triedAt: number | null };

/**
 * Makes the canary's call in every Region in which it is due. That it goes out is noted first, so that a call that cannot be
 * made is missed as well. One that is tried again is still waited for since it was first sent.
 */
export async function sendCanaries(
  { canaries }: Pick<ProbeItems, 'canaries'>,
  { expectation, store, callCanary, now }: ProbeEdges,
): Promise<Steps<string>> {
  const { managementAccount: account, regions } = expectation;
  const at = now();
  const due = regions
    .map(
      (region) => canaries.find((one) => one.account === account && one.region === region) ?? unsent(account, region),
    )
    .filter((canary) => isDue(canary, at));
  return inBatches(due, async (canary) => {
    await store.sendCanary(canary, at, callOf(canary, at));
    await callCanary(canary.region);
    return canary.region;
  });
}

/** Whether a canary has been missed for so long that the checks must say so. */
export function isLost(canary: Canary, now: number): boolean {
  return canary.sentAt !== null && !isBack(canary) && now - canary.sentAt > LOST_MS;
}

function unsent(account: string, region: string): Tried {
  return { account, region, sentAt: null, triedAt: null, seenAt: null };
}

/** Whether it is time for the next one, or to try one again that has not come back. */
function isDue(canary: Tried, now: number): boolean {
  const { sentAt, triedAt } = canary;
  if (isOver(canary, now)) {
    return true;
  }
  const pause = now - (sentAt ?? 0) < AGAIN.later ? AGAIN.inFirstHour : AGAIN.later;
  return !isBack(canary) && now - (triedAt ?? 0) >= pause - SLACK;
}

/** What a call is. One that is missed stays missed; after a pause of the probe nothing is known of one that was not. */
function callOf(canary: Tried, now: number): CanaryCall {
  if (!isOver(canary, now)) {
    return 'again';
  }
  const isLate = canary.sentAt !== null && now - canary.sentAt > BEAT_MS + LOST_MS;
  return isLate && isBack(canary) ? 'anew' : 'next';
}

/** Whether the time of the last one is over, so that a new one is waited for. */
function isOver({ sentAt }: Canary, now: number): boolean {
  return sentAt === null || now - sentAt >= BEAT_MS - SLACK;
}

function isBack({ sentAt, seenAt }: Canary): boolean {
  return sentAt !== null && seenAt !== null && seenAt >= sentAt;
}

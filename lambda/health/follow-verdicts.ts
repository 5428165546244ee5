import { inBatches } from '../incidents/in-batches';
import type { CallError } from '../plan/remediation';
import type { CheckId, Verdict } from './check';
import type { HealthIncident, ProbeItems } from './health-items';
import type { HealthStore } from './health-store';
import { inBrief } from './in-brief';
import type { Prevented } from './prevent';
import { TAMPERED } from './trigger';

/** What opened an incident of a check. */
export type KeptVerdict = Verdict & {
  /** Why Trailmend itself could not mend it; null where it did not try. */
  readonly error: Pick<CallError, 'name' | 'message'> | null;
};

/** What the verdicts of a run changed. */
export type Followed = {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** What failed and may still come, so that it is no incident yet. */
  readonly settling: readonly string[];
  readonly errors: readonly unknown[];
};

/** How long after the hub was deployed the rest of a deployment may take before its lack is an incident. */
const SETTLING_MS = 60 * 60_000;

/** What comes after the hub: the forwarders' stacks, and with them the canary; people who confirm their subscription. */
const COME_LATER: ReadonlySet<CheckId> = new Set<CheckId>(['rules', 'forwarders', 'canary', 'subscribers']);

/**
 * Opens an incident for each verdict that failed, and closes those that are well again, or whose subject is gone. What could
 * not be checked changes nothing: it is neither well nor ill. Nor does what cannot be there yet after a deployment.
 */
export async function followVerdicts(
  verdicts: readonly Verdict[],
  items: Pick<ProbeItems, 'incidents' | 'deployedAt' | 'probeRanAt'>,
  prevented: Prevented | null,
  { store, now }: { readonly store: HealthStore; now(): number },
): Promise<Followed> {
  const open = new Map(items.incidents.filter(isOpenCheck).map((incident) => [nameOf(incident), incident]));
  const comesLater = isSettling(items, now()) ? COME_LATER : new Set<CheckId>();
  const failed = verdicts.filter((verdict) => verdict.status === 'failed' && !open.has(nameOf(verdict)));
  const opening = await inBatches(
    failed.filter(({ check }) => !comesLater.has(check)),
    async (verdict) => {
      const kept: KeptVerdict = { ...inBrief(verdict), error: errorOf(verdict, prevented) };
      await store.open({ check: verdict.check, subject: verdict.subject, verdict: JSON.stringify(kept) }, now());
      return nameOf(verdict);
    },
  );
  const closing = await inBatches(
    [...open.values()].filter((incident) => isOver(incident, verdicts)),
    async (incident) => {
      await store.close(incident, now());
      return nameOf(incident);
    },
  );
  const settling = failed.filter(({ check }) => comesLater.has(check)).map(nameOf);
  const errors = [...opening.errors, ...closing.errors];
  return { opened: opening.results, closed: closing.results, settling, errors };
}

/** Whether the hub is just being deployed, or was lately. Before its first run the probe may not have been told yet. */
export function isSettling(
  { deployedAt, probeRanAt }: Pick<ProbeItems, 'deployedAt' | 'probeRanAt'>,
  now: number,
): boolean {
  return deployedAt === null ? probeRanAt === null : now - deployedAt < SETTLING_MS;
}

/** An incident by what makes it one: `trail eu-west-1`. */
export function nameOf({ check, subject }: Pick<HealthIncident, 'check' | 'subject'>): string {
  return `${check} ${subject}`.trim();
}

/** Whether an incident of a check is open; changes of Trailmend's own resources are none. */
export function isOpenCheck({ check, state }: HealthIncident): boolean {
  return state === 'open' && check !== TAMPERED;
}

/**
 * Whether its subject is well or asked for no longer, or all that was to be checked has been and it is not among it: the
 * settings have changed.
 */
function isOver({ check, subject }: HealthIncident, verdicts: readonly Verdict[]): boolean {
  const ofCheck = verdicts.filter((verdict) => verdict.check === check);
  const own = ofCheck.find((verdict) => verdict.subject === subject);
  const isUnknown = ({ status, saw }: Verdict) => status === 'not-checked' && saw.kind !== 'not-asked-for';
  return own ? own.status !== 'failed' && !isUnknown(own) : ofCheck.length > 0 && !ofCheck.some(isUnknown);
}

/** Why the role that a verdict misses could not be created. */
function errorOf({ saw }: Verdict, prevented: Prevented | null): KeptVerdict['error'] {
  const outcome = prevented?.outcome;
  if (saw.kind !== 'role-missing' || outcome?.role.name !== saw.role || !('error' in outcome)) {
    return null;
  }
  const { name, message } = outcome.error;
  return { name, message };
}

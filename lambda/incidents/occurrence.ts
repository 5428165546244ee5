import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import { gravest, mayYetSucceed, type RoleOutcome } from '../plan/remediation';
import type { AtOnce, Occurrence } from './incident';
import { type Suppressible, type Suppression, suppressionOf } from './suppression';

/** A finding about a denial. */
export type Refused = Finding & { readonly denial: Denial };

/** Longest finding, as JSON, that an incident keeps whole; beyond it the request parameters are left out. */
const LONGEST = 8_000;

/** What an event brings to its incident, as far as that is known when it arrives. */
export function occurrenceOf(
  finding: Refused,
  messageId: string,
  now: number,
  suppressions: readonly Suppression[],
): Occurrence {
  const { denial, severity, incidentKey } = finding;
  const { action, resource, account, caller } = denial;
  const facts: Suppressible = { case: finding.case, principal: caller.principal, account, action, resource };
  const suppression = suppressionOf(suppressions, facts, now);
  return {
    event: finding.eventId ?? `message#${messageId}`,
    key: incidentKey ?? '',
    case: finding.case,
    severity,
    time: timeOf(denial, now),
    since: now,
    action,
    resource,
    principal: caller.principal,
    account,
    suppressed: suppression?.reason ?? null,
    atOnce: severity === 'high' ? 'urgent' : null,
    remediated: false,
    finding: findingText(finding),
  };
}

/** The occurrence of a missing role, once it is known what became of it. */
export function withRoles(
  occurrence: Occurrence,
  roles: readonly RoleOutcome[],
  delivery: { readonly number: number; readonly isLast: boolean },
): Occurrence {
  const kind = gravest(roles);
  const ready = kind === 'created' || kind === 'already-present';
  return { ...occurrence, atOnce: mayYetSucceed(roles) ? newsOfTry(kind, delivery) : kind, remediated: ready };
}

/** Tries in between are no news: administrators hear of the first and of the last. */
function newsOfTry(kind: RoleOutcome['kind'], { number, isLast }: { number: number; isLast: boolean }): AtOnce | null {
  const isLastFailure = isLast && (kind === 'probe-failed' || kind === 'create-failed');
  return isLastFailure ? `${kind}-last` : number === 1 ? kind : null;
}

/** When the call was made; never later than its arrival, whatever the clocks say. */
function timeOf({ time }: Denial, now: number): string {
  const called = Date.parse(time ?? '');
  return new Date(Number.isNaN(called) ? now : Math.min(called, now)).toISOString();
}

function findingText(finding: Refused): string {
  const whole = JSON.stringify(finding);
  return whole.length <= LONGEST
    ? whole
    : JSON.stringify({ ...finding, denial: { ...finding.denial, parameters: null } });
}

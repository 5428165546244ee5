import type { Denial } from '../denial/denial';
import type { Plan } from '../plan/plan';

/** How urgent a finding is. Decides when administrators hear of it. */
export type Severity = 'high' | 'medium' | 'low';

/** What is known of the organization; null where it is not (offline). */
export type Organization = {
  /** Account id of the management account. */
  readonly managementAccount: string | null;
  /** ARN of the role that Trailmend's responder runs as. */
  readonly responderRole: string | null;
  /** ARN of the role that the probe runs as; absent offline. */
  readonly probeRole?: string | null;
  /** ARN of the role whose refusals prove that the way of an event is whole; absent offline. */
  readonly canaryRole?: string | null;
};

/** What a case makes of a denial that it recognises. */
export type Decision = { readonly severity: Severity; readonly plan: Plan };

/**
 * One documented situation. `decide` is pure, and null means "not mine": the next case in the list is asked.
 */
export type Case = {
  /** Name in logs, notices, metrics and filter policies. */
  readonly id: string;
  /** Page of the AWS CloudTrail user guide about it, relative to the guide's root in any language. */
  readonly docs: string;
  /** A page that fits this denial better; null for `docs`. */
  docsFor?(denial: Denial): string | null;
  decide(denial: Denial, organization: Organization): Decision | null;
};

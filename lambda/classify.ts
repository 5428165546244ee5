import { createHash } from 'node:crypto';
import { CASES, type CaseId } from './cases';
import type { Decision, Organization, Severity } from './cases/case';
import type { Denial } from './denial/denial';
import type { ParsedEvent } from './denial/parse-event';
import { CLOUDTRAIL } from './denial/ties';
import type { Plan } from './plan/plan';

/** What Trailmend concludes from one event. */
export type Finding = {
  readonly case: CaseId;
  readonly severity: Severity;
  readonly plan: Plan;
  /** Null when the event is no denial. */
  readonly denial: Denial | null;
  readonly eventId: string | null;
  /** Equal for findings with the same cause; null when the event is no denial. */
  readonly incidentKey: string | null;
  /** Page of the CloudTrail user guide about the case, relative to the guide's root. */
  readonly docs: string;
  /** Whether Trailmend's own role was refused. */
  readonly own: boolean;
};

const NOTHING_REFUSED = { denial: null, incidentKey: null, own: false } as const;

/** Concludes what an event is and what is to be done. Pure: the same event always gives the same finding. */
export function classify(event: ParsedEvent, organization: Organization): Finding {
  if (event.kind !== 'denial') {
    const { eventId, reason } = event;
    const plan: Plan = { kind: 'ignore', reason };
    return { ...NOTHING_REFUSED, case: 'not-covered', severity: 'low', plan, eventId, docs: docsOf('not-covered') };
  }
  const { denial } = event;
  const { id, decision } = firstCaseFor(denial, organization);
  const own = organization.responderRole !== null && denial.caller.principal === organization.responderRole;
  return {
    case: id,
    ...(own ? ownRefusal(denial) : tempered(denial, decision)),
    denial,
    eventId: denial.eventId,
    incidentKey: incidentKeyOf(id, denial),
    docs: docsOf(id),
    own,
  };
}

function firstCaseFor(denial: Denial, organization: Organization): { id: CaseId; decision: Decision } {
  for (const { id, decide } of CASES) {
    const decision = decide(denial, organization);
    if (decision) {
      return { id, decision };
    }
  }
  throw new Error('No case decides this denial, though the last one in lambda/cases/index.ts should take everything.');
}

/** Nobody is paged because an AWS service was refused on its own behalf. */
function tempered(denial: Denial, decision: Decision): Decision {
  if (decision.plan.kind === 'notify' && isServiceOnItsOwn(denial)) {
    const reason = 'an AWS service was refused on its own behalf; recorded, nobody is notified';
    return { severity: 'low', plan: { kind: 'ignore', reason } };
  }
  return decision;
}

/** Trailmend itself was refused: administrators must hear of it, but never through the call that was refused. */
function ownRefusal(denial: Denial): Decision {
  const refused = denial.action ?? 'a call';
  const publishes = /^(?:sns|kms):/i.test(refused);
  const plan: Plan = publishes
    ? { kind: 'ignore', reason: `Trailmend itself was refused ${refused}, so no notice can say so; its alarms do` }
    : { kind: 'notify', reason: `Trailmend itself was refused ${refused}; it does not repeat the call for this` };
  return { severity: 'high', plan };
}

/** A service with its own identity or service-linked role. CloudTrail is none of them: its refusals break trails. */
function isServiceOnItsOwn({ caller }: Denial): boolean {
  const own = caller.type === 'AWSService' || caller.principal?.includes(':role/aws-service-role/') === true;
  return own && caller.service !== CLOUDTRAIL;
}

/** One Deny statement that refuses a thousand accounts is one incident; otherwise one principal in one account is. */
function incidentKeyOf(id: CaseId, { account, caller, reason }: Denial): string {
  const cause =
    reason.effect === 'explicit-deny' && reason.policyArn !== null
      ? [id, reason.policyArn]
      : [id, account, caller.principal, reason.layer];
  return createHash('sha256').update(JSON.stringify(cause)).digest('hex').slice(0, 12);
}

function docsOf(id: CaseId): string {
  return CASES.find((candidate) => candidate.id === id)?.docs ?? '';
}

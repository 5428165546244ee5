import { hash } from 'node:crypto';
import { CASES, type CaseId } from './cases';
import type { Case, Decision, Organization, Severity } from './cases/case';
import { notCovered } from './cases/not-covered';
import type { Denial } from './denial/denial';
import type { ParsedEvent } from './denial/parse-event';
import { CLOUDTRAIL } from './denial/ties';
import { reasonOf } from './explain/reason';
import { isCanary } from './health/canary';
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
    return { ...NOTHING_REFUSED, case: 'not-covered', severity: 'low', plan, eventId, docs: notCovered.docs };
  }
  const { denial } = event;
  const { id, decision } = firstCaseFor(denial, organization);
  const own = isOurs(denial.caller.principal, organization);
  return {
    case: id,
    ...judged(denial, decision, own, organization),
    denial,
    eventId: denial.eventId,
    incidentKey: incidentKeyOf(id, denial),
    docs: docsOf(id, denial),
    own,
  };
}

/** The refusal was wanted: it shows that the rules, the bus, the queue and the responder work. */
const CANARY_CAME_BACK: Decision = {
  severity: 'low',
  plan: { kind: 'ignore', reason: "Trailmend's canary was refused, as it should be: the way of an event is whole" },
};

/** What becomes of a case's decision when it is known who was refused, and how far the event is to be believed. */
function judged(denial: Denial, decision: Decision, own: boolean, { canaryRole }: Organization): Decision {
  if (isCanary(denial, canaryRole)) {
    return CANARY_CAME_BACK;
  }
  return own ? ownRefusal(denial) : tempered(denial, doubted(denial, decision));
}

/** Whether the responder or the probe called. */
function isOurs(principal: string | null, { responderRole, probeRole }: Organization): boolean {
  return principal !== null && (principal === responderRole || principal === probeRole);
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

/** An event whose envelope and record name different accounts is told, but nothing is changed because of it. */
function doubted(denial: Denial, decision: Decision): Decision {
  if (denial.trusted || decision.plan.kind !== 'create-service-linked-role') {
    return decision;
  }
  const reason = "the record's account differs from the envelope's, so it is told and nothing is changed";
  return { severity: decision.severity, plan: { kind: 'notify', reason } };
}

/** Nobody is paged because an AWS service was refused on its own behalf. */
function tempered(denial: Denial, decision: Decision): Decision {
  // CloudTrail's own codes say what its caller lacks, whoever that is; every other refusal is the service's own affair.
  const affectsPeople = decision.plan.kind === 'create-service-linked-role' && denial.service === 'cloudtrail';
  if (decision.plan.kind !== 'ignore' && !affectsPeople && isServiceOnItsOwn(denial)) {
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
function incidentKeyOf(id: CaseId, denial: Denial): string {
  const { account, caller } = denial;
  const reason = reasonOf(denial);
  const cause =
    reason.effect === 'explicit-deny' && reason.policyArn !== null
      ? [id, reason.policyArn]
      : [id, account, caller.principal, reason.layer];
  return hash('sha256', JSON.stringify(cause), 'hex').slice(0, 12);
}

function docsOf(id: CaseId, denial: Denial): string {
  const found: Case | undefined = CASES.find((candidate) => candidate.id === id);
  return found?.docsFor?.(denial) ?? found?.docs ?? '';
}

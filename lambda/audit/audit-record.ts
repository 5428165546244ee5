import type { Finding } from '../classify';
import type { Denial } from '../denial/denial';
import type { Effect, Layer } from '../denial/parse-message';
import { reasonOf } from '../explain/reason';
import type { Plan, PlanKind } from '../plan/plan';
import type { CallError, RoleOutcome, Standing } from '../plan/remediation';
import { type CommonRecord, commonOf, type Work } from './common-record';
import { recordable } from './recordable';

/**
 * How the plan ended. `notified`: this event was told at once; `grouped`: its incident tells of it; `suppressed`: a setting
 * or a mute leaves it to the daily digest; `duplicate`: it was finished before. `failed` means a step threw: the message is
 * delivered again.
 */
export type OutcomeKind =
  | 'ignored'
  | 'malformed'
  | 'notified'
  | 'grouped'
  | 'suppressed'
  | 'duplicate'
  | 'observed'
  | 'created'
  | 'already-present'
  | 'probe-failed'
  | 'create-failed'
  | 'failed';

/** What a role's outcome rests on: what GetRole showed the last time. */
type Verification = {
  /** Name of the role. */
  readonly role: string;
  readonly outcome: RoleOutcome['kind'];
  /** Null when GetRole gave no answer. */
  readonly shown: boolean | null;
  /** When the role came into being, ISO 8601; null when it was not shown, or IAM does not say. */
  readonly createdAt: string | null;
  /** Number of the look, from 1, the one before a creation included; null without an answer. */
  readonly look: number | null;
  /** Why the role could not be looked at or created; null when it could. */
  readonly error: AwsError | null;
};

/** AWS's error code and message. */
type AwsError = Pick<CallError, 'name' | 'message'>;

/**
 * One line of the function's log group per delivery of an event: what came, what it was found to be, what was planned, which
 * AWS calls were made and how it ended. The last one is also kept in the event's item of the table.
 */
export type AuditRecord = CommonRecord & {
  readonly kind: 'event';
  /** How long the message had been in the queue when it was received, earlier deliveries included. */
  readonly queuedMs: number;
  /** What the event is known by, equal for all copies of it: `eventId` of a denial; null when the message had none. */
  readonly eventId: string | null;
  /** CloudTrail's `eventID` of this very copy; null when the event is no denial. */
  readonly recordId: string | null;
  /** When the call was made, ISO 8601. */
  readonly eventTime: string | null;
  /** Case id; `not-covered` also when the event is no denial. */
  readonly case: string;
  readonly severity: 'high' | 'medium' | 'low' | null;
  readonly incidentKey: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly principal: string | null;
  readonly action: string | null;
  readonly resource: string | null;
  readonly errorCode: string | null;
  /** Which kind of policy refused the call, and how; null when the event is no denial. */
  readonly layer: Layer | null;
  readonly effect: Effect | null;
  readonly policyArn: string | null;
  /** False when the envelope's account differs from the record's. */
  readonly trusted: boolean;
  /** Whether Trailmend's own role was refused. */
  readonly own: boolean;
  /** `roles`: names of the roles to ensure, in a plan that has any. */
  readonly plan: { readonly kind: PlanKind; readonly reason: string; readonly roles?: readonly string[] };
  readonly outcome: OutcomeKind;
  /** Whether the message is to be delivered again, so that this is not the end. */
  readonly again: boolean;
  /** How often the message is delivered at most. */
  readonly maxReceiveCount: number;
  /** One sentence: what happened, or the error that failed the delivery. */
  readonly detail: string;
  /** One for each role that was ensured, in this delivery or an earlier one. */
  readonly verification: readonly Verification[];
  /** Where the organization stood when the notice about a role was written; null when none was, or in an earlier delivery. */
  readonly standing: (Omit<Standing, 'errors'> & { readonly errors: readonly AwsError[] }) | null;
  /** SNS message id of the notice; null when none was sent. */
  readonly noticeId: string | null;
};

/** What one delivery came to. */
type Delivered = Work & {
  readonly message: { readonly sentAt: number };
  readonly finding: Finding;
  readonly roles: readonly RoleOutcome[];
  readonly standing: Standing | null;
  /** How often the message is delivered at most. */
  readonly deliveries: number;
  readonly outcome: OutcomeKind;
  readonly detail: string;
  readonly noticeId: string | null;
  readonly again: boolean;
};

/** The record of one delivery. */
export function auditRecordOf({ finding, roles, outcome, again, detail, noticeId, ...work }: Delivered): AuditRecord {
  const { denial, plan } = finding;
  const { standing, deliveries } = work;
  return {
    kind: 'event',
    ...commonOf(work),
    queuedMs: Math.max(0, work.began - work.message.sentAt),
    eventId: recordable(finding.eventId),
    recordId: recordable(denial?.recordId ?? null),
    case: finding.case,
    severity: denial && finding.severity,
    incidentKey: finding.incidentKey,
    ...factsOf(denial),
    own: finding.own,
    plan: planOf(plan),
    outcome,
    again,
    maxReceiveCount: deliveries,
    detail: recordable(detail),
    verification: roles.map(verificationOf),
    standing: standing && { ...standing, errors: standing.errors.map(errorOf) },
    noticeId,
  };
}

function factsOf(denial: Denial | null) {
  const reason = denial && reasonOf(denial);
  return {
    eventTime: isoOf(denial?.time ?? null),
    account: denial?.account ?? null,
    region: denial?.region ?? null,
    principal: recordable(denial?.caller.principal ?? null),
    action: recordable(denial?.action ?? null),
    resource: recordable(denial?.resource ?? null),
    errorCode: recordable(denial?.errorCode ?? null),
    layer: reason?.layer ?? null,
    effect: reason?.effect ?? null,
    policyArn: recordable(reason?.policyArn ?? null),
    trusted: denial?.trusted ?? true,
  };
}

function planOf(plan: Plan): AuditRecord['plan'] {
  const { kind } = plan;
  const reason = recordable(plan.reason);
  return 'roles' in plan ? { kind, reason, roles: plan.roles.map(({ name }) => name) } : { kind, reason };
}

function verificationOf({ role, kind, seen, ...rest }: RoleOutcome): Verification {
  const { shown = null, createdAt = null, look = null } = seen ?? {};
  const error = 'error' in rest ? errorOf(rest.error) : null;
  return { role: role.name, outcome: kind, shown, createdAt, look, error };
}

function errorOf({ name, message }: CallError): AwsError {
  return { name, message: recordable(message) };
}

/** A time as AWS writes it; null for anything else. */
function isoOf(text: string | null): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

import type { Finding } from '../classify';
import type { Plan } from '../plan/plan';

/** Version of {@link AuditRecord}; raised when a field changes its meaning or goes away. */
export const AUDIT_SCHEMA = 'trailmend.audit/1';

/** One AWS call that was made for an event, as the SDK reports it. */
export type Call = {
  readonly service: string;
  readonly operation: string;
  readonly requestId: string | null;
  /** `ok`, or the error's name. */
  readonly outcome: string;
  /** How often the SDK tried. */
  readonly attempts: number;
};

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

/**
 * One line of the function's log group per delivery: what came, what it was found to be, what was planned, which AWS
 * calls were made and how it ended. Never holds the event itself.
 */
export type AuditRecord = {
  readonly schema: typeof AUDIT_SCHEMA;
  /** When the delivery was finished, ISO 8601. */
  readonly time: string;
  readonly messageId: string;
  /** Number of this delivery of the message, from 1. */
  readonly receiveCount: number;
  /** CloudTrail's `sharedEventID`, else `eventID`; null when the message had neither. */
  readonly eventId: string | null;
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
  /** False when the envelope's account differs from the record's. */
  readonly trusted: boolean;
  readonly plan: Plan;
  readonly outcome: OutcomeKind;
  /** One sentence: what happened, or the error that failed the delivery. */
  readonly detail: string;
  readonly calls: readonly Call[];
  /** SNS message id of the notice; null when none was sent. */
  readonly noticeId: string | null;
  readonly durationMs: number;
};

/** What one delivery came to. */
type Delivered = {
  readonly message: { readonly id: string; readonly delivery: number };
  readonly finding: Finding;
  readonly outcome: OutcomeKind;
  readonly detail: string;
  readonly noticeId: string | null;
  readonly calls: readonly Call[];
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
};

/** The record of one delivery. */
export function auditRecordOf({
  message,
  finding,
  outcome,
  detail,
  noticeId,
  calls,
  began,
  ended,
}: Delivered): AuditRecord {
  const { denial } = finding;
  return {
    schema: AUDIT_SCHEMA,
    time: new Date(ended).toISOString(),
    messageId: message.id,
    receiveCount: message.delivery,
    eventId: finding.eventId,
    case: finding.case,
    severity: denial && finding.severity,
    incidentKey: finding.incidentKey,
    account: denial?.account ?? null,
    region: denial?.region ?? null,
    principal: denial?.caller.principal ?? null,
    action: denial?.action ?? null,
    resource: denial?.resource ?? null,
    errorCode: denial?.errorCode ?? null,
    trusted: denial?.trusted ?? true,
    plan: finding.plan,
    outcome,
    detail,
    calls,
    noticeId,
    durationMs: ended - began,
  };
}

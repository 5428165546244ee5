import { CANARY_TRAIL } from '../health/canary';
import type { AuditLine } from './audit-line';
import type { AuditRecord } from './audit-record';
import type { Call } from './call';
import type { ProbeRecord } from './probe-record';

/** CloudWatch namespace of Trailmend's metrics. */
export const METRIC_NAMESPACE = 'Trailmend';

/** Dimensions of the metrics that have any. None is the account: a metric of each would cost more than all else here. */
export const METRIC_DIMENSIONS = ['case', 'planKind', 'outcome'] as const;

/**
 * Trailmend's metrics by name. Each is published for everything together; those `byCase` also by {@link METRIC_DIMENSIONS}.
 * `docs/observability.md` says of each when it is published.
 */
export const METRICS = {
  /** Refused calls that were answered for good. */
  Denials: { unit: 'Count', byCase: true },
  /** Notices that SNS took. */
  Notices: { unit: 'Count', byCase: true },
  /** Denials that a setting or a mute keeps from being told. */
  Suppressed: { unit: 'Count', byCase: true },
  /** Messages that are no CloudTrail record. */
  Malformed: { unit: 'Count', byCase: true },
  /** From the refused call (`eventTime`) to the end of its answer. */
  TimeToOutcome: { unit: 'Milliseconds', byCase: true },
  /** Age of a message when it was received in its batch; the maximum is the age of the oldest. */
  BatchAge: { unit: 'Milliseconds', byCase: false },
  /** Sweeps that did not fail: the heartbeat. */
  Sweeps: { unit: 'Count', byCase: false },
  /** Runs of the probe that came to their end, well or not: its heartbeat. */
  Probes: { unit: 'Count', byCase: false },
  /** Runs of the probe in which a step failed. */
  FailedProbes: { unit: 'Count', byCase: false },
  /** Canaries that came back: their refused calls reached the responder. */
  Canaries: { unit: 'Count', byCase: false },
  /** Checks that failed, each time that all are made. */
  FailedChecks: { unit: 'Count', byCase: false },
  /** Checks that could not be made, each time that all are made. */
  UncheckedChecks: { unit: 'Count', byCase: false },
  /** Deliveries, of events and for sweeps, that failed and come again. */
  FailedDeliveries: { unit: 'Count', byCase: false },
  /** Messages, to chat too, that SNS did not take. */
  FailedNotices: { unit: 'Count', byCase: false },
  /** Tries to ensure a role that failed. */
  FailedRoles: { unit: 'Count', byCase: false },
  /** Calls of Trailmend itself that AWS refused, as AWS answered and again as CloudTrail recorded it. */
  OwnRefusals: { unit: 'Count', byCase: false },
} as const;

/** Name of one of {@link METRICS}. */
export type MetricName = keyof typeof METRICS;

/** What a line adds to the metrics: nothing to those that it does not name. */
export type MetricValues = Readonly<Partial<Record<MetricName, number>>>;

type Counts = Partial<Record<MetricName, number | null>>;

/** The metrics that a line of the audit log publishes. */
export function metricsOf(line: AuditLine): MetricValues {
  const own = line.kind === 'event' && line.own ? 1 : 0;
  const values: Counts = {
    ...countsOf(line),
    FailedNotices: unsentIn(line.calls) || null,
    OwnRefusals: refusedIn(line.calls) + own || null,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function countsOf(line: AuditLine): Counts {
  switch (line.kind) {
    case 'event':
      return { BatchAge: line.queuedMs, FailedDeliveries: one(line.outcome === 'failed'), ...countsOfEvent(line) };
    case 'notice':
      return { Notices: one(line.noticeId !== null) };
    case 'sweep':
      return {
        BatchAge: line.queuedMs,
        Sweeps: one(line.outcome !== 'failed'),
        FailedDeliveries: one(line.outcome === 'failed'),
      };
    case 'probe':
      return countsOfProbe(line);
  }
}

function countsOfProbe({ outcome, checks, role }: ProbeRecord): Counts {
  return {
    Probes: one(outcome === 'done' || outcome === 'failed'),
    FailedProbes: one(outcome === 'failed' || outcome === 'broken-off'),
    FailedChecks: checks?.failed ?? null,
    UncheckedChecks: checks?.notChecked ?? null,
    FailedRoles: one(role?.outcome === 'create-failed' || role?.outcome === 'probe-failed'),
  };
}

function countsOfEvent(record: AuditRecord): Counts {
  const { outcome, again, incidentKey, eventTime, time, noticeId } = record;
  const isAnswered = incidentKey !== null && !again && outcome !== 'duplicate';
  return {
    Denials: one(isAnswered),
    TimeToOutcome: isAnswered && eventTime !== null ? Math.max(0, Date.parse(time) - Date.parse(eventTime)) : null,
    Suppressed: one(outcome === 'suppressed'),
    Malformed: one(outcome === 'malformed'),
    Canaries: one(isCanary(record)),
    Notices: one(noticeId !== null),
    FailedRoles: one(outcome === 'create-failed' || outcome === 'probe-failed'),
  };
}

/** Only the canary's own refusal is ignored; what others are refused on that trail is not. */
function isCanary({ outcome, resource }: AuditRecord): boolean {
  return outcome === 'ignored' && resource?.endsWith(`:trail/${CANARY_TRAIL}`) === true;
}

/** A subject that SNS refuses is sent again at once, in ASCII; a notice that it refuses for good fails the delivery. */
function unsentIn(calls: readonly Call[]): number {
  const isSent = (outcome: string) => outcome === 'ok' || outcome === 'InvalidParameterException';
  return calls.filter(({ service, outcome }) => service === 'sns' && !isSent(outcome)).length;
}

function refusedIn(calls: readonly Call[]): number {
  return calls.filter(({ outcome }) => /AccessDenied|AuthorizationError/.test(outcome)).length;
}

function one(is: boolean): 1 | null {
  return is ? 1 : null;
}

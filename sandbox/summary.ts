import type { AuditRecord } from '../lambda/audit/audit-record';
import { recordIdOf } from './eventbridge/envelope';
import type { Sandbox } from './sandbox';

/** What a run came to; the last line of `--json`. `events` = `ignored` + events acted on + events lost. */
export type Summary = {
  /** Events that the sandbox sent: of the scenario or of `--events`, and records of calls that people made meanwhile. */
  readonly events: number;
  /** Events that were audited as a denial, covered or not. */
  readonly denials: number;
  /** Events that asked for nothing: no rule is meant to hear them, or the plan was to ignore them. */
  readonly ignored: number;
  /** Distinct incidents that Trailmend did something about. */
  readonly incidents: number;
  /** Messages that the topic took. */
  readonly notices: number;
  /** Of those, with severity high. */
  readonly noticesHigh: number;
  /** Service-linked roles that came into being. */
  readonly rolesCreated: number;
  /** Failures, see {@link failuresOf}. */
  readonly failed: number;
  /** Duration of the whole run. */
  readonly ms: number;
};

/** Sums up a run that took `ms` milliseconds. */
export function summarize(sandbox: Sandbox, ms: number): Summary {
  const { journal, organization } = sandbox;
  const finals = [...finalRecords(sandbox).values()];
  const acted = finals.filter(({ plan }) => plan.kind !== 'ignore');
  const events = journal.of('event');
  const notices = journal.of('notice').map(({ notice }) => notice);
  return {
    events: events.length,
    denials: finals.filter(({ incidentKey }) => incidentKey !== null).length,
    ignored:
      events.filter(({ isMeant }) => !isMeant).length + finals.filter(({ plan }) => plan.kind === 'ignore').length,
    incidents: new Set(acted.map(({ incidentKey }) => incidentKey)).size,
    notices: notices.length,
    noticesHigh: notices.filter(({ attributes }) => attributes.severity === 'high').length,
    rolesCreated: organization.roles.size,
    failed: failuresOf(sandbox).length,
    ms,
  };
}

/**
 * Everything that went wrong, one sentence each: an event that should have been heard and has no audit record, or one of
 * another event; a hop that was not allowed; a dead letter; a failed invocation whose messages were never handled after
 * all; a call that the function may not make; anything that cannot work in the deployment.
 */
export function failuresOf(sandbox: Sandbox): string[] {
  const { journal } = sandbox;
  const finals = finalRecords(sandbox);
  const unheard = journal.of('event').flatMap(({ envelope, isMeant }) => {
    const record = finals.get(envelope.id);
    if (!isMeant) return record ? [`event ${envelope.id} was handled, though nobody needs to hear of it`] : [];
    if (!record) return [`event ${envelope.id} has no audit record`];
    const wrongId = record.eventId !== recordIdOf(envelope) && record.outcome !== 'malformed';
    if (wrongId) return [`event ${envelope.id} is audited as ${record.eventId}`];
    return record.outcome === 'failed' ? [`event ${envelope.id} failed: ${record.detail.split('\n', 1)}`] : [];
  });
  const refused = journal.of('call').filter(({ outcome, isFault }) => !isFault && isRefusal(outcome));
  return [
    ...unheard,
    ...journal.of('undelivered').map(({ envelopeId, where, reason }) => `event ${envelopeId}, ${where}: ${reason}`),
    ...journal.of('dead-lettered').map(({ messageId }) => `message ${messageId} is in a dead-letter queue`),
    ...new Set(refused.map(({ call, message }) => `the function may not call ${call}: ${message}`)),
    ...journal.of('defect').map(({ text }) => text),
  ];
}

/** The last audit record of each event, by the id of its envelope. */
export function finalRecords({ journal }: Pick<Sandbox, 'journal'>): Map<string, AuditRecord> {
  const envelopes = new Map(journal.of('queued').map(({ messageId, envelopeId }) => [messageId, envelopeId]));
  const records = journal.of('audit').map(({ record }) => [envelopes.get(record.messageId) ?? '', record] as const);
  return new Map(records);
}

function isRefusal(code: string): boolean {
  return /AccessDenied|AuthorizationError/.test(code);
}

import { auditMistake } from './audit-schema';
import type { Item } from './dynamodb/attribute-value';
import { recordIdOf } from './eventbridge/envelope';
import { finalRecords } from './final-records';
import { differencesFrom } from './ledger';
import type { Sandbox } from './sandbox';

/** What a run came to; the last line of `--json`. `events` = `ignored` + events acted on + events lost. */
export type Summary = {
  /**
   * Events that the sandbox sent: of the scenario or of `--events`, and records of calls that people made meanwhile. The
   * canary's calls are left out of all numbers but `failed`.
   */
  readonly events: number;
  /** Events that were audited as a denial, covered or not. */
  readonly denials: number;
  /** Events that asked for nothing: no rule is meant to hear them, or the plan was to ignore them. */
  readonly ignored: number;
  /** Incidents in the table. */
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

/** Sums up a run that took `ms` milliseconds and left these items in the table. */
export function summarize(sandbox: Sandbox, items: readonly Item[], ms: number): Summary {
  const { journal, organization } = sandbox;
  const finals = finalRecords(sandbox);
  const events = journal.of('event').filter(({ isOwn }) => !isOwn);
  const notices = journal.of('notice').map(({ notice }) => notice);
  return {
    events: events.length,
    denials: events.filter(({ envelope }) => Boolean(finals.get(envelope.id)?.incidentKey)).length,
    ignored: events.filter(({ envelope, isMeant }) => !isMeant || finals.get(envelope.id)?.plan.kind === 'ignore')
      .length,
    incidents: items.filter(({ sk }) => sk === 'incident').length,
    notices: notices.length,
    noticesHigh: notices.filter(({ attributes }) => attributes.severity === 'high').length,
    rolesCreated: organization.roles.size,
    failed: failuresOf(sandbox, items).length,
    ms,
  };
}

/**
 * Everything that went wrong, one sentence each: an event that should have been heard and has no audit record, or one of
 * another event; a record that is not as its schema says; a difference between what was sent and what the table counts; a
 * hop that was not allowed; a dead letter; a failed invocation whose messages were never handled after all; a call that the
 * function may not make; anything that cannot work in the deployment.
 */
export function failuresOf(sandbox: Sandbox, items: readonly Item[]): string[] {
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
    ...new Set(mistakenLines(sandbox)),
    ...differencesFrom(sandbox, items),
    ...journal.of('undelivered').map(({ envelopeId, where, reason }) => `event ${envelopeId}, ${where}: ${reason}`),
    ...deadLetters(sandbox).map((messageId) => `message ${messageId} is in a dead-letter queue`),
    ...new Set(refused.map(({ call, message }) => `the function may not call ${call}: ${message}`)),
    ...journal.of('defect').map(({ text }) => text),
  ];
}

function mistakenLines({ journal }: Sandbox): string[] {
  const kinds = ['audit', 'notice-audit', 'sweep-audit', 'probe-audit'] as const;
  const lines = kinds.flatMap((kind) => journal.of(kind) as { record: { kind: string } }[]);
  return lines.flatMap(({ record }) => {
    const mistake = auditMistake(record);
    return mistake === null ? [] : [`an audit record of kind ${record.kind} is not as its schema says: ${mistake}`];
  });
}

/** What is still in a dead-letter queue. */
function deadLetters({ deployment, journal }: Sandbox): string[] {
  const kept = [...deployment.queues.values()].flatMap(({ messageIds }) => messageIds);
  const moved = journal.of('dead-lettered').map(({ messageId }) => messageId);
  return moved.filter((messageId) => kept.includes(messageId));
}

function isRefusal(code: string): boolean {
  return /AccessDenied|AuthorizationError/.test(code);
}

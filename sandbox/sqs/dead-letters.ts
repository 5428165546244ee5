import type { Deployment } from '../cloudformation/deployment';
import type { Journal } from '../journal';

/** Writes down which messages have come into queues that no function reads. */
export function noteDeadLetters({ queues, mappings }: Deployment, journal: Journal): void {
  const noted = journal.of('dead-lettered').map(({ messageId }) => messageId);
  const readBy = mappings.map(({ queueArn }) => queueArn);
  for (const [arn, { messageIds }] of queues) {
    const fresh = readBy.includes(arn) ? [] : messageIds.filter((id) => !noted.includes(id));
    for (const messageId of fresh) journal.add({ kind: 'dead-lettered', messageId });
  }
}

/** Moves every dead letter back to the queue that it came from. */
export function redriveAll({ queues }: Deployment, journal: Journal): void {
  const envelopes = new Map(journal.of('queued').map((entry) => [entry.messageId, entry.envelopeId]));
  for (const source of queues.values()) {
    const moved = source.settings.redrive?.deadLetters.redriveTo(source) ?? new Map<string, string>();
    for (const [old, messageId] of moved) {
      journal.add({ kind: 'queued', envelopeId: envelopes.get(old) ?? '', messageId });
    }
  }
}

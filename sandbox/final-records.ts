import type { AuditRecord } from '../lambda/audit/audit-record';
import type { Sandbox } from './sandbox';

/** The audit record that each event ends with, by the id of its envelope. That a copy came later is not its end. */
export function finalRecords({ journal }: Pick<Sandbox, 'journal'>): Map<string, AuditRecord> {
  const envelopes = new Map(journal.of('queued').map(({ messageId, envelopeId }) => [messageId, envelopeId]));
  const finals = new Map<string, AuditRecord>();
  for (const { record } of journal.of('audit')) {
    const id = envelopes.get(record.messageId) ?? '';
    const before = finals.get(id);
    if (!before || before.outcome === 'failed' || record.outcome !== 'duplicate') finals.set(id, record);
  }
  return finals;
}

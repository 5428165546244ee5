import { AUDIT_SCHEMA, type AuditRecord } from '../../lambda/audit/audit-record';
import type { Journal } from '../journal';

/** The log group of a function: splits what it writes into lines and finds the audit records among them. */
export class LogGroup {
  #rest = '';

  constructor(
    private readonly journal: Journal,
    /** Whether the function's role may write here. Without the right Lambda drops every line silently. */
    private readonly isWritable: boolean,
  ) {}

  /** Takes what the function wrote, whole lines or parts of them. */
  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (!this.isWritable) return;
    for (const line of lines.filter(Boolean)) {
      const record = auditRecordIn(line);
      this.journal.add(record ? { kind: 'audit', record } : { kind: 'log', line });
    }
  }
}

function auditRecordIn(line: string): AuditRecord | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(line);
    return isAuditRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isAuditRecord(value: unknown): value is AuditRecord {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === AUDIT_SCHEMA;
}

import type { AuditLine } from '../../lambda/audit/audit-line';
import { AUDIT_SCHEMA } from '../../lambda/audit/common-record';
import type { Happening, Journal } from '../journal';

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
      const record = auditLineIn(line);
      this.journal.add(record ? happeningOf(record) : { kind: 'log', line });
    }
  }
}

function happeningOf(record: AuditLine): Happening {
  switch (record.kind) {
    case 'event':
      return { kind: 'audit', record };
    case 'notice':
      return { kind: 'notice-audit', record };
    case 'sweep':
      return { kind: 'sweep-audit', record };
    case 'probe':
      return { kind: 'probe-audit', record };
  }
}

function auditLineIn(line: string): AuditLine | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(line);
    return isAuditLine(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isAuditLine(value: unknown): value is AuditLine {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === AUDIT_SCHEMA;
}

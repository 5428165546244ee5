import type { AuditRecord } from './audit-record';
import type { NoticeRecord } from './notice-record';
import type { SweepRecord } from './sweep-record';

/** One line of the audit log: what became of an event, of a notice that a sweep sent, or of a sweep. */
export type AuditLine = AuditRecord | NoticeRecord | SweepRecord;

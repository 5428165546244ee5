import type { AuditRecord } from './audit-record';
import type { NoticeRecord } from './notice-record';
import type { ProbeRecord } from './probe-record';
import type { SweepRecord } from './sweep-record';

/** One line of an audit log: what became of an event, of a notice that a sweep or the probe sent, of a sweep, or of a run of the probe. */
export type AuditLine = AuditRecord | NoticeRecord | SweepRecord | ProbeRecord;

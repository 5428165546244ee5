import type { Notice } from '../notice/notice';
import { type CommonRecord, commonOf, type Work } from './common-record';
import { recordable } from './recordable';

/**
 * One line per notice that a sweep or the probe sends or fails to send. What an event tells at once stands in the event's own record.
 */
export type NoticeRecord = CommonRecord & {
  readonly kind: 'notice';
  /** Where it is in the table: `digest#2026-11-02T03:04:05.000Z`, as the incidents list it. */
  readonly notice: string;
  /** SNS message id; null when SNS did not take it. */
  readonly noticeId: string | null;
  /** Incidents that it tells of. */
  readonly incidentKeys: readonly string[];
  /** Case, plan and severity of the incident; of the gravest one when there are several. */
  readonly case: string;
  readonly planKind: string;
  readonly severity: string;
  readonly outcome: 'notified' | 'failed';
  /** The subject, or the error. */
  readonly detail: string;
};

/** What sending a notice came to. `error` is null when it was sent and noted. */
type Sent = Work & {
  readonly id: string;
  readonly notice: Notice;
  readonly noticeId: string | null;
  readonly error: string | null;
};

/** The record of one notice. */
export function noticeRecordOf({ id, notice, noticeId, error, ...work }: Sent): NoticeRecord {
  const { attributes, json, subject } = notice;
  return {
    kind: 'notice',
    ...commonOf(work),
    notice: id,
    noticeId,
    incidentKeys: incidentsIn(json),
    case: attributes.case,
    planKind: attributes.plan,
    severity: attributes.severity,
    outcome: error === null ? 'notified' : 'failed',
    detail: recordable(error ?? subject),
  };
}

/** One incident, or those of a digest; none of a notice about Trailmend's own health. */
function incidentsIn({ incidentKey, incidents, kind }: Notice['json']): string[] {
  if (kind === 'health') {
    return [];
  }
  const rows = incidents ?? [{ incidentKey }];
  return rows.flatMap((row) => ('incidentKey' in row && typeof row.incidentKey === 'string' ? [row.incidentKey] : []));
}

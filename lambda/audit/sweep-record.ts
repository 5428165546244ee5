import { type CommonRecord, commonOf, type Work } from './common-record';
import { recordable } from './recordable';

/** What a sweep came to. */
export type Swept = {
  /** `idle`: nothing was due; `busy`: another sweep was at it; `failed`: some steps did, and stay due. */
  readonly outcome: 'idle' | 'busy' | 'done' | 'failed';
  /** One sentence: what was done, or the errors. */
  readonly detail: string;
  /** Incidents and notices that were due; null when it failed. */
  readonly due: number | null;
};

/** One line per sweep, also when it found nothing to do: its heartbeat. The calls of its notices stand in their records. */
export type SweepRecord = CommonRecord &
  Swept & {
    readonly kind: 'sweep';
    /** How long the message had been in the queue. */
    readonly queuedMs: number;
    /** Whether the message is to be delivered again. */
    readonly again: boolean;
  };

/** The record of one sweep. */
export function sweepRecordOf({
  outcome,
  detail,
  due,
  ...work
}: Work & Swept & { readonly message: { readonly sentAt: number } }): SweepRecord {
  return {
    kind: 'sweep',
    ...commonOf(work),
    queuedMs: Math.max(0, work.began - work.message.sentAt),
    outcome,
    again: outcome === 'failed',
    detail: recordable(detail),
    due,
  };
}

import type { AuditRecord } from '../lambda/audit/audit-record';
import type { NoticeRecord } from '../lambda/audit/notice-record';
import type { ProbeRecord } from '../lambda/audit/probe-record';
import type { SweepRecord } from '../lambda/audit/sweep-record';
import type { Clock } from './clock';
import type { Notice } from './endpoint/notice';
import type { Envelope } from './eventbridge/envelope';
import type { Place } from './organization/place';

/** One thing that happened in the local organization. */
export type Happening =
  /** A story begins. */
  | { readonly kind: 'scene'; readonly title: string }
  /** Something about people or the organization that no event tells. */
  | { readonly kind: 'remark'; readonly text: string }
  /**
   * The sandbox sent an event. `isMeant`: Trailmend is meant to hear it. `cause`: which incident it belongs to. `isOwn`: a
   * role that Trailmend itself put on made the call, its canary.
   */
  | {
      readonly kind: 'event';
      readonly envelope: Envelope;
      readonly isMeant: boolean;
      readonly cause?: string;
      readonly isOwn?: boolean;
    }
  /** CloudTrail recorded a call that no trail logs, so EventBridge never gets it. */
  | { readonly kind: 'unlogged'; readonly envelope: Envelope }
  /** A forwarder of another account or Region sent an event on to the hub. */
  | { readonly kind: 'forwarded'; readonly envelopeId: string; readonly from: Place }
  | { readonly kind: 'queued'; readonly envelopeId: string; readonly messageId: string }
  /** A hop was not allowed, so the event got lost or into a dead-letter queue. */
  | { readonly kind: 'undelivered'; readonly envelopeId: string; readonly where: string; readonly reason: string }
  | { readonly kind: 'dead-lettered'; readonly messageId: string }
  /** The function wrote an audit record to its log group: of an event, of a notice that a sweep sent, of a sweep. */
  | { readonly kind: 'audit'; readonly record: AuditRecord }
  | { readonly kind: 'notice-audit'; readonly record: NoticeRecord }
  | { readonly kind: 'sweep-audit'; readonly record: SweepRecord }
  /** The probe wrote what it looked at and did. */
  | { readonly kind: 'probe-audit'; readonly record: ProbeRecord }
  /** The function wrote something else to its log group, or Lambda did. */
  | { readonly kind: 'log'; readonly line: string }
  /** A whole invocation failed: it threw, ran too long, or its process ended. */
  | { readonly kind: 'function-failed'; readonly messageIds: readonly string[]; readonly reason: string }
  /** The function called AWS. `isFault`: the answer was made to fail with `--fail`. */
  | {
      readonly kind: 'call';
      readonly call: string;
      readonly outcome: string;
      readonly isFault: boolean;
      readonly message: string;
    }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** Something of the deployment that cannot work whatever the events are. */
  | { readonly kind: 'defect'; readonly text: string };

/** A happening and its time, in milliseconds since 1970. */
export type Entry = Happening & { readonly at: number };

/** Everything that happened, in order. The timeline, the JSON lines and the summary are read from it. */
export class Journal {
  readonly entries: Entry[] = [];

  constructor(private readonly clock: Clock) {}

  /** Writes down what happens now. */
  add(happening: Happening): void {
    this.entries.push({ ...happening, at: this.clock.now() });
  }

  /** The entries of one kind. */
  of<Kind extends Happening['kind']>(kind: Kind): Extract<Entry, { kind: Kind }>[] {
    return this.entries.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);
  }
}

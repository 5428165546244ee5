import type { Tampering, Trigger } from '../health/trigger';
import type { RoleOutcome } from '../plan/remediation';
import { type CommonRecord, commonOf, type Work } from './common-record';
import { recordable } from './recordable';

/** What a run of the probe came to. */
export type Probed = {
  /**
   * `busy`: another run was at it; `recorded`: a deployment changed a resource, and that is all; `failed`: some steps did;
   * `broken-off`: its state could not be read or kept, so that it comes again.
   */
  readonly outcome: 'done' | 'busy' | 'recorded' | 'failed' | 'broken-off';
  /** One sentence: what was done, or the errors. */
  readonly detail: string;
  /** How many checks came to what; null when none were made. */
  readonly checks: {
    readonly ok: number;
    readonly failed: number;
    /** Not well, and no failure yet: just after a deployment they may still come. */
    readonly settling: number;
    readonly notChecked: number;
  } | null;
  /** Checks that failed and are not settling, with their subjects: `trail 111122223333 eu-west-1`. */
  readonly failed: readonly string[];
  /** Health incidents by check and subject. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** What became of the role that was missing; null when none was, or nobody needs it yet. */
  readonly role: RoleOutcome | null;
  /** Regions in which the canary called. */
  readonly canaries: readonly string[];
  /** Refused calls found in event histories; null when a trail logs everywhere. */
  readonly polled: number | null;
  /** SNS message ids. */
  readonly noticeIds: readonly string[];
};

/** One line per run of the probe: its heartbeat. The calls of its notices stand in their records. */
export type ProbeRecord = CommonRecord &
  Omit<Probed, 'role'> & {
    readonly kind: 'probe';
    readonly trigger: Trigger['kind'];
    readonly role: { readonly role: string; readonly outcome: RoleOutcome['kind'] } | null;
    /** Who changed one of Trailmend's own resources; null when that is not why it ran. */
    readonly tampering: Tampering | null;
  };

/** The record of one run. */
export function probeRecordOf({ trigger, role, ...rest }: Work & Probed & { readonly trigger: Trigger }): ProbeRecord {
  const { message, calls, began, ended, detail, ...probed } = rest;
  return {
    kind: 'probe',
    ...commonOf({ message, calls, began, ended }),
    trigger: trigger.kind,
    ...probed,
    detail: recordable(detail),
    role: role && { role: role.role.name, outcome: role.kind },
    tampering: trigger.kind === 'tampering' ? recordableChange(trigger.tampering) : null,
  };
}

function recordableChange(change: Tampering): Tampering {
  const texts = Object.entries(change).map(([name, value]) => [
    name,
    typeof value === 'string' ? recordable(value) : value,
  ]);
  return Object.fromEntries(texts) as Tampering;
}

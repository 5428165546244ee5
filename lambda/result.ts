import type { OutcomeKind } from './audit/audit-record';
import { detailOf } from './aws/call-error';
import { gravest, mayYetSucceed, type RoleOutcome } from './plan/remediation';

/** What a delivery came to. `again` asks the queue to deliver the message once more. */
export type Result = {
  readonly outcome: OutcomeKind;
  readonly detail: string;
  readonly noticeId: string | null;
  readonly again: boolean;
};

/** The result of a finding that was carried out. */
export function carriedOut(
  reason: string,
  roles: readonly RoleOutcome[] | null,
  told: { readonly noticeId: string } | null,
  silenced: string | null,
): Result {
  const noticeId = told?.noticeId ?? null;
  const why = silenced === null || told !== null ? '' : `; no notice: ${silenced}`;
  if (roles !== null) {
    const kind = gravest(roles);
    const outcome = kind === 'would-create' ? 'observed' : kind;
    return { outcome, detail: roles.map(describe).join('; ') + why, noticeId, again: mayYetSucceed(roles) };
  }
  const untold = silenced === null ? 'grouped' : 'suppressed';
  return { outcome: told ? 'notified' : untold, detail: reason + why, noticeId, again: false };
}

function describe(outcome: RoleOutcome): string {
  const error = 'error' in outcome ? ` (${outcome.error.name}: ${outcome.error.message})` : '';
  return `${outcome.role.name} ${outcome.kind}${error}`;
}

/** The result of an event that an earlier message has brought to its end. */
export function duplicate(messageId: string): Result {
  const detail = `the event was finished before message ${messageId} brought it again`;
  return { outcome: 'duplicate', detail, noticeId: null, again: false };
}

/** The result when a step threw: the message is delivered again, and after the last delivery ends in the dead-letter queue. */
export function failed(thrown: unknown): Result {
  return { outcome: 'failed', detail: detailOf(thrown), noticeId: null, again: true };
}

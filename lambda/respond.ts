import { auditRecordOf, type Call, type OutcomeKind } from './audit/audit-record';
import { withCallLog } from './audit/call-log';
import { callErrorOf } from './aws/call-error';
import { classify, type Finding } from './classify';
import type { Denial } from './denial/denial';
import { type ParsedEvent, parseEvent } from './denial/parse-event';
import type { Edges } from './edges';
import { renderNotice } from './notice/notice';
import type { Plan } from './plan/plan';
import { gravest, mayYetSucceed, type Remediation, type Standing } from './plan/remediation';

/** One message of the queue, as Lambda hands it over. */
export type Message = {
  readonly id: string;
  readonly body: string;
  /** How often it has been delivered, this time included; from 1. */
  readonly delivery: number;
};

/** What a message came to. `again` asks the queue to deliver it once more. */
type Result = { outcome: OutcomeKind; detail: string; noticeId: string | null; again: boolean };

type Refused = Finding & { denial: Denial };

/**
 * The way of one event: parse, classify, plan, carry out, record. Writes exactly one audit record, also when a step
 * throws, and returns whether the message should be delivered again.
 */
export async function respond(message: Message, edges: Edges): Promise<boolean> {
  const began = edges.now();
  const calls: Call[] = [];
  const event = eventIn(message.body, edges.organization.managementAccount);
  const finding = classify(event, edges.organization);
  const result = await withCallLog(calls, () => carryOut(event, finding, message, edges)).catch(failed);
  edges.record(auditRecordOf({ message, finding, ...result, calls, began, ended: edges.now() }));
  return result.again;
}

function eventIn(body: string, managementAccount: string | null): ParsedEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    const reason = `malformed: the message is no JSON (${error instanceof Error ? error.message : String(error)})`;
    return { kind: 'malformed', eventId: null, reason };
  }
  return parseEvent(value, managementAccount);
}

async function carryOut(event: ParsedEvent, finding: Finding, message: Message, edges: Edges): Promise<Result> {
  const { plan, denial } = finding;
  if (denial === null || plan.kind === 'ignore') {
    const outcome = event.kind === 'malformed' ? 'malformed' : 'ignored';
    return { outcome, detail: plan.reason, noticeId: null, again: false };
  }
  const refused = { ...finding, denial };
  switch (plan.kind) {
    case 'notify': {
      const noticeId = await tell(refused, null, edges);
      return { outcome: 'notified', detail: plan.reason, noticeId, again: false };
    }
    case 'create-service-linked-role':
      return mend(refused, plan, message, edges);
    default:
      return plan satisfies never;
  }
}

async function mend(
  finding: Refused,
  plan: Extract<Plan, { kind: 'create-service-linked-role' }>,
  { delivery }: Message,
  edges: Edges,
): Promise<Result> {
  const roles = await Promise.all(plan.roles.map((role) => edges.ensureRole(role)));
  const last = delivery >= edges.deliveries;
  const again = mayYetSucceed(roles);
  const standing = await standingOf(edges);
  const remediation: Remediation = {
    roles,
    standing,
    delivery: { number: delivery, of: edges.deliveries, again: again && !last },
  };
  // Tries in between are no news: administrators hear of the first and of the last.
  const noticeId = again && delivery > 1 && !last ? null : await tell(finding, remediation, edges);
  const kind = gravest(roles);
  const detail = roles.map(describe).join('; ');
  return { outcome: kind === 'would-create' ? 'observed' : kind, detail, noticeId, again };
}

async function tell(finding: Refused, remediation: Remediation | null, edges: Edges): Promise<string> {
  const { account } = finding.denial;
  const accountName = account === null ? null : await edges.accountName(account);
  return edges.publishNotice(renderNotice({ finding, remediation, accountName }, edges.texts));
}

/** Looks that only make the notice more useful: when one fails, the notice says so instead of waiting. */
async function standingOf(edges: Edges): Promise<Standing> {
  const [delegates, trail] = await Promise.allSettled([
    edges.listDelegatedAdministrators(),
    edges.hasOrganizationTrail(),
  ]);
  return {
    delegatedAdministrators: delegates.status === 'fulfilled' ? delegates.value : null,
    organizationTrail: trail.status === 'fulfilled' ? trail.value : null,
    errors: [delegates, trail].flatMap((look) => (look.status === 'rejected' ? [callErrorOf(look.reason)] : [])),
  };
}

function describe(outcome: Remediation['roles'][number]): string {
  const error = 'error' in outcome ? ` (${outcome.error.name}: ${outcome.error.message})` : '';
  return `${outcome.role.name} ${outcome.kind}${error}`;
}

/** A step threw: the message is delivered again, and after the last delivery ends in the dead-letter queue. */
function failed(thrown: unknown): Result {
  const { name, message } = callErrorOf(thrown);
  // Only an error of our own is worth its stack; AWS's errors say all in their message.
  const ours = thrown instanceof Error && !('$metadata' in thrown);
  const detail = (ours && thrown.stack) || `${name}: ${message}`;
  return { outcome: 'failed', detail, noticeId: null, again: true };
}

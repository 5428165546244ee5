import { callErrorOf } from './aws/call-error';
import type { Edges } from './edges';
import type { Occurrence } from './incidents/incident';
import type { Joined } from './incidents/join-incident';
import type { Refused } from './incidents/occurrence';
import { noticeKey } from './incidents/outbox';
import { renderNotice } from './notice/notice';
import { mayYetSucceed, type Remediation, type RoleOutcome, type Standing } from './plan/remediation';

/** What was told. `standing` as the notice has it; null when that is about no role, or went out in an earlier delivery. */
type Told = { readonly noticeId: string; readonly standing: Standing | null };

/** The delivery in which something is told. */
type Delivery = { readonly delivery: number; readonly isLast: boolean; readonly by: string };

/**
 * Tells at once what the event owes, by way of the outbox: taken over, sent, noted. Null when it owes nothing, or when
 * somebody else has just taken it over. A notice that was sent in an earlier delivery is not sent again.
 */
export async function tell(
  finding: Refused,
  { key }: Occurrence,
  joined: Joined,
  roles: readonly RoleOutcome[] | null,
  delivery: Delivery,
  edges: Edges,
): Promise<Told | null> {
  if (joined.owes === null) {
    return null;
  }
  const { outbox } = edges.store;
  const { kind, at } = joined.owes;
  const place = noticeKey(key, kind, at);
  const sent = joined.isResumed ? (await outbox.read(place))?.sent : null;
  if (sent) {
    return { noticeId: sent.noticeId, standing: null };
  }
  const remediation = roles && (await remediationOf(roles, delivery, edges));
  const notice = await compose(finding, joined, remediation, edges);
  const draft = { key: place, kind, notice, tells: [], stormUntil: null };
  if (!(await outbox.lease(draft, delivery.by, edges.now()))) {
    return null;
  }
  const noticeId = await edges.publishNotice(notice);
  await outbox.markSent(place, noticeId, edges.now(), 'done');
  return { noticeId, standing: remediation?.standing ?? null };
}

async function compose(finding: Refused, { quietSince }: Joined, remediation: Remediation | null, edges: Edges) {
  const { account } = finding.denial;
  const accountName = account === null ? null : await edges.accountName(account);
  const incident = {
    news: quietSince === null ? 'first' : 'again',
    quietSince,
    silentMs: edges.policy.windowMs,
  } as const;
  return renderNotice({ finding, remediation, accountName, incident: { ...incident, course: null } }, edges.texts);
}

async function remediationOf(roles: readonly RoleOutcome[], { delivery, isLast }: Delivery, edges: Edges) {
  const again = mayYetSucceed(roles) && !isLast;
  const standing = await standingOf(edges);
  const remediation: Remediation = { roles, standing, delivery: { number: delivery, of: edges.deliveries, again } };
  return remediation;
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

import { type Item, numberOf, textOf } from '../incidents/attributes';
import type { Key, Table } from '../incidents/table';

/** Partition of what the probe knows; small, so that one query reads it all. */
export const HEALTH_PARTITION = 'health';

/** How the sort keys begin, by what the item is. */
const KINDS = { canary: 'canary#', seen: 'seen#', incident: 'incident#' } as const;

/** Sort key of the probe's own state. */
const PROBE = 'probe';

/** A place that refused calls come from. */
export type Place = { readonly account: string; readonly region: string };

/** The canary of one Region: when its call went out, and when its refusal came back; ms since 1970. */
export type Canary = Place & { readonly sentAt: number | null; readonly seenAt: number | null };

/** When an event of a place was last seen, to within an hour; ms since 1970. */
export type Seen = Place & { readonly seenAt: number };

/** One check that failed for one subject, from when it did until it was well again. */
export type HealthIncident = {
  readonly check: string;
  readonly subject: string;
  readonly state: 'open' | 'closed';
  /** In ms since 1970, as all times here. */
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** SNS message id of the notice that told of it; null as long as none did. */
  readonly noticeId: string | null;
  /** SNS message id of the notice that it is well again; null as long as none did. */
  readonly closingNoticeId: string | null;
  /** JSON of the verdict that opened it. */
  readonly verdict: string;
};

/** Everything that the probe knows of the deployment. */
export type HealthItems = {
  /** When the probe last ended a run; null before the first. */
  readonly probeRanAt: number | null;
  readonly canaries: readonly Canary[];
  readonly seen: readonly Seen[];
  readonly incidents: readonly HealthIncident[];
};

/** Where the probe's own state is. */
export const PROBE_KEY: Key = { pk: HEALTH_PARTITION, sk: PROBE };

/** Where the canary of a Region is. */
export function canaryKey({ account, region }: Place): Key {
  return { pk: HEALTH_PARTITION, sk: `${KINDS.canary}${account}#${region}` };
}

/** Where it is noted that a place was heard. */
export function seenKey({ account, region }: Place): Key {
  return { pk: HEALTH_PARTITION, sk: `${KINDS.seen}${account}#${region}` };
}

/** Where a health incident is: one per check and subject. DynamoDB takes 1,024 bytes; ARNs of rules are shorter. */
export function incidentKey({ check, subject }: Pick<HealthIncident, 'check' | 'subject'>): Key {
  return { pk: HEALTH_PARTITION, sk: `${KINDS.incident}${check}#${subject}`.slice(0, 900) };
}

/** Reads all in one query. */
export async function readHealth(table: Table): Promise<HealthItems> {
  const items: Item[] = [];
  for await (const page of table.pages({ KeyConditionExpression: '#pk = :pk' }, { pk: HEALTH_PARTITION })) {
    items.push(...page);
  }
  const probe = items.find(({ sk }) => sk === PROBE);
  return {
    probeRanAt: probe ? numberOf(probe, 'ranAt') : null,
    canaries: ofKind(items, 'canary').map((item) => ({
      ...placeOf(item),
      sentAt: numberOf(item, 'sentAt'),
      seenAt: numberOf(item, 'seenAt'),
    })),
    seen: ofKind(items, 'seen').map((item) => ({ ...placeOf(item), seenAt: numberOf(item, 'seenAt') ?? 0 })),
    incidents: ofKind(items, 'incident').map(healthIncidentOf),
  };
}

function ofKind(items: readonly Item[], kind: keyof typeof KINDS): Item[] {
  return items.filter(({ sk }) => typeof sk === 'string' && sk.startsWith(KINDS[kind]));
}

/** The place that a sort key ends in. */
function placeOf(item: Item): Place {
  const [, account = '', region = ''] = (textOf(item, 'sk') ?? '').split('#');
  return { account, region };
}

/** An incident as it stands in the table. */
export function healthIncidentOf(item: Item): HealthIncident {
  return {
    check: textOf(item, 'check') ?? '',
    subject: textOf(item, 'subject') ?? '',
    state: textOf(item, 'state') === 'closed' ? 'closed' : 'open',
    openedAt: numberOf(item, 'openedAt') ?? 0,
    closedAt: numberOf(item, 'closedAt'),
    noticeId: textOf(item, 'noticeId'),
    closingNoticeId: textOf(item, 'closingNoticeId'),
    verdict: textOf(item, 'verdict') ?? '',
  };
}

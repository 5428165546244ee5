import { type Item, numberOf, textOf } from '../incidents/attributes';
import type { Key, Table } from '../incidents/table';
import type { Place } from './check';

/** Partition of what the probe knows; small, so that one query reads it all. */
export const HEALTH_PARTITION = 'health';

/** How the sort keys begin, by what the item is. */
const KINDS = {
  canary: 'canary#',
  seen: 'seen#',
  incident: 'incident#',
  prevention: 'prevention#',
  lookup: 'lookup#',
} as const;

/** Sort key of the probe's own state. */
const PROBE = 'probe';

/**
 * The canary of one Region: when the last one was first sent, and when one last came back. Times are in ms since 1970, here
 * and below.
 */
export type Canary = Place & { readonly sentAt: number | null; readonly seenAt: number | null };

/** When an event of a place was last seen, to within an hour. */
type Seen = Place & { readonly seenAt: number };

/** One check that failed for one subject, from when it did until it was well again. */
export type HealthIncident = {
  readonly check: string;
  readonly subject: string;
  readonly state: 'open' | 'closed';
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** SNS message id of the notice that told of it; null as long as none did. */
  readonly noticeId: string | null;
  /** SNS message id of the notice that it is well again; null as long as none did. */
  readonly closingNoticeId: string | null;
  /** JSON of the verdict that opened it. */
  readonly verdict: string;
};

/** A role that the probe set out to create before anybody missed it. */
export type Prevention = {
  readonly role: string;
  /** Open until what became of it was told. */
  readonly state: 'open' | 'closed';
  readonly since: number;
  /** JSON of why the role is needed. */
  readonly why: string;
  /** JSON of the role's outcome; null while it is not known. */
  readonly outcome: string | null;
};

/** Everything that the probe knows of the deployment. */
export type HealthItems = {
  /** When the probe last ended a run; null before the first. */
  readonly probeRanAt: number | null;
  readonly canaries: readonly Canary[];
  readonly seen: readonly Seen[];
  readonly incidents: readonly HealthIncident[];
};

/** What the probe keeps for itself, besides. */
export type ProbeItems = Omit<HealthItems, 'canaries'> & {
  /** When it last made all checks. */
  readonly checkedAt: number | null;
  /** When a deployment or a change of Trailmend's own resources last asked for all checks. */
  readonly wantedAt: number | null;
  /** `triedAt`: when the last call went out. */
  readonly canaries: readonly (Canary & { readonly triedAt: number | null })[];
  readonly preventions: readonly Prevention[];
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

/** Where it is noted that a role is to be created. */
export function preventionKey(role: string): Key {
  return { pk: HEALTH_PARTITION, sk: `${KINDS.prevention}${role}` };
}

/** Where the reading of a Region's event history stands. */
export function lookupKey(region: string): Key {
  return { pk: HEALTH_PARTITION, sk: `${KINDS.lookup}${region}` };
}

/** Reads all in one query. */
export async function readHealth(table: Table): Promise<ProbeItems> {
  const items: Item[] = [];
  for await (const page of table.pages({ KeyConditionExpression: '#pk = :pk' }, { pk: HEALTH_PARTITION })) {
    items.push(...page);
  }
  const probe = items.find(({ sk }) => sk === PROBE);
  return {
    probeRanAt: probe ? numberOf(probe, 'ranAt') : null,
    checkedAt: probe ? numberOf(probe, 'checkedAt') : null,
    wantedAt: probe ? numberOf(probe, 'wantedAt') : null,
    canaries: ofKind(items, 'canary').map((item) => ({
      ...placeOf(item),
      sentAt: numberOf(item, 'sentAt'),
      triedAt: numberOf(item, 'triedAt'),
      seenAt: numberOf(item, 'seenAt'),
    })),
    seen: ofKind(items, 'seen').map((item) => ({ ...placeOf(item), seenAt: numberOf(item, 'seenAt') ?? 0 })),
    incidents: ofKind(items, 'incident').map(healthIncidentOf),
    preventions: ofKind(items, 'prevention').map(preventionOf),
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

function preventionOf(item: Item): Prevention {
  return {
    role: (textOf(item, 'sk') ?? '').slice(KINDS.prevention.length),
    state: stateOf(item),
    since: numberOf(item, 'since') ?? 0,
    why: textOf(item, 'why') ?? '{}',
    outcome: textOf(item, 'outcome'),
  };
}

function stateOf(item: Item): 'open' | 'closed' {
  return textOf(item, 'state') === 'closed' ? 'closed' : 'open';
}

function healthIncidentOf(item: Item): HealthIncident {
  return {
    check: textOf(item, 'check') ?? '',
    subject: textOf(item, 'subject') ?? '',
    state: stateOf(item),
    openedAt: numberOf(item, 'openedAt') ?? 0,
    closedAt: numberOf(item, 'closedAt'),
    noticeId: textOf(item, 'noticeId'),
    closingNoticeId: textOf(item, 'closingNoticeId'),
    verdict: textOf(item, 'verdict') ?? '',
  };
}

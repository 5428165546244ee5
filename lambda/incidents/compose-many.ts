import type { Edges } from '../edges';
import { type Digest, type DigestKind, renderDigest } from '../notice/digest';
import { type AccountNames, byGravity, type DigestRow } from '../notice/digest-row';
import type { Notice } from '../notice/notice';
import { isPublishable } from '../notify/publish-notice';
import { courseOf, toldBy } from './compose';
import type { Look } from './look';
import { graver } from './notice-policy';
import type { Refused } from './occurrence';
import { type Draft, manyKey } from './outbox';
import type { Part, Run } from './send';

/** Most account names that are looked up for one sweep's notices about many incidents, all at once. */
const NAMED = 20;

type Seen = { readonly look: Look; readonly row: DigestRow };

/**
 * The notice that a storm begins. It leaves the telling to its digest.
 * @param more incidents that want a notice too, but that this sweep has not looked at
 */
export async function composeStorm(looks: readonly Look[], run: Run, until: number, more: number): Promise<Draft> {
  const rows = seenBy(looks, run.now).map(({ row }) => row);
  const accountNames = await namesFor(rows, run.edges);
  const notice = renderDigest({ kind: 'storm', rows, more, until, part: null, accountNames }, run.edges.texts);
  return { key: manyKey('storm', run.now), kind: 'storm', notice, tells: [], stormUntil: until };
}

/**
 * A digest of many incidents, in as few parts as SNS takes, the gravest first.
 * @param more incidents that are due too, but that this sweep has not looked at
 */
export async function composeDigest(
  looks: readonly Look[],
  kind: Exclude<DigestKind, 'storm'>,
  run: Run,
  more: number,
  stormUntil: number | null = null,
): Promise<Part[]> {
  const seen = seenBy(looks, run.now);
  const accountNames = await namesFor(
    seen.map(({ row }) => row),
    run.edges,
  );
  const digest = { kind, more, until: null, accountNames };
  const parts = partsOf(seen, digest, run.edges);
  return parts.map(({ notice, seen: told }, at) => ({
    draft: {
      key: manyKey(kind, run.now, parts.length === 1 ? null : at + 1),
      kind,
      notice,
      tells: told.map(({ look }) => toldBy(look)),
      stormUntil,
    },
    looks: told.map(({ look }) => look),
  }));
}

function seenBy(looks: readonly Look[], now: number): Seen[] {
  return looks
    .map((look) => ({ look, row: rowOf(look, now) }))
    .sort(({ row: one }, { row: other }) => byGravity(one, other));
}

/** Equal parts, of which each is short enough; a single incident always is one. */
function partsOf(seen: readonly Seen[], digest: Omit<Digest, 'rows' | 'part'>, { texts }: Edges) {
  const most = seen.length;
  for (let of = 1; ; of += 1) {
    const parts = inEqualParts(seen, of).map((rows, at, { length }) => {
      const part = length === 1 ? null : { number: at + 1, of: length };
      return { seen: rows, notice: renderDigest({ ...digest, rows: rows.map(({ row }) => row), part }, texts) };
    });
    if (of >= most || parts.every(({ notice }: { notice: Notice }) => isPublishable(notice))) {
      return parts;
    }
  }
}

function inEqualParts<T>(all: readonly T[], count: number): T[][] {
  const size = Math.ceil(all.length / count);
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Names of the accounts that the gravest incidents are in. One that cannot be looked up has none. */
async function namesFor(rows: readonly DigestRow[], { accountName }: Edges): Promise<AccountNames> {
  const ids = [...new Set(rows.map(({ finding }) => finding.denial.account))].filter((id) => id !== null);
  const named = await Promise.all(ids.slice(0, NAMED).map(async (id) => [id, await accountName(id)] as const));
  return new Map(named.flatMap(([id, name]) => (name === null ? [] : [[id, name] as const])));
}

function rowOf(look: Look, now: number): DigestRow {
  const { incident, tally } = look;
  const { key, mute, severity } = incident;
  return {
    finding: JSON.parse(incident.finding) as Refused,
    key,
    severity: graver(severity, tally.severity),
    course: courseOf(look),
    suppressions: tally.suppressions,
    lastSeen: tally.lastSeen ?? incident.lastSeen,
    mute: mute !== null && mute.until > now ? mute : null,
  };
}

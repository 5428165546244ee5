import { CloudTrailClient, CreateTrailCommand, DeleteTrailCommand } from '@aws-sdk/client-cloudtrail';
import { unlessGone } from './changes';
import { NotChecked } from './fact';
import type { Look } from './look';
import { findRecord, globalRegionOf, HISTORY_MINUTES, type Place, type TrailRecord } from './records';
import { type RefusedCall, refusalOf } from './refusal';

/** After the first copy of the record, how long others may take, in ms. */
const OTHERS = 3 * 60_000;

/** A copy of the record, and where event history showed it. */
type Found = Place & { readonly record: TrailRecord; readonly seconds: number };

/**
 * `CreateTrail` for the organization while the role is missing, refused; made once. The bucket is the real one, so that it is not
 * the bucket that CloudTrail refuses; should a trail come of it, it is deleted.
 */
export function refusedCreation(look: Look): Promise<RefusedCall> {
  return look.once('refused CreateTrail', async () => {
    const { member: as, region, now } = look;
    const at = now();
    const refusal = await refusalOf(createTrail(look));
    look.keep('what CreateTrail said', refusal);
    return { ...refusal, eventName: 'CreateTrail', as, region, at };
  });
}

function createTrail({ aws, bucket, changes, member, management, partition, region }: Look): Promise<unknown> {
  const client = aws.client(CloudTrailClient, member, region);
  const Name = 'trailmend-live-check-refused';
  const TrailARN = `arn:${partition}:cloudtrail:${region}:${management.account}:trail/${Name}`;
  const S3BucketName = bucket ?? 'trailmend-live-check-no-such-bucket';
  return changes.make({
    what: `organization trail ${Name}, which CloudTrail should refuse`,
    byHand: `aws cloudtrail delete-trail --name ${TrailARN} --region ${region}`,
    make: () => client.send(new CreateTrailCommand({ Name, S3BucketName, IsOrganizationTrail: true })),
    undo: () => unlessGone(client.send(new DeleteTrailCommand({ Name: TrailARN }))),
  });
}

/** Every copy of the record that event history shows, in the order in which they came; there is one at least. */
export function recordsOf(look: Look): Promise<readonly [Found, ...Found[]]> {
  return look.once('records of the refused CreateTrail', async () => {
    const call = await refusedCreation(look);
    const regions = [...new Set([look.region, globalRegionOf(look)])];
    const places = [look.member, look.management].flatMap((as) => regions.map((region) => ({ as, region })));
    const found: Found[] = [];
    const all = await look.waits.until('every copy of the record of CreateTrail', HISTORY_MINUTES, async () => {
      found.push(...(await newIn(look, call, places, found)));
      const [first] = found;
      const isOver = first !== undefined && look.now() - call.at >= first.seconds * 1000 + OTHERS;
      return isOver || found.length === places.length ? found : null;
    });
    const [first, ...others] = all ?? found;
    if (first === undefined) {
      throw new NotChecked(`event history did not show the call within ${HISTORY_MINUTES} minutes`);
    }
    return [first, ...others] as const;
  });
}

async function newIn(look: Look, call: RefusedCall, places: readonly Place[], known: readonly Found[]) {
  const found: Found[] = [];
  for (const place of places) {
    const isKnown = known.some(({ as, region }) => as === place.as && region === place.region);
    const record = isKnown ? null : await findRecord(look.aws, place, call);
    if (record !== null) {
      look.keep(`CreateTrail in the ${place.as.name}, ${place.region}`, record);
      found.push({ ...place, record, seconds: Math.round((look.now() - call.at) / 1000) });
    }
  }
  return found;
}

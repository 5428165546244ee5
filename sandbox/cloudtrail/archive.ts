import { gzipSync } from 'node:zlib';
import type { Envelope } from '../eventbridge/envelope';
import { ORGANIZATION_ID } from '../organization/accounts';
import type { LocalOrganization } from '../organization/local-organization';
import type { Place } from '../organization/place';
import type { EventHistory } from './event-history';
import { type LocalTrail, logs } from './trail';

/** A log file that a trail delivered. */
export type LogFile = {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly records: readonly Envelope['detail'][];
};

/** How long after a call its record is delivered: so what happens at the end of a day is in a file of the next. */
const DELIVERY = 10 * 60_000;

/**
 * The log files that all trails delivered to S3, made anew from what CloudTrail recorded: one for each day, account and Region.
 * In the bucket they lie by their keys.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function archiveOf(organization: LocalOrganization, history: EventHistory): LogFile[] {
  const files = [...organization.trails.values()].flatMap((trail) => filesOf(trail, organization, history));
  return files.sort((one, other) => (one.key < other.key ? -1 : 1));
}

function filesOf(trail: LocalTrail, { accounts, regions }: LocalOrganization, history: EventHistory): LogFile[] {
  const places = accounts.flatMap((account) => regions.map((region) => ({ account, region })));
  return places.flatMap((place) => {
    const logged = history.at(place).filter((envelope) => logs(trail, place, envelope));
    const days = new Set(logged.map(dayOf));
    return [...days].map((day) => {
      const envelopes = logged.filter((envelope) => dayOf(envelope) === day);
      const records = envelopes.map(({ detail }) => detail).reverse();
      const bytes = gzipSync(JSON.stringify({ Records: records })).length;
      return {
        bucket: trail.bucket,
        key: logFileKey(place, day, trail.isOrganizationTrail, trail.name),
        bytes,
        records,
      };
    });
  });
}

/**
 * Where the log file of a day, an account and a Region lies in a bucket.
 * @param unique tells it from others of the same time
 */
export function logFileKey({ account, region }: Place, day: string, isOfOrganization: boolean, unique: string): string {
  const owner = isOfOrganization ? `${ORGANIZATION_ID}/` : '';
  const folder = `AWSLogs/${owner}${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
  return `${folder}/${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T2355Z_${unique}.json.gz`;
}

function dayOf({ time }: Envelope): string {
  return new Date(Date.parse(time) + DELIVERY).toISOString().slice(0, 10);
}

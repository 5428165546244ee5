import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Cursor } from './health-store';
import type { HistoryPage } from './probe-edges';

/** Most events that CloudTrail gives at once. */
const PAGE = 50;

/**
 * Reads a page of the CloudTrail calls in the event history of the client's Region. It holds calls of this account only, of
 * the last 90 days, and cannot be asked for refused calls alone.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUpEvents(cloudTrail: CloudTrailClient, { from, until, token }: Cursor): Promise<HistoryPage> {
  const { Events = [], NextToken = null } = await cloudTrail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'cloudtrail.amazonaws.com' }],
      StartTime: new Date(from),
      EndTime: new Date(until),
      MaxResults: PAGE,
      ...(token !== null && { NextToken: token }),
    }),
  );
  return { records: Events.flatMap(({ CloudTrailEvent }) => CloudTrailEvent ?? []), token: NextToken };
}

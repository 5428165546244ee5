import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Aws, Caller } from './aws';
import { NotChecked } from './fact';
import type { Look } from './look';
import type { RefusedCall } from './refusal';

/** How long event history may take to show a record, in minutes. It mostly takes five. */
export const HISTORY_MINUTES = 15;

/** A CloudTrail record, as far as it matters here. */
export type TrailRecord = {
  readonly eventID: string;
  readonly sharedEventID?: string;
  readonly requestID?: string;
  readonly eventTime: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly awsRegion: string;
  readonly readOnly?: boolean;
  readonly recipientAccountId: string;
  readonly requestParameters: object | null;
};

/** Where global services leave their records, by partition. */
const GLOBAL: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1' };

/** The Region of the records of global services. */
export function globalRegionOf({ partition, region }: Pick<Look, 'partition' | 'region'>): string {
  return GLOBAL[partition] ?? region;
}

/** Where event history is looked at: by whom, so in whose account, and in which Region. */
export type Place = { readonly as: Caller; readonly region: string };

/** The record of a call in the event history of one place; null while there is none. */
export async function findRecord(aws: Aws, { as, region }: Place, call: RefusedCall): Promise<TrailRecord | null> {
  const { Events = [] } = await aws.client(CloudTrailClient, as, region).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: call.eventName }],
      StartTime: new Date(call.at - 60_000),
      MaxResults: 50,
    }),
  );
  const records = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '{}') as TrailRecord);
  return records.find(({ requestID }) => requestID === call.requestId) ?? null;
}

/**
 * Waits for the record of a call in the event history of its account and Region.
 * @throws NotChecked when event history does not show it in time
 */
export async function recordOf({ aws, waits, keep }: Look, call: RefusedCall): Promise<TrailRecord> {
  const what = `the record of ${call.eventName} (${call.as.name}, ${call.region})`;
  const record = await waits.until(what, HISTORY_MINUTES, () => findRecord(aws, call, call));
  if (record === null) {
    throw new NotChecked(`event history did not show the call within ${HISTORY_MINUTES} minutes`);
  }
  keep(`${call.eventName} of ${call.as.name}, ${call.region}`, record);
  return record;
}

/** What one event is known by in all its copies. */
export function sharedIdOf({ sharedEventID, eventID }: TrailRecord): string {
  return sharedEventID ?? eventID;
}

import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';

/** Most events that CloudTrail gives at once. */
const PAGE = 50;

/** What to look up. With the token of the page before, everything else must be as it was then. */
export type Query = {
  /** The service that was called, such as `iam`. */
  readonly service: string;
  /** Milliseconds since 1970; null for all that there is. */
  readonly since: number | null;
  readonly until: number;
  readonly token: string | null;
};

/** A call in the event history. */
export type LookedUp = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** As CloudTrail recorded it; the text of what is no JSON, which nobody can judge then. */
  readonly record: unknown;
};

/** Calls, the newest first, and how to ask for the next ones; null when there are none. */
export type EventPage = { readonly events: readonly LookedUp[]; readonly token: string | null };

/** Asks for a page of the event history of a Region. */
export type LookUp = (region: string, query: Query, signal: AbortSignal) => Promise<EventPage>;

/**
 * Reads a page of the calls to one service. CloudTrail takes one filter at a time, so it cannot be asked for refused calls
 * of this service alone.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function lookUpService(client: CloudTrailClient, query: Query, signal: AbortSignal): Promise<EventPage> {
  const { service, since, until, token } = query;
  const command = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: `${service}.amazonaws.com` }],
    ...(since !== null && { StartTime: new Date(since) }),
    EndTime: new Date(until),
    MaxResults: PAGE,
    ...(token !== null && { NextToken: token }),
  });
  const { Events = [], NextToken = null } = await client.send(command, { abortSignal: signal });
  const events = Events.map(({ EventId, EventTime, CloudTrailEvent = '' }) => ({
    id: EventId ?? CloudTrailEvent,
    time: EventTime?.getTime() ?? until,
    record: parsed(CloudTrailEvent),
  }));
  return { events, token: NextToken };
}

function parsed(record: string): unknown {
  try {
    return JSON.parse(record);
  } catch {
    return record;
  }
}

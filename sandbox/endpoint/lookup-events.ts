import type { Envelope } from '../eventbridge/envelope';
import { type Call, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** Most events of one page. */
const PAGE_SIZE = 50;

/** What `LookupEvents` filters by, one at a time. */
const ATTRIBUTES: Readonly<Record<string, (detail: Envelope['detail']) => unknown>> = {
  AccessKeyId: ({ userIdentity }) => Object(userIdentity).accessKeyId,
  EventId: ({ eventID }) => eventID,
  EventName: ({ eventName }) => eventName,
  EventSource: ({ eventSource }) => eventSource,
  ReadOnly: ({ readOnly }) => String(readOnly ?? false),
  Username: ({ userIdentity }) => userNameOf(Object(userIdentity)),
};

/**
 * Events that CloudTrail recorded in the caller's own account and Region, the newest first, whether a trail logs them or
 * not.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function lookupEvents(call: Call, { history }: World) {
  const isWanted = filterOf(call);
  const { StartTime = 0, EndTime = Number.POSITIVE_INFINITY } = call.input;
  const events = history.at({ account: call.caller.account, region: call.region }).filter(({ time, detail }) => {
    const at = Date.parse(time) / 1_000;
    return at >= Number(StartTime) && at <= Number(EndTime) && isWanted(detail);
  });
  const size = Number(call.input.MaxResults ?? PAGE_SIZE);
  if (!(size >= 1 && size <= PAGE_SIZE)) {
    throw new ServiceError('InvalidMaxResultsException', 'Specify a number from 1 to 50 for MaxResults.');
  }
  // What is recorded between two pages, such as the call for the first, must not move the second.
  const [position = '', count = events.length] = textIn(call, 'NextToken').split('/');
  const known = events.slice(Math.max(0, events.length - Number(count)));
  const { items, next } = pageOf(known, position, size, 'InvalidNextTokenException');
  return { Events: items.map(describe), ...(next ? { NextToken: `${next}/${known.length}` } : {}) };
}

function filterOf({ input }: Call): (detail: Envelope['detail']) => boolean {
  const attributes: readonly unknown[] = Array.isArray(input.LookupAttributes) ? input.LookupAttributes : [];
  const [only, ...more] = attributes;
  if (more.length > 0) throw invalid('You can specify only one lookup attribute.');
  if (!only) return () => true;
  const { AttributeKey, AttributeValue } = Object(only);
  const read = ATTRIBUTES[AttributeKey];
  if (!read) throw invalid(`The sandbox cannot look up events by ${AttributeKey}.`);
  return (detail) => read(detail) === AttributeValue;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidLookupAttributesException', message);
}

function describe({ time, detail }: Envelope) {
  const text = (name: string) => String(ATTRIBUTES[name]?.(detail) ?? '');
  return {
    EventId: text('EventId'),
    EventName: text('EventName'),
    ReadOnly: text('ReadOnly'),
    AccessKeyId: text('AccessKeyId'),
    EventTime: Date.parse(time) / 1_000,
    EventSource: text('EventSource'),
    Username: text('Username'),
    Resources: [],
    CloudTrailEvent: JSON.stringify(detail),
  };
}

/** Users by name, roles by the name of their session. */
function userNameOf({ userName, arn }: { userName?: unknown; arn?: unknown }): unknown {
  return (
    userName ??
    String(arn ?? '')
      .split('/')
      .at(-1)
  );
}

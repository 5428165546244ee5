import { createHash } from 'node:crypto';
import type { Envelope } from '../eventbridge/envelope';
import { type Call, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** How long events can be looked up. */
const KEPT_SECONDS = 90 * 24 * 3_600;

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
export function lookupEvents(call: Call, { history, clock }: World) {
  const isWanted = filterOf(call);
  const { start, end } = periodOf(call, clock.now() / 1_000);
  const events = history.at({ account: call.caller.account, region: call.region }).filter(({ time, detail }) => {
    const at = Date.parse(time) / 1_000;
    return at >= start && at <= end && isWanted(detail);
  });
  const size = Number(call.input.MaxResults ?? PAGE_SIZE);
  if (!(size >= 1 && size <= PAGE_SIZE)) {
    throw new ServiceError('InvalidMaxResultsException', 'Specify a number from 1 to 50 for MaxResults.');
  }
  // What is recorded between two pages, such as the call for the first, must not move the second.
  const [position = '', count = events.length, asked] = textIn(call, 'NextToken').split('/');
  if (asked !== undefined && asked !== digestOf(call)) {
    throw new ServiceError('InvalidNextTokenException', 'The token must come with the parameters it was given for.');
  }
  const known = events.slice(Math.max(0, events.length - Number(count)));
  known.sort((one, other) => Date.parse(other.time) - Date.parse(one.time));
  const { items, next } = pageOf(known, position, size, 'InvalidNextTokenException');
  return { Events: items.map(describe), ...(next ? { NextToken: `${next}/${known.length}/${digestOf(call)}` } : {}) };
}

/** The period asked for, in seconds; the rest of one that was begun may become too old meanwhile. */
function periodOf({ input }: Call, now: number): { start: number; end: number } {
  const { StartTime, EndTime = Number.POSITIVE_INFINITY, NextToken } = input;
  const [start, end] = [Number(StartTime ?? now - KEPT_SECONDS), Number(EndTime)];
  if (start > end || (start < now - KEPT_SECONDS && NextToken === undefined)) {
    throw new ServiceError(
      'InvalidTimeRangeException',
      'The start time must be in the last 90 days, and not after the end time.',
    );
  }
  return { start, end };
}

/** Stands for everything that was asked for but the page. */
function digestOf({ input: { NextToken: _, ...asked } }: Call): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(asked).sort()))
    .digest('base64url')
    .slice(0, 8);
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

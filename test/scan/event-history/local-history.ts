import type { EventPage, LookUp, Query } from '../../../scan/event-history/look-up';
import type { Time } from '../../../scan/time';

const PAGE = 50;

/** When everything in these tests happens, milliseconds since 1970. */
export const NOW = Date.parse('2026-11-29T12:00:00Z');

/** Time that passes as soon as somebody waits for it. */
export function passing(from = NOW): Time & { waited: number[] } {
  let now = from;
  const waited: number[] = [];
  return {
    waited,
    now: () => now,
    wait: async (ms) => {
      waited.push(ms);
      now += ms;
    },
  };
}

/** A refused call as CloudTrail records it. */
function refusedRead(id: string, time: number, user: string): object {
  return {
    eventVersion: '1.11',
    eventID: id,
    eventTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'GetTrailStatus',
    awsRegion: 'us-east-1',
    recipientAccountId: '111122223333',
    errorCode: 'AccessDenied',
    errorMessage: `User: arn:aws:iam::111122223333:user/${user} is not authorized to perform: cloudtrail:GetTrailStatus`,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${user}`, accountId: '111122223333' },
  };
}

/** An event history with calls to CloudTrail, `perSecond` in each second that has any; other services have none. */
export function localHistory(count: number, perSecond: number): LookUp {
  const events = Array.from({ length: count }, (_, at) => {
    const time = NOW - 60_000 - Math.floor(at / perSecond) * 30_000;
    return { id: `event-${at}`, time, record: refusedRead(`event-${at}`, time, `user-${at % 3}`) };
  });
  return async (_region, { service, since, until, token }: Query): Promise<EventPage> => {
    const all = events.filter(({ time }) => service === 'cloudtrail' && time <= until && time >= (since ?? 0));
    const from = Number(token ?? 0);
    return { events: all.slice(from, from + PAGE), token: from + PAGE < all.length ? String(from + PAGE) : null };
  };
}

/** What AWS throws. */
export function awsError(name: string, status = 400): Error {
  return Object.assign(new Error(`${name} it is`), { name, $metadata: { httpStatusCode: status } });
}

import { THROTTLING_CODES } from '../denial/error-codes';
import { asObject, type JsonObject, objectAt, textAt } from '../denial/json';
import type { Cursor } from './health-store';
import type { HistoryPage, ProbeEdges } from './probe-edges';

const MINUTE = 60_000;

/** CloudTrail answers two of these calls a second, for each account and Region. */
const PAUSE_MS = 500;

/** Most pages of one Region that a run reads; what is left waits for the next run. */
const PAGES = 40;

/** How far back the first reading goes. */
const FIRST_MS = 60 * MINUTE;

/** How far back a reading goes at most: while a trail logged, EventBridge has brought what was refused. */
const OLDEST_MS = 24 * 60 * MINUTE;

/** The event history may have a call as late as this, so that each period is read again from here. */
const OVERLAP_MS = 15 * MINUTE;

/**
 * Reads the event history of a Region in which no trail logs, so that EventBridge is told nothing, and puts the refused
 * calls to CloudTrail into the queue as EventBridge would. It goes on where the run before stopped. What comes twice has
 * the same event id, which the responder knows. Returns how many it put there.
 */
export async function pollEvents(region: string, edges: ProbeEdges): Promise<number> {
  let cursor = begun(await edges.store.cursor(region), edges.now());
  let sent = 0;
  for (let page = 0; page < PAGES; page += 1) {
    const { records, token } = await read(region, cursor, edges);
    const refused = records
      .map((record) => refusalIn(record, edges.expectation.canaryRoleArn))
      .filter((record) => record !== null);
    for (const record of refused) {
      await edges.sendMessage(JSON.stringify(envelopeOf(record, region, edges.expectation.managementAccount)));
    }
    sent += refused.length;
    cursor = token === null ? after(cursor) : { ...cursor, token };
    await edges.store.moveCursor(region, cursor);
    if (token === null) {
      break;
    }
    await edges.wait(PAUSE_MS);
  }
  return sent;
}

/** Reads a page. Where the next one began is known for a while only: when AWS has forgotten it, the period begins anew. */
async function read(region: string, cursor: Cursor, { lookUp, store }: ProbeEdges): Promise<HistoryPage> {
  try {
    return await lookUp(region, cursor);
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidNextTokenException') {
      await store.moveCursor(region, { ...cursor, token: null });
    }
    throw error;
  }
}

/** The period to read: the one that is not read to its end, or a new one until now. */
function begun(cursor: Cursor | null, now: number): Cursor {
  if (cursor?.token && now - cursor.until < OLDEST_MS) {
    return cursor;
  }
  return { from: Math.max(cursor?.from ?? now - FIRST_MS, now - OLDEST_MS), until: now, token: null };
}

/** The period that follows on one that was read to its end. */
function after({ until }: Cursor): Cursor {
  return { from: until - OVERLAP_MS, until, token: null };
}

/** A record that a rule would have heard; the canary's proves nothing when it comes by this way. */
function refusalIn(text: string, canaryRole: string): JsonObject | null {
  const record = asObject(JSON.parse(text));
  const code = textAt(record, 'errorCode');
  const issuer = objectAt(objectAt(objectAt(record, 'userIdentity'), 'sessionContext'), 'sessionIssuer');
  const isHeard = code !== null && !THROTTLING_CODES.some((prefix) => code.startsWith(prefix));
  return isHeard && textAt(issuer, 'arn') !== canaryRole ? record : null;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-cloudtrail.html */
function envelopeOf(record: JsonObject, region: string, account: string): object {
  return {
    version: '0',
    id: textAt(record, 'eventID'),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.cloudtrail',
    account,
    time: textAt(record, 'eventTime'),
    region,
    resources: [],
    detail: record,
  };
}

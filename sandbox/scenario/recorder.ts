import type { Outcome } from '../endpoint/endpoint';
import type { Envelope } from '../eventbridge/envelope';
import { HUB } from '../organization/accounts';
import { apiCallEvent } from './record';

/** Services whose calls CloudTrail records in one Region, wherever they were made. */
const GLOBAL_SERVICES = ['iam', 'organizations', 'sts'];

/** Whether the caller lacked a permission. */
export function isDenial({ error }: Outcome): boolean {
  return error?.code.startsWith('AccessDenied') ?? false;
}

/** Calls here that are data events, which trails leave out unless told otherwise. */
const DATA_EVENTS = /^(dynamodb:.*|cloudwatch:.*|s3:.*|sns:Publish|sqs:SendMessage)$/;

/** The event that CloudTrail makes of a call to the local endpoint; null where it makes none. */
export function recordOf(outcome: Outcome, at: number): Envelope | null {
  const { call, error } = outcome;
  if (DATA_EVENTS.test(`${call.service}:${call.operation}`) || error?.code === 'TimeoutError') return null;
  return apiCallEvent({
    at,
    who: call.identity,
    region: GLOBAL_SERVICES.includes(call.service) ? HUB.region : call.region,
    service: call.service,
    operation: call.operation,
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: isDenial(outcome) ? null : Object.fromEntries(Object.entries(call.input).map(inCamelCase)),
    userAgent: call.userAgent,
  });
}

function inCamelCase([name, value]: [string, unknown]): [string, unknown] {
  return [name.charAt(0).toLowerCase() + name.slice(1), value];
}

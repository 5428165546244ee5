import { randomUUID } from 'node:crypto';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import { type Identity, iamUser, roleSession } from '../../sandbox/organization/identity';
import { apiCallEvent } from '../../sandbox/scenario/record';

const PAYMENTS = '333344445555';
const GUARDRAIL = `arn:aws:organizations::${HUB.account}:policy/o-examplesandbox/service_control_policy/p-keeptrails01`;

const kim = roleSession(DELEGATED_ADMINISTRATOR, 'SecurityEngineer', 'kim');
const deployer = roleSession(PAYMENTS, 'Deployer', 'release-4711');

/** Why somebody is refused. Each is an incident of its own. */
export type Cause = 'role' | 'guardrail' | `writer-${number}` | `reader-${number}`;

/** What a writer or a reader is refused: of severity high, medium and low. */
export type Operation = 'StopLogging' | 'CreateTrail' | 'GetTrailStatus';

/**
 * A refusal as CloudTrail records it. Severity high: `role` and `guardrail`; medium: a writer; low: a reader; unless the
 * operation says otherwise.
 */
export function refusal(cause: Cause, at: number, operation?: Operation): Envelope {
  const event = apiCallEvent({ at, region: HUB.region, service: 'cloudtrail', ...callFor(cause, operation) });
  return { ...event, detail: { ...event.detail, sharedEventID: randomUUID() } };
}

/** The same call, recorded for another trail. */
export function byAnotherRoute(event: Envelope): Envelope {
  return { ...event, id: randomUUID(), detail: { ...event.detail, eventID: randomUUID() } };
}

/** The same call, issued again by CloudTrail since its record was not complete. */
export function updated({ detail, ...event }: Envelope): Envelope {
  const { sharedEventID, ...record } = detail;
  const addendum = { reason: 'UPDATED_DATA', updatedFields: 'requestParameters', originalEventID: sharedEventID };
  return { ...event, id: randomUUID(), detail: { ...record, eventID: randomUUID(), addendum } };
}

function callFor(cause: Cause, asked?: Operation) {
  if (cause === 'role') {
    const errorMessage = 'This exception is thrown when the management account does not have a service-linked role.';
    return { who: kim, operation: 'CreateTrail', errorCode: 'NoManagementAccountSLRExistsException', errorMessage };
  }
  if (cause === 'guardrail') {
    return denied(deployer, 'StopLogging', `with an explicit deny in a service control policy: ${GUARDRAIL}`);
  }
  const operation = asked ?? (cause.startsWith('writer') ? 'CreateTrail' : 'GetTrailStatus');
  const reason = `because no identity-based policy allows the cloudtrail:${operation} action`;
  return denied(iamUser(PAYMENTS, cause), operation, reason);
}

function denied(who: Identity, operation: string, reason: string) {
  const { shownAs, account } = who.caller;
  const trail = `arn:aws:cloudtrail:${HUB.region}:${account}:trail/audit`;
  const errorMessage = `User: ${shownAs} is not authorized to perform: cloudtrail:${operation} on resource: ${trail} ${reason}`;
  return { who, operation, errorCode: 'AccessDenied', errorMessage };
}

import { actionOfOperation, isRead, serviceOf } from './actions';
import { partitionOfCaller, readCaller } from './caller';
import type { Denial } from './denial';
import { isCloudTrailRefusal, isDenialCode } from './error-codes';
import type { JsonObject } from './json';
import { asObject, objectAt, textAt } from './json';
import { parseMessage } from './parse-message';
import { completeResource, resourceOfRecord } from './resource';

/** What an event turned out to be. */
export type ParsedEvent =
  | { readonly kind: 'denial'; readonly denial: Denial }
  /** A call that succeeded, or failed for another reason than rights. */
  | { readonly kind: 'no-denial'; readonly eventId: string | null; readonly reason: string }
  /** Not a CloudTrail record, or one without the parts that every record has. */
  | { readonly kind: 'malformed'; readonly eventId: string | null; readonly reason: string };

/**
 * Reads an EventBridge envelope whose `detail` is a CloudTrail record, or a bare record.
 * @param managementAccount owner of organization trails; null where it is not known
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function parseEvent(input: unknown, managementAccount: string | null = null): ParsedEvent {
  const outer = asObject(input);
  if (!outer) {
    return { kind: 'malformed', eventId: null, reason: `malformed: expected an object, got ${kindOf(input)}` };
  }
  const envelope = 'detail' in outer && 'detail-type' in outer ? outer : null;
  const record = envelope ? objectAt(envelope, 'detail') : outer;
  const eventId = eventIdOf(record) ?? textAt(envelope, 'id');
  if (!record || !textAt(record, 'eventSource') || !textAt(record, 'eventName')) {
    const what = envelope ? `detail-type "${textAt(envelope, 'detail-type')}"` : 'no detail';
    return {
      kind: 'malformed',
      eventId,
      reason: `malformed: no CloudTrail record with eventSource and eventName (${what})`,
    };
  }
  return parseRecord(record, envelope, eventId, managementAccount);
}

function parseRecord(
  record: JsonObject,
  envelope: JsonObject | null,
  eventId: string | null,
  managementAccount: string | null,
): ParsedEvent {
  const service = serviceOf(textAt(record, 'eventSource') ?? '');
  const errorCode = textAt(record, 'errorCode');
  const message = textAt(record, 'errorMessage');
  const parsed = parseMessage(message ?? '');
  if (errorCode === null && message === null) {
    return { kind: 'no-denial', eventId, reason: 'the call succeeded' };
  }
  if (!isRefusal(service, errorCode ?? '', message ?? '', parsed.action)) {
    return { kind: 'no-denial', eventId, reason: `${errorCode ?? 'the error'} is no refusal` };
  }
  const identity = objectAt(record, 'userIdentity');
  if (!identity) {
    return { kind: 'malformed', eventId, reason: `malformed: userIdentity is ${kindOf(record.userIdentity)}` };
  }
  const pieces = { record, envelope, identity, service, errorCode, message, parsed, eventId, managementAccount };
  const denial = denialOf(pieces);
  return { kind: 'denial', denial };
}

type Pieces = {
  record: JsonObject;
  envelope: JsonObject | null;
  identity: JsonObject;
  service: string;
  errorCode: string | null;
  message: string | null;
  parsed: ReturnType<typeof parseMessage>;
  eventId: string | null;
  managementAccount: string | null;
};

function denialOf(pieces: Pieces): Denial {
  const { record, envelope, identity, service, errorCode, message, parsed, eventId, managementAccount } = pieces;
  const { principal, action: statedAction, resource: statedResource, ...reason } = parsed;
  const operation = textAt(record, 'eventName') ?? '';
  const parameters = flatEnough(objectAt(record, 'requestParameters'));
  const caller = readCaller(identity, record, principal);
  const envelopeAccount = plain(textAt(envelope, 'account'));
  const recipient = plain(textAt(record, 'recipientAccountId'));
  const region = plain(textAt(record, 'awsRegion') ?? textAt(envelope, 'region'));
  const place = {
    partition: partitionOfCaller(caller, region),
    region,
    account: recipient ?? envelopeAccount ?? caller.account,
  };
  const action = statedAction ?? actionOfOperation(service, operation);
  const resource = bounded(statedResource ?? resourceOfRecord({ service, action }, record, parameters));
  return {
    eventId,
    recordId: textAt(record, 'eventID'),
    time: textAt(record, 'eventTime') ?? textAt(envelope, 'time'),
    ...place,
    trusted: recipient === null || envelopeAccount === null || recipient === envelopeAccount,
    service,
    operation,
    readOnly: typeof record.readOnly === 'boolean' ? record.readOnly : isRead(operation),
    errorCode,
    message,
    action,
    resource:
      resource === null
        ? null
        : completeResource(resource, action, {
            ...place,
            // An organization trail belongs to the management account, whoever calls.
            account: parameters?.isOrganizationTrail === true ? managementAccount : place.account,
          }),
    reason,
    caller,
    parameters,
  };
}

/** Codes decide; a message that says "is not authorized to perform" is a refusal under any code. */
function isRefusal(service: string, code: string, message: string, statedAction: string | null): boolean {
  return (
    isDenialCode(code) || statedAction !== null || (service === 'cloudtrail' && isCloudTrailRefusal(code, message))
  );
}

/** The longest that a resource is taken at: the longest ARN of AWS. Request parameters may hold 100 KB. */
const LONGEST_RESOURCE = 2_048;

function bounded(resource: string | null): string | null {
  return resource === null ? null : resource.slice(0, LONGEST_RESOURCE);
}

/** How deep request parameters may be nested: no API of AWS comes near, and what reads or writes JSON gives up at thousands. */
const DEEPEST_PARAMETERS = 100;

function flatEnough(parameters: JsonObject | null): JsonObject | null {
  return isWithin(parameters, DEEPEST_PARAMETERS) ? parameters : null;
}

function isWithin(value: unknown, levels: number): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (levels > 0 && Object.values(value).every((member) => isWithin(member, levels - 1)))
  );
}

/** Ids as AWS writes them: they become part of ARNs, policies and commands. */
function plain(id: string | null): string | null {
  return id !== null && /^[\w-]{1,64}$/.test(id) ? id : null;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : value === undefined ? 'absent' : Array.isArray(value) ? 'an array' : typeof value;
}

/**
 * The id that all records of one call have in common: `sharedEventID` over accounts; and of a record that CloudTrail issues
 * again since its data changed (`addendum` of 1.08), the id of the original. Null when it has none.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function eventIdOf(record: JsonObject | null): string | null {
  const original = textAt(objectAt(record, 'addendum'), 'originalEventID');
  return textAt(record, 'sharedEventID') ?? original ?? textAt(record, 'eventID');
}

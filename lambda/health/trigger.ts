import { readCaller } from '../denial/caller';
import { asObject, type JsonObject, objectAt, textAt } from '../denial/json';

/** Check id of the incidents that a change of Trailmend's own resources opens. */
export const TAMPERED = 'tampered';

/** A change of one of Trailmend's own resources, as CloudTrail recorded it. Texts are as the caller chose them. */
export type Tampering = {
  readonly eventId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the user or role, or the AWS service. */
  readonly principal: string;
  readonly session: string | null;
  /** Such as `events:DisableRule`. */
  readonly action: string;
  /** What was changed, as the call named it. */
  readonly resource: string;
  /** Address that the call came from. */
  readonly from: string;
  /** Whether CloudFormation made the call, as it does when a stack is deployed. */
  readonly byDeployment: boolean;
};

/** Why the probe runs. */
export type Trigger =
  | { readonly kind: 'schedule' }
  /** The stack has been created or changed. */
  | { readonly kind: 'deployment' }
  | { readonly kind: 'tampering'; readonly tampering: Tampering };

/** CloudFormation in the fields that say where a call came from; only AWS can write it there. */
const CLOUDFORMATION = 'cloudformation.amazonaws.com';

/** Request parameters that name the changed resource, by which comes first. */
const NAMES = [
  'rule',
  'queueUrl',
  'topicArn',
  'subscriptionArn',
  'keyId',
  'functionName',
  'uUID',
  'roleName',
  'tableName',
  'alarmName',
  'name',
  'eventBusName',
] as const;

/** What an event of one of the probe's rules asks for. */
export function triggerOf(event: unknown): Trigger {
  const envelope = asObject(event);
  const detail = objectAt(envelope, 'detail');
  if (textAt(envelope, 'source') === 'aws.cloudformation' && textAt(detail, 'eventName') === null) {
    return { kind: 'deployment' };
  }
  return detail !== null && textAt(detail, 'eventName') !== null
    ? { kind: 'tampering', tampering: tamperingOf(detail) }
    : { kind: 'schedule' };
}

function tamperingOf(record: JsonObject): Tampering {
  const identity = objectAt(record, 'userIdentity') ?? {};
  const { principal, session } = readCaller(identity, record, null);
  const from = textAt(record, 'sourceIPAddress') ?? 'unknown';
  const [service = ''] = (textAt(record, 'eventSource') ?? '').split('.');
  return {
    eventId: textAt(record, 'eventID') ?? '',
    time: textAt(record, 'eventTime') ?? '',
    account: textAt(record, 'recipientAccountId') ?? '',
    region: textAt(record, 'awsRegion') ?? '',
    principal: principal ?? 'unknown',
    session,
    // Lambda puts the version of its API behind the name: `UpdateFunctionCode20150331v2`.
    action: `${service}:${(textAt(record, 'eventName') ?? '').replace(/\d{8}(?:v\d)?$/, '')}`,
    resource: resourceOf(record),
    from,
    byDeployment: from === CLOUDFORMATION || textAt(identity, 'invokedBy') === CLOUDFORMATION,
  };
}

function resourceOf(record: JsonObject): string {
  const parameters = objectAt(record, 'requestParameters');
  const name = NAMES.map((key) => textAt(parameters, key)).find((value) => value !== null);
  const alarms = parameters?.alarmNames;
  return name ?? (Array.isArray(alarms) ? alarms.join(', ') : 'unknown');
}

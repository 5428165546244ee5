import { CASES } from '../lambda/cases';
import { asObject, type JsonObject, objectAt } from '../lambda/denial/json';
import { isIncidentKey } from './source';

/** Whether a value from a file is what the programs that show it rely on. */
type Check = (value: unknown) => boolean;

/** The members of an object, each with what it must be. */
export type Shape = Readonly<Record<string, Check>>;

/** Name of the first member that is not what it must be; null when all are. */
export function lackingIn(object: JsonObject, shape: Shape): string | null {
  return Object.entries(shape).find(([name, holds]) => !holds(object[name]))?.[0] ?? null;
}

const isText: Check = (value) => typeof value === 'string';
const isTextOrNull: Check = (value) => value === null || typeof value === 'string';
const isNumber: Check = (value) => Number.isFinite(value);
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isFlag: Check = (value) => typeof value === 'boolean';
const isCase: Check = (value) => CASES.some(({ id }) => id === value);
const isSeverity: Check = (value) => value === 'high' || value === 'medium' || value === 'low';
const isState: Check = (value) => value === 'open' || value === 'remediated' || value === 'quiet';
const isPlanKind: Check = (value) => value === 'create-service-linked-role' || value === 'notify' || value === 'ignore';
const isKey: Check = (value) => typeof value === 'string' && isIncidentKey(value);

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const shaped =
  (shape: Shape): Check =>
  (value) => {
    const object = asObject(value);
    return object !== null && lackingIn(object, shape) === null;
  };

const CALL: Shape = {
  service: isText,
  operation: isText,
  requestId: isTextOrNull,
  outcome: isText,
  attempts: isNumber,
};

const AWS_ERROR: Shape = { name: isText, message: isText };

const VERIFICATION: Shape = {
  role: isText,
  outcome: isText,
  shown: orNull(isFlag),
  createdAt: orNull(isTime),
  look: orNull(isNumber),
  error: orNull(shaped(AWS_ERROR)),
};

const STANDING: Shape = {
  delegatedAdministrators: orNull(listOf(isText)),
  organizationTrail: orNull(isFlag),
  errors: listOf(shaped(AWS_ERROR)),
};

const COMMON: Shape = {
  time: isTime,
  messageId: isText,
  receiveCount: isNumber,
  durationMs: isNumber,
  callsLeftOut: isNumber,
  calls: listOf(shaped(CALL)),
};

/** What is relied on in the record of a notice. */
export const NOTICE: Shape = {
  ...COMMON,
  notice: isText,
  noticeId: isTextOrNull,
  incidentKeys: listOf(isKey),
  case: isCase,
  planKind: isText,
  severity: isSeverity,
  outcome: isText,
  detail: isText,
};

/** What is relied on in the record of an event. */
export const RECORD: Shape = {
  ...COMMON,
  case: isCase,
  severity: orNull(isSeverity),
  incidentKey: orNull(isKey),
  plan: (plan) => shaped({ kind: isPlanKind, reason: isText })(plan) && listOf(isText)(asObject(plan)?.roles ?? []),
  outcome: isText,
  again: isFlag,
  maxReceiveCount: isNumber,
  detail: isText,
  verification: listOf(shaped(VERIFICATION)),
  standing: orNull(shaped(STANDING)),
  ...Object.fromEntries(
    [
      'eventId',
      'recordId',
      'layer',
      'account',
      'region',
      'principal',
      'action',
      'resource',
      'errorCode',
      'noticeId',
    ].map((name) => [name, isTextOrNull] as const),
  ),
};

/** The parts of a finding that its explanation cannot do without. */
const isFinding: Check = (value) => {
  const denial = objectAt(asObject(value), 'denial');
  const isWhole = lackingIn(asObject(value) ?? {}, {
    case: isCase,
    severity: isSeverity,
    plan: shaped({ kind: isText }),
  });
  return isWhole === null && objectAt(denial, 'caller') !== null && objectAt(denial, 'reason') !== null;
};

/** What is relied on in an incident. */
export const INCIDENT: Shape = {
  key: isKey,
  case: isCase,
  severity: isSeverity,
  state: isState,
  firstSeen: isTime,
  lastSeen: isTime,
  count: isNumber,
  suppressed: isNumber,
  exact: isFlag,
  mute: orNull(shaped({ until: isNumber, by: isText, reason: isText, since: isNumber })),
  notices: listOf(shaped({ id: isText, noticeId: isText, at: isNumber })),
  finding: orNull(isFinding),
  audit: listOf(shaped(RECORD)),
  ...Object.fromEntries(
    ['actions', 'resources', 'principals', 'accounts'].map((name) => [name, listOf(isText)] as const),
  ),
};

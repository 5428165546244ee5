import { arnParts, partitionOfRegion } from './arn';
import type { JsonObject } from './json';
import { objectAt, textAt } from './json';

/**
 * Who made a call, from CloudTrail's `userIdentity`.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export type Caller = {
  /**
   * ARN of the user, or of the role instead of its session; else the AWS service, or `anonymous`. Null when the record
   * names nobody.
   */
  readonly principal: string | null;
  /** The record's `userIdentity.type`; null for a bare message. */
  readonly type: string | null;
  /** Account the caller belongs to. */
  readonly account: string | null;
  /** Role session name: often the person behind a role. */
  readonly session: string | null;
  /** AWS service that made the call, on its own or for the caller, such as `cloudtrail.amazonaws.com`. */
  readonly service: string | null;
  /** Whether the call came from a session of the AWS Management Console. */
  readonly fromConsole: boolean;
  /** ARN of the IAM user or role whose credentials began the session, when that is not `principal` itself. */
  readonly issuer: string | null;
};

/**
 * Reads the caller of a record.
 * @param identity the record's `userIdentity`
 * @param record the record itself, for the console flag and the source address
 * @param stated who the error message says it was, if it does
 */
export function readCaller(identity: JsonObject, record: JsonObject, stated: string | null): Caller {
  const type = textAt(identity, 'type');
  const issuer = textAt(objectAt(objectAt(identity, 'sessionContext'), 'sessionIssuer'), 'arn');
  const arn = textAt(identity, 'arn') ?? statedArn(stated);
  const account = textAt(identity, 'accountId') ?? arnParts(issuer ?? arn)?.account ?? null;
  const service = textAt(identity, 'invokedBy');
  const partition = partitionOfRegion(textAt(record, 'awsRegion') ?? '');
  const principal = principalOf({ type, arn, issuer, account, service, identity, partition });
  return {
    principal,
    type,
    account: accountId(account),
    session: sessionName(arn),
    service: service ?? serviceAddress(record),
    fromConsole: record.sessionCredentialFromConsole === 'true' || record.sessionCredentialFromConsole === true,
    issuer: issuer === principal ? null : issuer,
  };
}

/** The caller that a bare error message names. */
export function callerFromMessage(stated: string | null): Caller {
  const anonymous = stated === 'anonymous' ? stated : null;
  const owner = stated !== null && /^\d{12}$/.test(stated) ? stated : null;
  const arn = statedArn(stated) ?? (owner && `arn:aws:iam::${owner}:root`);
  return {
    principal: arn === null ? anonymous : (roleOfSession(arn) ?? arn),
    type: null,
    account: accountId(arnParts(arn)?.account ?? null),
    session: sessionName(arn),
    service: null,
    fromConsole: false,
    issuer: null,
  };
}

/** The caller's partition; ARNs of IAM Identity Center's users do not name it. */
export function partitionOfCaller({ principal }: Caller, region: string | null): string {
  const arn = arnParts(principal);
  const tells = arn !== null && arn.service !== 'identitystore' && /^aws[a-z-]{0,20}$/.test(arn.partition);
  return tells ? arn.partition : partitionOfRegion(region ?? '');
}

type Known = {
  type: string | null;
  arn: string | null;
  issuer: string | null;
  account: string | null;
  service: string | null;
  identity: JsonObject;
  partition: string;
};

function principalOf({ type, arn, issuer, account, service, identity, partition }: Known): string | null {
  if (type === 'AWSService') {
    return service ?? arn;
  }
  if (type === 'IdentityCenterUser') {
    const user = textAt(objectAt(identity, 'onBehalfOf'), 'userId');
    return user === null ? arn : `arn:aws:identitystore:::user/${user}`;
  }
  if (issuer?.includes(':role/')) {
    return issuer;
  }
  if (arn !== null) {
    return roleOfSession(arn) ?? arn;
  }
  if (/^anonymous/i.test(account ?? textAt(identity, 'principalId') ?? '')) {
    return 'anonymous';
  }
  if (type === 'AWSAccount' && account !== null) {
    return `arn:${partition}:iam::${account}:root`;
  }
  return service ?? textAt(identity, 'principalId');
}

/** `arn:…:sts::ACCOUNT:assumed-role/ROLE/SESSION` → `arn:…:iam::ACCOUNT:role/ROLE`; null for other ARNs. */
function roleOfSession(arn: string): string | null {
  const parts = arnParts(arn);
  const role = parts && /^assumed-role\/([^/]+)/.exec(parts.resource);
  return parts && role ? `arn:${parts.partition}:iam::${parts.account}:role/${role[1]}` : null;
}

/** Other values are masked, sanitised or no account. */
function accountId(text: string | null): string | null {
  return text !== null && /^\d{12}$/.test(text) ? text : null;
}

function sessionName(arn: string | null): string | null {
  const [kind, ...names] = arnParts(arn)?.resource.split('/') ?? [];
  const session = kind === 'assumed-role' ? names.slice(1) : kind === 'federated-user' ? names : [];
  return session.join('/') || null;
}

function statedArn(stated: string | null): string | null {
  return stated !== null && arnParts(stated) !== null ? stated : null;
}

/** Where a service calls on its own behalf, CloudTrail writes its name instead of an address. */
function serviceAddress(record: JsonObject): string | null {
  const address = textAt(record, 'sourceIPAddress');
  return address?.endsWith('.amazonaws.com') ? address : null;
}

import type { CaseId } from '../cases';
import { arnParts } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { isDenialCode } from '../denial/error-codes';
import type { Reason } from '../denial/parse-message';
import { attachToOf } from '../explain/identity';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';

/** Who was refused, in words: the user, the permission set or role with the person in its session name, the service. */
export function whoOf(denial: Denial, texts: Texts): string {
  const { service, type, principal } = denial.caller;
  const who = callerOf(denial, texts);
  return service !== null && type !== 'AWSService' && service !== principal
    ? texts.who.through(who, shown(service))
    : who;
}

function callerOf(denial: Denial, { who }: Texts): string {
  const { principal, session, type, account } = denial.caller;
  if (principal === null) {
    return who.unknown;
  }
  if (principal === 'anonymous') {
    return who.anonymous;
  }
  const arn = arnParts(principal);
  if (arn === null) {
    return type === 'AWSService' ? who.service(shown(principal)) : who.user(shown(principal));
  }
  const person = session === null ? null : shown(session);
  const name = shown(arn.resource.slice(arn.resource.lastIndexOf('/') + 1));
  if (arn.resource === 'root') {
    const id = shown(account ?? denial.account);
    return type === 'Root' || (type === null && denial.message?.includes(':root')) ? who.root(id) : who.account(id);
  }
  if (arn.service === 'identitystore') {
    return who.identityCenterUser(name);
  }
  if (arn.resource.startsWith('role/')) {
    const attachTo = attachToOf(denial);
    return attachTo.kind === 'permission-set'
      ? who.permissionSet(shown(attachTo.name), person)
      : who.role(name, person);
  }
  return arn.resource.startsWith('federated-user/') ? who.federatedUser(name) : who.user(name);
}

/** What was refused to whom on what; the bare message where it names no action. */
export function whatHappened(denial: Denial, texts: Texts): string {
  if (denial.action === null && denial.operation === null) {
    return shown(denial.message);
  }
  const action = shown(denial.action ?? denial.operation);
  return texts.whatHappened(whoOf(denial, texts), action, denial.resource === null ? null : shown(denial.resource));
}

/** When and where, in UTC; null when the record says neither. */
export function whenWhere({ time, region, account }: Denial, accountName: string | null, texts: Texts): string | null {
  if (time === null && region === null) {
    return null;
  }
  const utc = shown(time).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
  return texts.whenWhere(utc, shown(region), texts.account(shown(account), accountName && shown(accountName)));
}

/** Why it was refused: the layer and how that is known, or what CloudTrail's own code means. */
export function why(id: CaseId, { errorCode }: Denial, reason: Reason, texts: Texts): string {
  const { effect, evidence, layer, policyArn } = reason;
  const code = errorCode === null ? null : shown(errorCode);
  return code !== null && evidence === 'unknown' && !isDenialCode(code)
    ? texts.answered(texts.causes[id], code)
    : texts.why(effect, evidence, layer, policyArn, code);
}

/** The refused operation by its short name: `CreateTrail`, or `PassRole` for `iam:PassRole`. */
export function refusedName({ action, operation }: Denial): string {
  return shown(action?.slice(action.indexOf(':') + 1) ?? operation);
}

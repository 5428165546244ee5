import type { CaseId } from '../cases';
import { arnParts } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { isDenialCode } from '../denial/error-codes';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';

/** Who was refused, in words: the user, the role with the person in its session name, the service. */
export function whoOf({ caller, account }: Denial, { who }: Texts): string {
  const { principal, session, type } = caller;
  if (principal === null) {
    return who.unknown;
  }
  if (principal === 'anonymous') {
    return who.anonymous;
  }
  const name = arnParts(principal)?.resource;
  if (name === undefined) {
    return type === 'AWSService' ? who.service(shown(principal)) : who.user(shown(principal));
  }
  if (name === 'root') {
    return who.root(shown(caller.account ?? account));
  }
  const last = shown(name.slice(name.lastIndexOf('/') + 1));
  if (name.startsWith('role/')) {
    return who.role(last, session === null ? null : shown(session));
  }
  return name.startsWith('federated-user/') ? who.federatedUser(last) : who.user(last);
}

/** What was refused to whom on what. */
export function whatHappened(denial: Denial, texts: Texts): string {
  const action = shown(denial.action ?? denial.operation);
  return texts.whatHappened(whoOf(denial, texts), action, denial.resource === null ? null : shown(denial.resource));
}

/** When and where, in UTC. */
export function whenWhere({ time, region, account }: Denial, texts: Texts): string {
  const utc = shown(time).replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
  return texts.whenWhere(utc, shown(region), shown(account));
}

/** Why it was refused: the layer and how that is known, or what CloudTrail's own code means. */
export function why(id: CaseId, { reason, errorCode }: Denial, texts: Texts): string {
  const { effect, evidence, layer, policyArn } = reason;
  const code = errorCode === null ? null : shown(errorCode);
  return code !== null && evidence === 'unknown' && !isDenialCode(code)
    ? texts.answered(texts.causes[id], code)
    : texts.why(effect, evidence, texts.layers[layer], policyArn, code);
}

/** The refused operation by its short name: `CreateTrail`, or `PassRole` for `iam:PassRole`. */
export function refusedName({ action, operation }: Denial): string {
  return shown(action?.slice(action.indexOf(':') + 1) ?? operation);
}

import type { Denial } from '../denial/denial';
import { rightsBehind } from '../plan/caller-rights';
import { appearedSince, gravest, type Remediation, type RoleOutcome, type Standing } from '../plan/remediation';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { retryCommand } from './retry-command';

/** The state of each role, one line each. */
export function roleLines({ roles }: Remediation, denial: Denial, texts: Texts): string {
  return roles.map((outcome) => `${outcome.role.name}: ${stateOf(outcome, denial, texts)}`).join('\n');
}

/** What is to be done now, given how ensuring the roles ended. */
export function stepAfterRoles(remediation: Remediation, denial: Denial, texts: Texts): string {
  const step = mainStep(remediation, denial, texts);
  const ready = ['created', 'already-present'].includes(gravest(remediation.roles));
  const branch = ready && remediation.standing ? branchOf(remediation.standing, denial, texts) : null;
  return branch === null ? step : `${step}\n${branch}`;
}

/** The command with which the caller can try again, when trying again makes sense. */
export function retryAfterRoles({ roles }: Remediation, denial: Denial): string | null {
  return ['created', 'already-present'].includes(gravest(roles)) ? retryCommand(denial) : null;
}

/** Commands that take back what Trailmend created; null when it created nothing. */
export function undoCommands({ roles }: Remediation): string | null {
  const commands = roles
    .filter(({ kind }) => kind === 'created')
    .map(({ role }) => `aws iam delete-service-linked-role --role-name ${role.name}`);
  return commands.length === 0 ? null : commands.join('\n');
}

function stateOf(outcome: RoleOutcome, denial: Denial, { roles }: Texts): string {
  if (outcome.kind === 'already-present' && appearedSince(outcome, denial.time)) {
    return roles.since;
  }
  const state = roles[outcome.kind];
  return 'error' in outcome
    ? `${state} ${roles.error(shown(outcome.error.name), shown(outcome.error.message))}`
    : state;
}

function mainStep({ roles, delivery }: Remediation, denial: Denial, { afterRoles }: Texts): string {
  const operation = shown(denial.operation);
  const again = delivery.again ? delivery : null;
  const kind = gravest(roles);
  const concerned = roles.filter((outcome) => outcome.kind === kind).map(({ role }) => role);
  const creations = concerned.map(({ service }) => `aws iam create-service-linked-role --aws-service-name ${service}`);
  switch (kind) {
    case 'created':
      return afterRoles.created(operation);
    case 'already-present':
      return roles.some((outcome) => appearedSince(outcome, denial.time))
        ? afterRoles.appearedSince(operation)
        : afterRoles.alreadyPresent(rightsBehind(denial.operation));
    case 'would-create':
      return afterRoles.wouldCreate(creations);
    case 'create-failed':
      return afterRoles.failed(creations, again);
    case 'probe-failed': {
      const looks = concerned.map(({ name }) => `aws iam get-role --role-name ${name}`);
      return afterRoles.probeFailed([...looks, ...creations], again);
    }
  }
}

/** Which branch of AWS's page comes after the role: a delegate first, or the organization trail; null when the retry is it. */
function branchOf(
  { delegatedAdministrators, organizationTrail, errors }: Standing,
  { operation }: Denial,
  texts: Texts,
): string | null {
  const { afterRoles } = texts;
  if (delegatedAdministrators === null || organizationTrail === null) {
    return afterRoles.standingUnknown(errors.map(({ name, message }) => shown(`${name}: ${message}`)).join('; '));
  }
  if (organizationTrail) {
    return null;
  }
  if (delegatedAdministrators.length === 0) {
    return operation === 'RegisterOrganizationDelegatedAdmin' ? null : afterRoles.registerDelegate;
  }
  return operation === 'CreateTrail' ? null : afterRoles.createTrail(delegatedAdministrators.map(shown));
}

/** Whether every role was there all along, so that none of them was the cause. */
export function wasNoCause({ roles }: Remediation, { time }: Denial): boolean {
  return gravest(roles) === 'already-present' && !roles.some((role) => appearedSince(role, time));
}

/** How carrying out the plan ended, for programs. */
export function outcomeJson(remediation: Remediation | null, denial: Denial): object {
  if (!remediation) {
    return { kind: 'notified', roles: [], retryCommand: null, undoCommand: null, delegatedAdministrators: null };
  }
  return {
    kind: gravest(remediation.roles),
    roles: remediation.roles.map(({ role, kind, ...rest }) => ({
      name: role.name,
      service: role.service,
      outcome: kind,
      error: 'error' in rest ? { name: rest.error.name, message: rest.error.message } : null,
    })),
    retryCommand: retryAfterRoles(remediation, denial),
    undoCommand: undoCommands(remediation),
    delegatedAdministrators: remediation.standing?.delegatedAdministrators ?? null,
  };
}

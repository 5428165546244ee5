import { allRules, type Target } from './cloudformation/deployment';
import { permissionsToPublish } from './endpoint/sns';
import { refusalToInvoke, refusalToSend } from './eventbridge/rights';
import { refusalToKeep } from './function/failure-destination';
import { type Guard, refusalMessage, refusalOf } from './iam/authorize';
import type { Caller, IdentityCaller } from './iam/principal';
import { callContext, serviceContext } from './iam/request-context';
import { accountLabel } from './organization/accounts';
import { deployedRoleSession, roleSession } from './organization/identity';
import { accountOf } from './organization/place';
import type { Sandbox } from './sandbox';

const CLOUDWATCH: Caller = { kind: 'service', service: 'cloudwatch.amazonaws.com' };

/** Problems of a deployment that no ordinary event brings to light; empty when all is well. */
export function checkDeployment(sandbox: Sandbox): string[] {
  return [
    ...alarmsThatCannotPublish(sandbox),
    ...rulesWithoutSafetyNet(sandbox),
    ...rulesThatMayNotInvoke(sandbox),
    ...functionsWithoutSafetyNet(sandbox),
    ...openToPlainHttp(sandbox),
    ...openToStrangers(sandbox),
    ...keysWithoutAdministrator(sandbox),
    ...deafPlaces(sandbox),
  ];
}

/** CloudWatch publishes an alarm as itself; where it may not, the alarm fails without anybody noticing. */
function alarmsThatCannotPublish({ deployment, world }: Sandbox): string[] {
  if (deployment.alarms.length === 0) return ['no alarm watches the stack'];
  return deployment.alarms.flatMap(({ name, arn, actions }) => {
    if (actions.length === 0) return [`alarm ${name} tells nobody`];
    return actions
      .flatMap((topic) => permissionsToPublish(topic, world))
      .flatMap(({ action, resource, context, guard }) => {
        const request = { caller: CLOUDWATCH, action, resource, context: { ...serviceContext(arn), ...context } };
        const refusal = refusalOf(request, guard ?? { account: accountOf(resource) });
        return refusal ? [`alarm ${name} cannot publish: ${refusalMessage(request, refusal)}`] : [];
      });
  });
}

/** What a rule cannot deliver must reach a dead-letter queue. */
function rulesWithoutSafetyNet({ deployment }: Sandbox): string[] {
  return allRules(deployment).flatMap((rule) =>
    rule.targets.flatMap(({ deadLettersArn }: Target) => {
      if (!deadLettersArn) return [`rule ${rule.name} has no dead-letter queue`];
      const failure = refusalToSend(deployment, rule, deadLettersArn);
      return failure ? [`rule ${rule.name} cannot use its dead-letter queue: ${failure}`] : [];
    }),
  );
}

/** Some rules are hardly ever heard of: those for tampering, say. */
function rulesThatMayNotInvoke({ deployment }: Sandbox): string[] {
  return allRules(deployment).flatMap((rule) =>
    rule.targets.flatMap(({ arn }) => {
      const failure = deployment.functions.has(arn) ? refusalToInvoke(deployment, rule, arn) : null;
      return failure ? [`rule ${rule.name} cannot invoke its function: ${failure}`] : [];
    }),
  );
}

/** What a function that is handed events cannot handle must reach its destination. */
function functionsWithoutSafetyNet({ deployment }: Sandbox): string[] {
  return [...deployment.asyncSettings.keys()].flatMap((arn) => {
    const { name = '', roleArn = '' } = deployment.functions.get(arn) ?? {};
    const role = deployment.roles.get(roleArn);
    const failure = role && refusalToKeep(deployment, arn, deployedRoleSession(role, name).caller);
    return failure ? [`function ${name} cannot use its destination: ${failure}`] : [];
  });
}

/** Not even an administrator of the account may send or read without TLS. */
function openToPlainHttp({ deployment }: Sandbox): string[] {
  const mayUse = (action: string, resource: string) => {
    const caller = administratorOf(resource);
    return (
      refusalOf(
        { caller, action, resource, context: callContext(caller, { isEncrypted: false }) },
        { account: caller.account, policy: deployment.policies.get(resource) },
      ) === null
    );
  };
  const queues = [...deployment.queues.keys()].filter((arn) => mayUse('sqs:SendMessage', arn));
  const topics = [...deployment.topics.keys()].filter((arn) => mayUse('sns:Publish', arn));
  return [...queues, ...topics].map((arn) => `${arn} can be used without TLS`);
}

/** The hub bus takes nothing from outside the organization. */
function openToStrangers({ deployment }: Sandbox): string[] {
  return [...deployment.buses.keys()].flatMap((resource) => {
    const stranger = roleSession('999988887777', 'forwarder', 'events', { allowed: ['events:PutEvents'] });
    const caller = { ...stranger.caller, organization: 'o-somebodyelse' };
    const guard: Guard = { account: accountOf(resource), policy: deployment.policies.get(resource) };
    const refusal = refusalOf({ caller, action: 'events:PutEvents', resource, context: callContext(caller) }, guard);
    return refusal === null ? [`${resource} takes events from outside the organization`] : [];
  });
}

/** A key that its own account may not administer can never be changed again. */
function keysWithoutAdministrator({ deployment }: Sandbox): string[] {
  return [...deployment.keys].flatMap((resource) => {
    const caller = administratorOf(resource);
    const guard = { account: caller.account, policy: deployment.policies.get(resource), isSovereign: true };
    const request = { caller, action: 'kms:PutKeyPolicy', resource, context: callContext(caller) };
    return refusalOf(request, guard) === null ? [] : [`nobody may administer ${resource}`];
  });
}

/** Where a stack set reaches members, every account and Region of the organization has a forwarder of today. */
function deafPlaces({ deployment, organization }: Sandbox): string[] {
  return [...deployment.stackSets.values()].flatMap(({ instances }) =>
    organization.members.flatMap((account) =>
      organization.regions.flatMap((region) => {
        const where = `${accountLabel(account)}, ${region}`;
        const instance = instances.find(({ place }) => place.account === account && place.region === region);
        if (!instance) return [`${where} has no forwarder`];
        return instance.status === 'CURRENT' ? [] : [`the forwarder of ${where} is ${instance.status}`];
      }),
    ),
  );
}

function administratorOf(arn: string): IdentityCaller {
  return roleSession(accountOf(arn), 'Administrator', 'alex', { allowed: ['*'] }).caller;
}

import type { Target } from './cloudformation/deployment';
import { permissionsToPublish } from './endpoint/sns';
import { forwarderOf, refusalToSend } from './eventbridge/event-bridge';
import { type Guard, refusalMessage, refusalOf } from './iam/authorize';
import type { Caller } from './iam/principal';
import { callContext, serviceContext } from './iam/request-context';
import { HUB } from './organization/accounts';
import { roleSession } from './organization/identity';
import type { Sandbox } from './sandbox';

const CLOUDWATCH: Caller = { kind: 'service', service: 'cloudwatch.amazonaws.com' };

/** Problems of a deployment that no ordinary event brings to light; empty when all is well. */
export function checkDeployment(sandbox: Sandbox): string[] {
  return [
    ...alarmsThatCannotPublish(sandbox),
    ...rulesWithoutSafetyNet(sandbox),
    ...openToPlainHttp(sandbox),
    ...openToStrangers(sandbox),
    ...keysWithoutAdministrator(sandbox),
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
        const refusal = refusalOf(request, guard ?? { account: HUB.account });
        return refusal ? [`alarm ${name} cannot publish: ${refusalMessage(request, refusal)}`] : [];
      });
  });
}

/** What a rule cannot deliver must reach a dead-letter queue. */
function rulesWithoutSafetyNet({ deployment }: Sandbox): string[] {
  return deployment.rules.flatMap((rule) =>
    rule.targets.flatMap(({ deadLettersArn }: Target) => {
      if (!deadLettersArn) return [`rule ${rule.name} has no dead-letter queue`];
      const failure = refusalToSend(deployment, rule, deadLettersArn);
      return failure ? [`rule ${rule.name} cannot use its dead-letter queue: ${failure}`] : [];
    }),
  );
}

/** Not even an administrator of the account may send or read without TLS. */
function openToPlainHttp({ deployment }: Sandbox): string[] {
  const { caller } = roleSession(HUB.account, 'Administrator', 'alex', { allowed: ['*'] });
  const mayUse = (action: string, resource: string) =>
    refusalOf(
      { caller, action, resource, context: callContext(caller, false) },
      { account: HUB.account, policy: deployment.policies.get(resource) },
    ) === null;
  const queues = [...deployment.queues.keys()].filter((arn) => mayUse('sqs:SendMessage', arn));
  const topics = [...deployment.topics.keys()].filter((arn) => mayUse('sns:Publish', arn));
  return [...queues, ...topics].map((arn) => `${arn} can be used without TLS`);
}

/** The hub bus takes nothing from outside the organization. */
function openToStrangers({ deployment }: Sandbox): string[] {
  return [...deployment.buses.keys()].flatMap((resource) => {
    const caller = { ...forwarderOf('999988887777'), organization: 'o-somebodyelse' };
    const guard: Guard = { account: HUB.account, policy: deployment.policies.get(resource) };
    const refusal = refusalOf({ caller, action: 'events:PutEvents', resource, context: callContext(caller) }, guard);
    return refusal === null ? [`${resource} takes events from outside the organization`] : [];
  });
}

/** A key that its own account may not administer can never be changed again. */
function keysWithoutAdministrator({ deployment }: Sandbox): string[] {
  const { caller } = roleSession(HUB.account, 'Administrator', 'alex', { allowed: ['*'] });
  return [...deployment.keys.values()].flatMap((resource) => {
    const guard = { account: HUB.account, policy: deployment.policies.get(resource), isKey: true };
    const request = { caller, action: 'kms:PutKeyPolicy', resource, context: callContext(caller) };
    return refusalOf(request, guard) === null ? [] : [`nobody may administer ${resource}`];
  });
}

import type { Deployment, Role, Rule } from '../cloudformation/deployment';
import { type Guard, refusalMessage, refusalOf } from '../iam/authorize';
import type { Caller } from '../iam/principal';
import { serviceContext } from '../iam/request-context';
import { accountOf } from '../organization/place';

const EVENTS: Caller = { kind: 'service', service: 'events.amazonaws.com' };

/** Why a rule may not send to a queue; null when it may. */
export function refusalToSend({ policies }: Deployment, rule: Rule, queueArn: string): string | null {
  return refusalTo('sqs:SendMessage', rule, queueArn, { account: accountOf(queueArn), policy: policies.get(queueArn) });
}

/** Why a rule may not invoke a function; null when it may. */
export function refusalToInvoke({ policies }: Deployment, rule: Rule, arn: string): string | null {
  return refusalTo('lambda:InvokeFunction', rule, arn, { account: accountOf(arn), policy: policies.get(arn) });
}

/** Why EventBridge may not act as the role of a rule's target; null when it may. */
export function refusalToAssume(rule: Rule, { arn, trust }: Role): string | null {
  return refusalTo('sts:AssumeRole', rule, arn, { account: accountOf(arn), policy: trust });
}

function refusalTo(action: string, { arn }: Rule, resource: string, guard: Guard): string | null {
  const request = { caller: EVENTS, action, resource, context: serviceContext(arn) };
  const refusal = refusalOf(request, guard);
  return refusal && refusalMessage(request, refusal);
}

import type { Deployment, FunctionSettings } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import type { IdentityCaller } from '../iam/principal';
import { callContext } from '../iam/request-context';
import { accountOf } from '../organization/place';
import type { GivenUp } from './async-invocations';

/**
 * Sends an event that a function could not handle to its destination, as the function's role; answers why it could not, or
 * null. Only queues are known here.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function sendToDestination(
  deployment: Deployment,
  { arn }: FunctionSettings,
  caller: IdentityCaller,
  givenUp: GivenUp,
): string | null {
  const refusal = refusalToKeep(deployment, arn, caller);
  const destination = deployment.asyncSettings.get(arn)?.onFailureArn ?? '';
  if (!refusal) deployment.queues.get(destination)?.send(JSON.stringify(recordOf(arn, givenUp)));
  return refusal;
}

/** Why what a function cannot handle does not reach its destination; null when it does. */
export function refusalToKeep(
  { queues, policies, asyncSettings }: Deployment,
  functionArn: string,
  caller: IdentityCaller,
): string | null {
  const destination = asyncSettings.get(functionArn)?.onFailureArn ?? null;
  if (destination === null) return 'it has no destination for what it cannot handle';
  if (!queues.has(destination)) return `its destination ${destination} is no queue of the sandbox`;
  const request = { caller, action: 'sqs:SendMessage', resource: destination, context: callContext(caller) };
  const refusal = refusalOf(request, { account: accountOf(destination), policy: policies.get(destination) });
  return refusal && refusalMessage(request, refusal);
}

function recordOf(functionArn: string, { id, event, tries, reason }: GivenUp) {
  return {
    version: '1.0',
    requestContext: {
      requestId: id,
      functionArn: `${functionArn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: tries,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: reason.split('\n', 1)[0] },
  };
}

import { refusalMessage, refusalOf } from '../iam/authorize';
import { callContext } from '../iam/request-context';
import type { Fault } from './faults';
import type { Call, Operation, Service, World } from './operation';
import { ServiceError } from './service-error';

/** A call, with the operation and service it asks. */
export type Asked = { readonly service: Service; readonly operation: Operation; readonly call: Call };

/** Authorizes a call and does what it asks: the answer, or the error that AWS would answer with. */
export async function answerCall(asked: Asked, world: World, fault: Fault | null): Promise<object | ServiceError> {
  const failure = fault && (await failureOf(fault, asked, world));
  if (failure) return failure;
  try {
    authorize(asked, world, fault === 'refuse');
    return await asked.operation.perform(asked.call, world);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function authorize({ service, operation, call }: Asked, world: World, isMadeToRefuse: boolean): void {
  const { caller, region } = call;
  for (const { action, resource, shownAs, code, context, guard } of operation.permissions(call, world)) {
    const request = { caller, action, resource, context: { ...callContext(caller, { region }), ...context } };
    const implicit = `because no identity-based policy allows the ${action} action`;
    const refusal = isMadeToRefuse ? implicit : refusalOf(request, guard ?? { account: caller.account });
    if (refusal) throw new ServiceError(code ?? service.denialCode, refusalMessage(request, refusal, shownAs), 403);
  }
}

async function failureOf(fault: Fault, { service, operation, call }: Asked, world: World): Promise<object | null> {
  const isJson = service.protocol === 'json';
  if (fault === 'throttle') return new ServiceError(isJson ? 'ThrottlingException' : 'Throttling', 'Rate exceeded');
  if (fault === 'expire') {
    const code = isJson ? 'ExpiredTokenException' : 'ExpiredToken';
    return new ServiceError(code, 'The security token included in the request is expired', isJson ? 400 : 403);
  }
  if (fault === 'error') return new ServiceError('InternalFailure', 'The request processing has failed.', 500);
  return fault === 'stale' ? (operation.stale?.(call, world)?.() ?? null) : null;
}

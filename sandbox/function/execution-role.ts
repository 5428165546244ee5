import type { Deployment, FunctionSettings } from '../cloudformation/deployment';
import { refusalOf } from '../iam/authorize';
import type { Caller } from '../iam/principal';
import { callContext, serviceContext } from '../iam/request-context';
import type { Journal } from '../journal';
import { deployedRoleSession, type Identity } from '../organization/identity';
import { accountOf, placeOf } from '../organization/place';

const LAMBDA: Caller = { kind: 'service', service: 'lambda.amazonaws.com' };

/** The identity that a function calls AWS as; null, and a defect, when Lambda may not be it. */
export function assumeRole(
  { name, arn, roleArn }: FunctionSettings,
  { roles }: Deployment,
  journal: Journal,
): Identity | null {
  const role = roles.get(roleArn);
  const request = { caller: LAMBDA, action: 'sts:AssumeRole', resource: roleArn, context: serviceContext(arn) };
  if (!role || refusalOf(request, { account: accountOf(roleArn), policy: role.trust })) {
    const text = `Function ${name} cannot run: Lambda may not assume its role ${roleArn}`;
    journal.add({ kind: 'defect', text });
    return null;
  }
  return deployedRoleSession(role, name);
}

/** Whether a function may write to its log group; a defect when it may not. */
export function mayLog({ name, arn, logGroup }: FunctionSettings, { caller }: Identity, journal: Journal): boolean {
  const { account, region } = placeOf(arn);
  const resource = `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:sandbox`;
  const refusals = ['logs:CreateLogStream', 'logs:PutLogEvents'].filter((action) =>
    refusalOf({ caller, action, resource, context: callContext(caller) }, { account }),
  );
  if (refusals.length > 0) {
    journal.add({ kind: 'defect', text: `Function ${name} logs nothing: it lacks ${refusals.join(', ')}` });
  }
  return refusals.length === 0;
}

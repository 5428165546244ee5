import type { Role } from '../cloudformation/deployment';
import { assumedRoleSession } from '../organization/identity';
import { accountOf } from '../organization/place';
import { type Call, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** STS: who am I, and being somebody else. */
export const sts: Service = {
  protocol: 'query',
  denialCode: 'AccessDenied',
  operations: {
    GetCallerIdentity: {
      // AWS lets everybody make this call, whatever the policies say.
      permissions: () => [],
      perform: ({ caller }) => ({ Account: caller.account, Arn: caller.shownAs, UserId: 'AROAEXAMPLE:session' }),
    },
    AssumeRole: {
      permissions: (call, { deployment }) => {
        const resource = textIn(call, 'RoleArn');
        const policy = deployment.roles.get(resource)?.trust;
        const context = { 'sts:RoleSessionName': textIn(call, 'RoleSessionName') };
        const guard = { account: accountOf(resource), policy, isSovereign: true };
        return [{ action: 'sts:AssumeRole', resource, context, guard }];
      },
      perform: assumeRole,
    },
  },
};

function assumeRole(call: Call, { deployment, admit, clock }: World) {
  const name = textIn(call, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw new ServiceError('ValidationError', `Value '${name}' at 'roleSessionName' failed to satisfy constraint`);
  }
  // Nobody may assume a role that does not exist, so it is there.
  const role = deployment.roles.get(textIn(call, 'RoleArn')) as Role;
  const session = assumedRoleSession(role, name);
  admit(session);
  const seconds = Number(textIn(call, 'DurationSeconds') || 3_600);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: 'sandbox',
      SessionToken: 'sandbox',
      Expiration: new Date(clock.now() + seconds * 1_000).toISOString(),
    },
    AssumedRoleUser: { Arn: session.caller.shownAs, AssumedRoleId: String(session.userIdentity.principalId) },
  };
}

import type { Role } from '../cloudformation/deployment';
import { policyText } from '../iam/policy';
import { accountLabel, HUB } from '../organization/accounts';
import type { LocalRole } from '../organization/local-organization';
import { accountOf } from '../organization/place';
import { type Call, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** The service-linked roles that the local IAM can create: role name by service. */
const LINKABLE: Readonly<Record<string, string>> = {
  'cloudtrail.amazonaws.com': 'AWSServiceRoleForCloudTrail',
  'context.cloudtrail.amazonaws.com': 'AWSServiceRoleForCloudTrailEventContext',
  'config.amazonaws.com': 'AWSServiceRoleForConfig',
};

/** IAM, as far as service-linked roles go, and a look at the deployed ones. */
export const iam: Service = {
  protocol: 'query',
  denialCode: 'AccessDenied',
  operations: {
    GetRole: {
      permissions: (call, world) => {
        const name = textIn(call, 'RoleName');
        const [service] = Object.entries(LINKABLE).find(([, role]) => role === name) ?? [];
        const deployed = deployedRole(call, world)?.arn ?? `arn:aws:iam::${call.caller.account}:role/${name}`;
        const resource = service ? linkedRoleArn(service, name, call) : deployed;
        return [{ action: 'iam:GetRole', resource, shownAs: `role ${name}` }];
      },
      perform: (call, world) => {
        const role = findRole(call, world);
        const deployed = deployedRole(call, world);
        if (role) return { Role: describe(role) };
        if (deployed) return { Role: describeDeployed(deployed) };
        throw notFound(call);
      },
      stale: (call, world) => (findRole(call, world) ? () => notFound(call) : null),
    },
    CreateServiceLinkedRole: {
      permissions: (call) => {
        const service = textIn(call, 'AWSServiceName');
        const resource = linkedRoleArn(service, LINKABLE[service] ?? '*', call);
        return [{ action: 'iam:CreateServiceLinkedRole', resource, context: { 'iam:AWSServiceName': service } }];
      },
      perform: createServiceLinkedRole,
    },
  },
};

function notFound(call: Call): ServiceError {
  return new ServiceError('NoSuchEntity', `The role with name ${textIn(call, 'RoleName')} cannot be found.`, 404);
}

/** The service-linked role a `GetRole` asks for; undefined when it does not exist. */
function findRole(call: Call, { organization }: World): LocalRole | undefined {
  return call.caller.account === HUB.account ? organization.roles.get(textIn(call, 'RoleName')) : undefined;
}

function deployedRole({ caller, input }: Call, { deployment }: World): Role | undefined {
  return [...deployment.roles.values()].find(
    ({ name, arn }) => name === input.RoleName && accountOf(arn) === caller.account,
  );
}

function createServiceLinkedRole(call: Call, { organization, clock }: World) {
  const service = textIn(call, 'AWSServiceName');
  const name = LINKABLE[service];
  if (!name) throw new ServiceError('InvalidInput', `Invalid service name: ${service}`);
  if (textIn(call, 'CustomSuffix'))
    throw new ServiceError('InvalidInput', `Custom suffix is not allowed for ${service}`);
  if (call.caller.account !== HUB.account) {
    throw new Error(`The sandbox keeps roles of ${accountLabel(HUB.account)} only`);
  }
  if (organization.roles.has(name)) {
    const message = `Service role name ${name} has been taken in this account, please try a different suffix.`;
    throw new ServiceError('InvalidInput', message);
  }
  const role = { name, service, arn: linkedRoleArn(service, name, call), createdAt: clock.now() };
  organization.roles.set(name, role);
  return { Role: describe(role) };
}

function linkedRoleArn(service: string, name: string, { caller }: Call): string {
  return `arn:aws:iam::${caller.account}:role/aws-service-role/${service}/${name}`;
}

function describeDeployed({ name, arn, trust }: Role) {
  const document = encodeURIComponent(policyText(trust));
  return { Path: '/', RoleName: name, RoleId: 'AROAEXAMPLE', Arn: arn, AssumeRolePolicyDocument: document };
}

function describe({ name, arn, service, createdAt }: LocalRole) {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
  return {
    Path: `/aws-service-role/${service}/`,
    RoleName: name,
    RoleId: 'AROAEXAMPLELINKEDROLE',
    Arn: arn,
    CreateDate: new Date(createdAt).toISOString(),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
    MaxSessionDuration: 3600,
  };
}

import { HUB } from '../organization/accounts';
import { type LocalTrail, trailArn } from '../organization/local-organization';
import { type Call, type Permission, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

const SERVICE = 'cloudtrail.amazonaws.com';
const ROLE = 'AWSServiceRoleForCloudTrail';

/** CloudTrail, as far as trails and organization trails go. */
export const cloudtrail: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    CreateTrail: { permissions: permissionsToCreate, perform: createTrail },
    DescribeTrails: {
      permissions: () => [{ action: 'cloudtrail:DescribeTrails', resource: '*' }],
      perform: ({ caller, region }, { organization }) => {
        const trails = [...organization.trails.values()];
        const visible = trails.filter((trail) => trail.isOrganizationTrail || accountOf(trail.arn) === caller.account);
        return {
          trailList: visible.map((trail) => ({ ...describe(trail), HomeRegion: trail.arn.split(':')[3] ?? region })),
        };
      },
    },
    GetTrailStatus: { permissions: (call) => [onTrail(call)], perform: getTrailStatus },
  },
};

function onTrail(call: Call): Permission {
  const resource = namedTrail(call);
  return { action: `cloudtrail:${call.operation}`, resource, guard: { account: accountOf(resource) } };
}

function permissionsToCreate(call: Call): Permission[] {
  // An organization's trail belongs to the management account, but it is the caller's own policies that allow it.
  const create = { ...onTrail(call), guard: { account: call.caller.account } };
  const role = textIn(call, 'CloudWatchLogsRoleArn');
  const context = { 'iam:PassedToService': SERVICE };
  return role ? [create, { action: 'iam:PassRole', resource: role, context }] : [create];
}

function createTrail(call: Call, world: World) {
  const name = textIn(call, 'Name');
  const bucket = textIn(call, 'S3BucketName');
  const ofOrganization = call.input.IsOrganizationTrail === true;
  if (!name || !bucket)
    throw new ServiceError('InvalidTrailNameException', 'Trail name and S3 bucket name are required.');
  if (ofOrganization) requireOrganization(call, world);
  if (world.organization.trails.has(namedTrail(call))) {
    const message = `Trail ${name} already exists for customer: ${accountOf(namedTrail(call))}`;
    throw new ServiceError('TrailAlreadyExistsException', message);
  }
  return describe(
    world.organization.addTrail({ name, bucket, ofOrganization, account: call.caller.account, region: call.region }),
  );
}

/** What CloudTrail asks for before it creates anything for a whole organization. */
function requireOrganization({ caller: { account } }: Call, { organization }: World): void {
  if (account !== HUB.account && !organization.delegatedAdministrators.has(account)) {
    const message = 'You must be signed in to the management account or a delegated administrator account.';
    throw new ServiceError('NotOrganizationMasterAccountException', message);
  }
  if (!organization.trustedServices.has(SERVICE)) {
    const message =
      "The request could not be processed because your organization hasn't enabled CloudTrail service access. " +
      `Enable service access for CloudTrail, and then try again. You are signed in with the following AWS account ID: ${account}`;
    throw new ServiceError('CloudTrailAccessNotEnabledException', message);
  }
  if (!organization.roles.has(ROLE)) {
    const message = 'This exception is thrown when the management account does not have a service-linked role.';
    throw new ServiceError('NoManagementAccountSLRExistsException', message, 403);
  }
}

function getTrailStatus(call: Call, { organization }: World) {
  const arn = namedTrail(call);
  if (!organization.trails.has(arn)) {
    throw new ServiceError('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${call.caller.account}`);
  }
  return { IsLogging: true };
}

/** The ARN that a call means by a trail's name, which may be an ARN already. */
function namedTrail(call: Call): string {
  const name = textIn(call, 'Name');
  const account = call.input.IsOrganizationTrail === true ? HUB.account : call.caller.account;
  return name.startsWith('arn:') ? name : trailArn(account, call.region, name);
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function describe({ name, arn, bucket, isOrganizationTrail }: LocalTrail) {
  return {
    Name: name,
    S3BucketName: bucket,
    TrailARN: arn,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: isOrganizationTrail,
    LogFileValidationEnabled: true,
  };
}

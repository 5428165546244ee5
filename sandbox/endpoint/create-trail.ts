import type { LocalTrail } from '../cloudtrail/trail';
import { HUB } from '../organization/accounts';
import { accountOf } from '../organization/place';
import { trailArnIn } from './named-trail';
import { type Call, type Permission, textIn, type World } from './operation';
import { ServiceError } from './service-error';

const SERVICE = 'cloudtrail.amazonaws.com';
const ROLE = 'AWSServiceRoleForCloudTrail';

/** What creating a trail takes: the action, and the right to pass the role for CloudWatch Logs. */
export function permissionsToCreate(call: Call): Permission[] {
  // An organization's trail belongs to the management account, but it is the caller's own policies that allow it.
  const guard = { account: call.caller.account };
  const create = { action: 'cloudtrail:CreateTrail', resource: trailArnIn(call), guard };
  const role = textIn(call, 'CloudWatchLogsRoleArn');
  const context = { 'iam:PassedToService': SERVICE };
  return role ? [create, { action: 'iam:PassRole', resource: role, context }] : [create];
}

/** Creates a trail, when everything is in place. */
export function createTrail(call: Call, world: World) {
  const name = textIn(call, 'Name');
  const bucket = textIn(call, 'S3BucketName');
  const ofOrganization = call.input.IsOrganizationTrail === true;
  if (!name || !bucket)
    throw new ServiceError('InvalidTrailNameException', 'Trail name and S3 bucket name are required.');
  if (ofOrganization) requireOrganization(call, world);
  if (world.organization.trails.has(trailArnIn(call))) {
    const message = `Trail ${name} already exists for customer: ${accountOf(trailArnIn(call))}`;
    throw new ServiceError('TrailAlreadyExistsException', message);
  }
  const { caller, region } = call;
  const isMultiRegion = call.input.IsMultiRegionTrail === true;
  return describeTrail(
    world.organization.addTrail({ name, bucket, ofOrganization, isMultiRegion, account: caller.account, region }),
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

/** A trail as CloudTrail shows it. */
export function describeTrail({ name, arn, bucket, isOrganizationTrail, isMultiRegion }: LocalTrail) {
  return {
    Name: name,
    S3BucketName: bucket,
    TrailARN: arn,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: isMultiRegion,
    IsOrganizationTrail: isOrganizationTrail,
    LogFileValidationEnabled: true,
  };
}

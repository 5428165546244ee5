import type { Denial } from '../denial/denial';
import { CLOUDTRAIL } from '../denial/ties';

/**
 * What to look at and to run in the management account when the organization is not ready, in this order, by the code that
 * CloudTrail answered with. `<…>` is for the reader to fill in.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html
 */
const BY_CODE: readonly (readonly [prefix: string, commands: readonly string[]])[] = [
  [
    'CloudTrailAccessNotEnabled',
    [
      'aws organizations list-aws-service-access-for-organization',
      `aws organizations enable-aws-service-access --service-principal ${CLOUDTRAIL}`,
    ],
  ],
  [
    'OrganizationNotInAllFeaturesMode',
    [
      'aws organizations describe-organization --query Organization.FeatureSet',
      'aws organizations enable-all-features',
    ],
  ],
  [
    'OrganizationsNotInUse',
    ['aws organizations describe-organization', 'aws organizations create-organization --feature-set ALL'],
  ],
  ['NotOrganization', ['aws organizations describe-organization --query Organization.MasterAccountId', delegates()]],
  [
    'DelegatedAdminAccountLimitExceeded',
    [delegates(), 'aws cloudtrail deregister-organization-delegated-admin --delegated-admin-account-id <account-id>'],
  ],
  [
    'CannotDelegateManagementAccount',
    [
      'aws organizations list-accounts',
      'aws cloudtrail register-organization-delegated-admin --member-account-id <account-id>',
    ],
  ],
];

/** The ordered commands for a denial; none where the organization was not the reason. */
export function organizationCommands({ errorCode }: Denial): readonly string[] {
  return BY_CODE.find(([prefix]) => errorCode?.startsWith(prefix))?.[1] ?? [];
}

function delegates(): string {
  return `aws organizations list-delegated-administrators --service-principal ${CLOUDTRAIL}`;
}

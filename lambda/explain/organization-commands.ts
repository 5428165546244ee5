import type { Denial } from '../denial/denial';
import { CLOUDTRAIL } from '../denial/ties';

/** The one next step when the organization, or the account that called, is not set up for a call. */
export type OrganizationStep =
  | 'enable-trusted-access'
  | 'enable-all-features'
  | 'create-organization'
  | 'call-from-management-account'
  | 'free-a-delegate'
  | 'delegate-a-member';

type Row = { readonly prefix: string; readonly step: OrganizationStep; readonly commands: readonly string[] };

const DELEGATES = `aws organizations list-delegated-administrators --service-principal ${CLOUDTRAIL}`;

/**
 * What to do by the code that CloudTrail answered with, and what to run for it in the management account, in this order.
 * `<…>` is for the reader to fill in.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delegated-administrator.html
 */
const ROWS: readonly Row[] = [
  {
    prefix: 'CloudTrailAccessNotEnabled',
    step: 'enable-trusted-access',
    commands: [
      'aws organizations list-aws-service-access-for-organization',
      `aws organizations enable-aws-service-access --service-principal ${CLOUDTRAIL}`,
    ],
  },
  {
    prefix: 'OrganizationNotInAllFeaturesMode',
    step: 'enable-all-features',
    commands: [
      'aws organizations describe-organization --query Organization.FeatureSet',
      'aws organizations enable-all-features',
    ],
  },
  {
    prefix: 'OrganizationsNotInUse',
    step: 'create-organization',
    commands: ['aws organizations describe-organization'],
  },
  {
    prefix: 'NotOrganization',
    step: 'call-from-management-account',
    commands: ['aws organizations describe-organization --query Organization.MasterAccountId', DELEGATES],
  },
  {
    prefix: 'DelegatedAdminAccountLimitExceeded',
    step: 'free-a-delegate',
    commands: [
      DELEGATES,
      'aws cloudtrail deregister-organization-delegated-admin --delegated-admin-account-id <account-id>',
    ],
  },
  {
    prefix: 'CannotDelegateManagementAccount',
    step: 'delegate-a-member',
    commands: [
      'aws organizations list-accounts',
      'aws cloudtrail register-organization-delegated-admin --member-account-id <account-id>',
    ],
  },
];

/** The ordered commands for a denial; none where the organization was not the reason. */
export function organizationCommands(denial: Denial): readonly string[] {
  return rowOf(denial)?.commands ?? [];
}

/** The next step for a denial; null where the organization was not the reason. */
export function organizationStep(denial: Denial): OrganizationStep | null {
  return rowOf(denial)?.step ?? null;
}

function rowOf({ errorCode }: Denial): Row | undefined {
  return ROWS.find(({ prefix }) => errorCode?.startsWith(prefix));
}

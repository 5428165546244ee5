import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UsageError } from '../../cli/usage-error';
import type { Aws, Caller, Credentials } from './aws';
import { assume } from './sessions';

/** The organization that may be broken, and who calls there. */
export type Target = { readonly partition: string; readonly management: Caller; readonly member: Caller };

/** What the person named. */
type Named = { readonly organization: string; readonly member: string; readonly role: string; readonly region: string };

/**
 * Sees, without changing anything, that the credentials lead to the management account of the organization that was named.
 * @throws UsageError when they do not
 */
export async function openTarget(aws: Aws, credentials: Credentials, named: Named): Promise<Target> {
  const { organization, member, role, region } = named;
  const unknown: Caller = { account: '', name: 'management account', credentials };
  const identity = await aws.client(STSClient, unknown, region).send(new GetCallerIdentityCommand({}));
  const management = { ...unknown, account: identity.Account ?? '' };
  if (identity.Arn?.endsWith(':root') === true) {
    throw new UsageError(
      'these credentials are of the root user, who cannot assume roles: take a user or role with every right',
    );
  }
  const { Organization } = await aws
    .client(OrganizationsClient, management, region)
    .send(new DescribeOrganizationCommand({}));
  if (Organization?.Id !== organization) {
    throw new UsageError(
      `these credentials lead to organization ${Organization?.Id}, not ${organization}: nothing was changed`,
    );
  }
  if (Organization.MasterAccountId !== management.account) {
    const { MasterAccountId } = Organization;
    throw new UsageError(
      `these credentials are of account ${management.account}, not of the management account ${MasterAccountId}`,
    );
  }
  if (member === management.account) {
    throw new UsageError('--member must be another account than the management account');
  }
  const partition = identity.Arn?.split(':')[1] ?? 'aws';
  const roleArn = `arn:${partition}:iam::${member}:role/${role}`;
  const session = { roleArn, account: member, name: 'member account' };
  return { partition, management, member: await assume(aws, management, region, session) };
}

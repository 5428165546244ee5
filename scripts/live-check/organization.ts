import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { unlessGone } from './changes';
import { SERVICE } from './linked-role';
import type { Look } from './look';

/** What is done here, as it is called among the changes. */
export const TRUSTED = 'trusted access for CloudTrail';
export const DELEGATED = 'the member account as delegated administrator of CloudTrail, by Organizations';

/** Lets Organizations trust CloudTrail, where it does not yet. */
export async function trustCloudTrail(look: Look): Promise<void> {
  const organizations = clientOf(look);
  const { EnabledServicePrincipals = [] } = await organizations.send(new ListAWSServiceAccessForOrganizationCommand());
  if (!EnabledServicePrincipals.some(({ ServicePrincipal }) => ServicePrincipal === SERVICE)) {
    const input = { ServicePrincipal: SERVICE };
    await look.changes.make({
      what: TRUSTED,
      byHand: `aws organizations disable-aws-service-access --service-principal ${SERVICE}`,
      make: () => organizations.send(new EnableAWSServiceAccessCommand(input)),
      undo: () => organizations.send(new DisableAWSServiceAccessCommand(input)),
    });
  }
}

/** Delegates CloudTrail to the member account through Organizations, which creates no role, where it is not yet. */
export async function delegateToMember(look: Look): Promise<void> {
  const organizations = clientOf(look);
  const { DelegatedAdministrators = [] } = await organizations.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal: SERVICE }),
  );
  const { account } = look.member;
  if (!DelegatedAdministrators.some(({ Id }) => Id === account)) {
    const input = { AccountId: account, ServicePrincipal: SERVICE };
    await look.changes.make({
      what: DELEGATED,
      byHand: `aws organizations deregister-delegated-administrator --account-id ${account} --service-principal ${SERVICE}`,
      make: () => organizations.send(new RegisterDelegatedAdministratorCommand(input)),
      undo: () => unlessGone(organizations.send(new DeregisterDelegatedAdministratorCommand(input))),
    });
  }
}

function clientOf({ aws, management, region }: Look): OrganizationsClient {
  return aws.client(OrganizationsClient, management, region);
}

import { type OrganizationsClient, paginateListDelegatedAdministrators } from '@aws-sdk/client-organizations';
import { CLOUDTRAIL } from '../denial/ties';

/** Ids of the accounts that are delegated administrators for CloudTrail; at most 3. */
export async function listDelegatedAdministrators(organizations: OrganizationsClient): Promise<string[]> {
  const accounts: string[] = [];
  const pages = paginateListDelegatedAdministrators({ client: organizations }, { ServicePrincipal: CLOUDTRAIL });
  for await (const { DelegatedAdministrators = [] } of pages) {
    accounts.push(...DelegatedAdministrators.flatMap(({ Id }) => Id ?? []));
  }
  return accounts;
}

import {
  ListAccountsCommand,
  type ListAccountsCommandOutput,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { ScanError } from '../scan-error';
import type { Archive } from './archive';
import { isRefused } from './refused';

/** Accounts and Regions whose folders of the archive are read. */
export type Places = { readonly accounts: readonly string[]; readonly regions: readonly string[] };

/**
 * Which accounts and Regions are read: those that are named; else those that the archive has. Where nobody may look into it, or
 * it is not known, accounts are those of the organization, but Regions must be named.
 * @param named empty lists where nothing is named
 */
export async function findPlaces(
  named: Places,
  archive: Archive | null,
  organizations: OrganizationsClient,
): Promise<Places> {
  const accounts = await accountsOf(named, archive, organizations);
  return { accounts, regions: await regionsOf(named, accounts, archive) };
}

async function accountsOf(
  { accounts }: Places,
  archive: Archive | null,
  organizations: OrganizationsClient,
): Promise<readonly string[]> {
  if (accounts.length > 0) {
    return accounts;
  }
  const inArchive = archive && (await unlessRefused(archive.accounts()));
  const found = inArchive ?? (await unlessRefused(accountsOfOrganization(organizations)));
  if (found === null) {
    throw new ScanError(
      'the accounts are not known: name them with --account, or get s3:ListBucket on the bucket of --archive, or organizations:ListAccounts.',
    );
  }
  return found;
}

async function regionsOf(
  { regions }: Places,
  accounts: readonly string[],
  archive: Archive | null,
): Promise<readonly string[]> {
  const found = regions.length > 0 ? regions : archive && (await unlessRefused(archive.regions(accounts)));
  if (found === null) {
    throw new ScanError(
      'the Regions are not known: name them with --region, or get s3:ListBucket on the bucket of --archive.',
    );
  }
  if (found.length === 0) {
    throw new ScanError(`the archive has nothing of ${accounts.join(', ')}: check --account and --archive.`);
  }
  return found;
}

async function accountsOfOrganization(client: OrganizationsClient): Promise<string[]> {
  const accounts: string[] = [];
  let NextToken: string | undefined;
  do {
    const page: ListAccountsCommandOutput = await client.send(new ListAccountsCommand({ NextToken }));
    accounts.push(...(page.Accounts ?? []).map(({ Id = '' }) => Id));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return accounts;
}

async function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isRefused(error)) {
      return null;
    }
    throw error;
  }
}

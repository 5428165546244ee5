import { DescribeAccountCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';

/** How many names are kept: more accounts than most organizations have, in a few hundred kilobytes. */
const KEPT = 5_000;

/**
 * Looks account names up, each once in the life of the function. A name only makes a notice easier to read: an account
 * that cannot be looked up has none, and is tried again next time.
 */
export function accountNames(organizations: OrganizationsClient): (account: string) => Promise<string | null> {
  const known = new Map<string, string>();
  return async (account) => {
    const name = known.get(account) ?? (await lookUp(organizations, account));
    if (name !== null && known.size < KEPT) {
      known.set(account, name);
    }
    return name;
  };
}

/** Every failure is the same value: no name. The call log has the error. */
async function lookUp(organizations: OrganizationsClient, account: string): Promise<string | null> {
  try {
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: account }));
    return Account?.Name ?? null;
  } catch {
    return null;
  }
}

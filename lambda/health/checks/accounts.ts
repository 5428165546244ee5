import { type DeployedLook, ofDeployment } from '../of-deployment';
import { type AccountSeen, many } from '../saw';
import { aboutHub, notChecked, ok } from '../verdict';
import { unknownMembers } from './members';
import { targetedAccounts } from './targeted-accounts';

/** How long what was heard says that something still arrives. */
const FRESH_MS = 30 * 24 * 3_600_000;

/**
 * When each account was last heard in each Region. Silence is no failure: an account in which nothing is refused says
 * nothing. But where no trail is known to take a member's events, nothing may arrive either.
 */
export const accounts = ofDeployment('accounts', async (look) => {
  const { managementAccount, regions, tableName, homeRegion } = look.expectation;
  const [members, { seen }] = await Promise.all([membersOf(look), look.aws.health(tableName, homeRegion)]);
  const all: AccountSeen[] = [{ account: managementAccount, name: null }, ...members];
  const places = all.flatMap((account) =>
    seen
      .filter((each) => each.account === account.account && regions.includes(each.region))
      .map(({ region, seenAt }) => ({ ...account, region, seenAt })),
  );
  const sorted = places.sort((one, other) => other.seenAt - one.seenAt);
  const isFresh = ({ seenAt }: { readonly seenAt: number }) => look.now() - seenAt < FRESH_MS;
  const fresh = sorted.filter(isFresh);
  const stale = sorted.filter((place) => !isFresh(place));
  const heard = new Set(sorted.map(({ account }) => account));
  const silent = all.filter(({ account }) => !heard.has(account));
  const about = (subject: string) => aboutHub('accounts', look, subject);
  return [
    ...(fresh.length > 0 ? [ok(about('heard'), { kind: 'accounts-heard', accounts: many(fresh) })] : []),
    ...(stale.length > 0 ? [notChecked(about('stale'), { kind: 'accounts-stale', accounts: many(stale) })] : []),
    ...(silent.length > 0 ? [notChecked(about('silent'), { kind: 'accounts-silent', accounts: many(silent) })] : []),
    ...(await unknownMembers(members, fresh, look)),
  ];
});

async function membersOf(look: DeployedLook): Promise<AccountSeen[]> {
  const members = look.expectation.organizationalUnits.length === 0 ? [] : await targetedAccounts(look);
  return members.map(({ id, name }) => ({ account: id, name }));
}

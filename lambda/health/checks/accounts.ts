import { type DeployedLook, ofDeployment } from '../of-deployment';
import { type AccountSeen, many } from '../saw';
import { aboutHub, notChecked, ok } from '../verdict';
import { targetedAccounts } from './targeted-accounts';

/**
 * When each account was last heard. Silence is no failure: an account in which nothing is refused says nothing.
 */
export const accounts = ofDeployment('accounts', async (look) => {
  const { tableName, homeRegion } = look.expectation;
  const [all, { seen }] = await Promise.all([everybody(look), look.aws.health(tableName, homeRegion)]);
  const latest = all.flatMap((account) => {
    const [last] = seen.filter((each) => each.account === account.account).sort((a, b) => b.seenAt - a.seenAt);
    return last ? [{ ...account, region: last.region, seenAt: last.seenAt }] : [];
  });
  const heard = new Set(latest.map(({ account }) => account));
  const silent = all.filter(({ account }) => !heard.has(account));
  const sorted = latest.sort((one, other) => other.seenAt - one.seenAt);
  return [
    ...(sorted.length > 0
      ? [ok(aboutHub('accounts', look, 'heard'), { kind: 'accounts-heard', accounts: many(sorted) })]
      : []),
    ...(silent.length > 0
      ? [notChecked(aboutHub('accounts', look, 'silent'), { kind: 'accounts-silent', accounts: many(silent) })]
      : []),
  ];
});

/** Every account that should be heard. */
async function everybody(look: DeployedLook): Promise<AccountSeen[]> {
  const { managementAccount, organizationalUnits } = look.expectation;
  const members = organizationalUnits.length === 0 ? [] : await targetedAccounts(look);
  return [{ account: managementAccount, name: null }, ...members.map(({ id, name }) => ({ account: id, name }))];
}

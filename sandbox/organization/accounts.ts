import type { Location } from '../cloudformation/template';

/** The id of the local organization; the synthesized bus policy lets only its members in. */
export const ORGANIZATION_ID = 'o-examplesandbox';

/** Where the stack is deployed: the management account's home Region. */
export const HUB: Location = { stack: 'TrailmendHub', account: '111122223333', region: 'us-east-1', partition: 'aws' };

/** The root of the organization, under which all accounts are. */
export const ROOT_ID = 'r-exam';

/** Regions that the organization uses, the home Region first. */
export const REGIONS: readonly string[] = [HUB.region, 'eu-west-1', 'eu-central-1'];

/** The account that CloudTrail's administration is delegated to. */
export const DELEGATED_ADMINISTRATOR = '222233334444';

/** Every account, with the name administrators know it by. */
export const ACCOUNTS: Readonly<Record<string, string>> = {
  [HUB.account]: 'Management',
  [DELEGATED_ADMINISTRATOR]: 'Security',
  '333344445555': 'Payments',
  '444455556666': 'Analytics',
  '555566667777': 'Web shop',
};

/** Members of the organization: those above and eight more, which do nothing until a storm comes. */
export const MEMBERS: readonly string[] = [
  ...Object.keys(ACCOUNTS).filter((account) => account !== HUB.account),
  ...Array.from({ length: 8 }, (_, at) => `6000000000${10 + at}`),
];

/** The name of an account of the organization; undefined for any other. */
export function accountName(account: string): string | undefined {
  return ACCOUNTS[account] ?? (MEMBERS.includes(account) ? `Team ${account.slice(-2)}` : undefined);
}

/** An account as people call it: its name when it has one here, and its id. */
export function accountLabel(account: string): string {
  const name = accountName(account);
  return name ? `${name} (${account})` : account;
}

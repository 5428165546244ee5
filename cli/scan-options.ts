import { type Command, Option } from 'commander';
import { CASES } from '../lambda/cases';
import type { Organization } from '../lambda/cases/case';
import type { Wanted } from '../scan/wanted';
import { accountIds } from './account-ids';
import { momentOf } from './moment';
import { UsageError } from './usage-error';

/** What of the past is wanted, and what is known of the organization. */
export type WantedOptions = {
  since?: string;
  until?: string;
  account?: string[];
  case?: string[];
  ignored?: true;
  managementAccount?: string;
  canaryRole?: string;
};

/** Adds the options that say what of the past is wanted, wherever it is read. */
export function addWantedOptions(command: Command): Command {
  return command
    .optionsGroup('What is wanted:')
    .option('--since <time>', 'calls from then on: 8h, 90d, 2026-11-02 or 2026-11-02T03:00Z')
    .option('--until <time>', 'calls before then')
    .option('--account <id...>', 'only calls in these accounts')
    .addOption(new Option('--case <case...>', 'only these cases').choices(CASES.map(({ id }) => id)))
    .option('--ignored', 'also what Trailmend would have recorded without telling anybody, such as calls not covered')
    .option('--management-account <id>', 'management account of the organization, which owns organization trails')
    .option('--canary-role <arn>', 'role of the canary of a deployment, whose refused calls are meant');
}

/**
 * What the options ask for.
 * @param now milliseconds since 1970
 * @throws UsageError when they make no sense
 */
export function wantedOf(options: WantedOptions, now: number): Wanted {
  const { account = [], ignored = false } = options;
  const cases = options.case ?? [];
  const since = options.since === undefined ? null : momentOf('--since', options.since, now);
  const until = options.until === undefined ? null : momentOf('--until', options.until, now);
  if (since !== null && until !== null && since >= until) {
    throw new UsageError(`--since ${options.since} is not before --until ${options.until}: nothing lies between them.`);
  }
  // Of calls that are not covered nobody is ever told: who asks for them wants to see them.
  const withIgnored = ignored || cases.includes('not-covered');
  return { since, until, accounts: accountIds('--account', account), cases, withIgnored };
}

/** What the options say of the organization. */
export function organizationOf({ managementAccount, canaryRole }: WantedOptions): Organization {
  const [account = null] = accountIds('--management-account', managementAccount ? [managementAccount] : []);
  return { managementAccount: account, responderRole: null, canaryRole: canaryRole ?? null };
}

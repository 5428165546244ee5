import { shown } from '../../lambda/texts/untrusted';
import type { ReviewData } from '../review-data';
import type { Page } from './page';
import type { Facet } from './selection';

/** The name of an account, fit to be shown; null where it is not known. */
export function accountName(account: string, { accountNames }: ReviewData): string | null {
  const name = Object.hasOwn(accountNames, account) ? accountNames[account] : undefined;
  return name === undefined ? null : shown(name);
}

/** An account by its name, where it is known, and its id. */
export function accountLabel(account: string, { data, texts }: Pick<Page, 'data' | 'texts'>): string {
  return texts.account(shown(account), accountName(account, data));
}

/** A principal by its last name: `role/team/Deployer` of an account is `Deployer`. */
export function principalName(principal: string): string {
  return shown(principal.slice(principal.lastIndexOf('/') + 1) || principal);
}

/** A value of a facet as people read it; as it is where it has no name. */
export function valueLabel(facet: Facet, value: string, page: Pick<Page, 'data' | 'texts' | 'words'>): string {
  const { words } = page;
  switch (facet) {
    case 'account':
      return accountLabel(value, page);
    case 'principal':
      return principalName(value);
    case 'state':
      return named(words.states, value);
    case 'severity':
      return named(words.severities, value);
    case 'case':
      return named(words.cases, value);
    case 'layer':
      return named(words.layers, value);
    case 'silence':
      return named(words.silences, value);
  }
}

function named(names: Readonly<Record<string, string>>, value: string): string {
  return (Object.hasOwn(names, value) && names[value]) || shown(value);
}

import { UsageError } from './usage-error';

/**
 * The accounts that an option names.
 * @throws UsageError when one of them is no account id
 */
export function accountIds(option: string, ids: readonly string[]): readonly string[] {
  const wrong = ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) {
    throw new UsageError(`${option} ${wrong} is no account: give its id of 12 digits.`);
  }
  return ids;
}

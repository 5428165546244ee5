import { asObject, rowOf } from '../denial/json';
import { likes, type Match, unclear } from './policy-match';

/** Whether a value of a call fits one value of a condition. */
type Compare = (value: string, expected: string) => boolean;

const same: Compare = (value, expected) => value === expected;
const sameWord: Compare = (value, expected) => value.toLowerCase() === expected.toLowerCase();
const like: Compare = (value, pattern) => likes(pattern, value);

/** The operators that are understood; those with `not` hold when no value fits. */
const OPERATORS: Readonly<Record<string, { readonly fits: Compare; readonly not?: true }>> = {
  StringEquals: { fits: same },
  StringNotEquals: { fits: same, not: true },
  StringEqualsIgnoreCase: { fits: sameWord },
  StringLike: { fits: like },
  StringNotLike: { fits: like, not: true },
  ArnEquals: { fits: like },
  ArnLike: { fits: like },
  ArnNotEquals: { fits: like, not: true },
  ArnNotLike: { fits: like, not: true },
  Bool: { fits: sameWord },
};

/**
 * Whether the conditions of a statement hold.
 * @param context what is known of the call, by key in small letters; a condition on any other key is unclear
 */
export function conditionsMatch(condition: unknown, context: Readonly<Record<string, string>>): Match {
  const all = Object.entries(asObject(condition) ?? {}).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys) ?? {}).map(([key, values]) => keyMatches(operator, key, [values].flat(), context)),
  );
  return all.includes(false) ? false : (all.find((match) => typeof match === 'object') ?? true);
}

function keyMatches(
  operator: string,
  key: string,
  values: unknown[],
  context: Readonly<Record<string, string>>,
): Match {
  const value = rowOf(context, key.toLowerCase());
  const known = rowOf(OPERATORS, operator.replace(/IfExists$/, ''));
  const expected = values.map(String);
  if (!known || value === undefined || expected.some((text) => text.includes('${'))) {
    return unclear(`${operator} ${key}`);
  }
  return expected.some((text) => known.fits(value, text)) !== (known.not ?? false);
}

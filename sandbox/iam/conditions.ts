import { iamGlob, matchesGlob } from '../glob';

/** Condition operators of a statement, each with the condition keys and the values it compares them with. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Condition keys of a request. Keys compare without regard to case, as in IAM. */
export type RequestContext = Readonly<Record<string, string>>;

type Comparison = (wanted: string, actual: string) => boolean;

const equal: Comparison = (wanted, actual) => wanted === actual;
const equalIgnoringCase: Comparison = (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase();
const like: Comparison = (wanted, actual) => matchesGlob(iamGlob(wanted), actual);

/** An ARN matches part by part: a `*` never reaches over a colon of the first five. */
const arnLike: Comparison = (wanted, actual) => {
  const [wantedParts, actualParts] = [arnParts(wanted), arnParts(actual)];
  return (
    wantedParts.length === actualParts.length && wantedParts.every((part, at) => like(part, actualParts[at] ?? ''))
  );
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: equalIgnoringCase,
};

/** Operators that hold when no value compares; they also hold when the request lacks the key. */
const NEGATIONS: Readonly<Record<string, Comparison>> = {
  StringNotEquals: equal,
  StringNotEqualsIgnoreCase: equalIgnoringCase,
  StringNotLike: like,
  ArnNotEquals: arnLike,
  ArnNotLike: arnLike,
};

/**
 * Whether every condition holds.
 * @throws Error for an operator the sandbox does not know, since guessing would make it laxer or stricter than AWS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function meetsConditions(conditions: Conditions, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => meets(operator, wanted, conditionKey(context, key))),
  );
}

function meets(operator: string, wanted: readonly string[], actual: string | undefined): boolean {
  if (operator === 'Null') return wanted.includes(String(actual === undefined));
  const plain = operator.endsWith('IfExists') ? operator.slice(0, -'IfExists'.length) : operator;
  const comparison = COMPARISONS[plain];
  const negation = NEGATIONS[plain];
  if (!comparison && !negation) {
    throw new Error(
      `The sandbox does not know the condition operator ${operator}: add it to sandbox/iam/conditions.ts`,
    );
  }
  if (actual === undefined) return operator !== plain || negation !== undefined;
  if (negation) return !wanted.some((value) => negation(value, actual));
  return wanted.some((value) => comparison?.(value, actual));
}

function conditionKey(context: RequestContext, key: string): string | undefined {
  return Object.entries(context).find(([name]) => equalIgnoringCase(name, key))?.[1];
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

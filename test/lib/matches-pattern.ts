/**
 * Whether EventBridge would match `event`: the operators that Trailmend's patterns use, and an error for any other.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: object, event: unknown): boolean {
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or') {
      return (expected as object[]).some((branch) => matchesPattern(branch, event));
    }
    const values = membersOf(event, key);
    return Array.isArray(expected)
      ? expected.some((operator) =>
          isAbsence(operator) ? values.length === 0 : values.some((value) => matchesValue(operator, value)),
        )
      : values.some((value) => matchesPattern(expected, value));
  });
}

/** The member's values: those of an array one by one, an absent member none. */
function membersOf(event: unknown, key: string): unknown[] {
  const value = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[key] : undefined;
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isAbsence(operator: unknown): boolean {
  return typeof operator === 'object' && operator !== null && 'exists' in operator && operator.exists === false;
}

function matchesValue(operator: unknown, value: unknown): boolean {
  if (typeof operator === 'string' || typeof operator === 'boolean') {
    return value === operator;
  }
  const [[name, operand] = []] = Object.entries(operator as Record<string, unknown>);
  if (name === 'exists') {
    return operand === true;
  }
  if (typeof value !== 'string') {
    return false;
  }
  switch (name) {
    case 'prefix':
      return value.startsWith(String(operand));
    case 'suffix':
      return value.endsWith(String(operand));
    case 'wildcard':
      return new RegExp(`^${String(operand).split('*').map(escaped).join('.*')}$`, 's').test(value);
    case 'anything-but':
      return Array.isArray(operand)
        ? !operand.includes(value)
        : !(operand as { prefix: string[] }).prefix.some((prefix) => value.startsWith(prefix));
    default:
      throw new Error(`the pattern uses ${name}, which this matcher does not know`);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What an attribute may hold: a text, a number, or a set of texts. */
type Value = string | number | readonly string[];

/** An item by its attributes, keys included; null and empty sets are not stored. */
export type Item = Readonly<Record<string, Value | null>>;

/** Names and values of expressions; every name is a placeholder, so none can be a reserved word. */
export function expressed(expressions: readonly string[], values: Item) {
  const names = [...new Set(expressions.join(' ').match(/#\w+/g) ?? [])];
  const given = Object.entries(attributesOf(values)).map(([name, value]) => [`:${name}`, value] as const);
  return {
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    }),
    ...(given.length > 0 && { ExpressionAttributeValues: Object.fromEntries(given) }),
  };
}

/** An item as DynamoDB takes it. */
export function attributesOf(item: Item): Record<string, AttributeValue> {
  const stored = Object.entries(item).flatMap(([name, value]) => {
    const attribute = attributeOf(value);
    return attribute ? [[name, attribute] as const] : [];
  });
  return Object.fromEntries(stored);
}

function attributeOf(value: Value | null): AttributeValue | null {
  if (value === null) {
    return null;
  }
  if (typeof value === 'object') {
    return value.length === 0 ? null : { SS: [...value] };
  }
  return typeof value === 'number' ? { N: String(value) } : { S: value };
}

/** An item as DynamoDB gives it. */
export function itemOf(attributes: Record<string, AttributeValue>): Item {
  const read = Object.entries(attributes).map(([name, { S, N, SS }]) => [name, S ?? (N ? Number(N) : (SS ?? null))]);
  return Object.fromEntries(read);
}

/** Text of an attribute; null when it is absent. */
export function textOf(item: Item, name: string): string | null {
  const value = item[name];
  return typeof value === 'string' ? value : null;
}

/** Number of an attribute; null when it is absent. */
export function numberOf(item: Item, name: string): number | null {
  const value = item[name];
  return typeof value === 'number' ? value : null;
}

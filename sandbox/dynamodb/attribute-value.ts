/** An item of a table, its values as plain JavaScript. */
export type Item = Readonly<Record<string, unknown>>;

/** Reads an item as DynamoDB writes it: each value wrapped in an object that names its type. */
export function readItem(attributes: unknown): Item {
  return Object.fromEntries(Object.entries(Object(attributes)).map(([name, value]) => [name, readValue(value)]));
}

function readValue(attribute: unknown): unknown {
  const [[type, value] = ['', null]] = Object.entries(Object(attribute)) as [string, unknown][];
  switch (type) {
    case 'N':
      return Number(value);
    case 'NS':
      return (value as unknown[]).map(Number);
    case 'NULL':
      return null;
    case 'L':
      return (value as unknown[]).map(readValue);
    case 'M':
      return readItem(value);
    default:
      return value;
  }
}

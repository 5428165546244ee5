/** Reading JSON of unknown shape without trusting it. */

/** A JSON object whose members have not been looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** `value` as an object; null when it is none (arrays are none). */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The row of `table` for a key from outside; a name such as `constructor` is no row. */
export function rowOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The object member `name` of `of`; null when it is absent or no object. */
export function objectAt(of: JsonObject | null, name: string): JsonObject | null {
  return asObject(of?.[name]);
}

/** The text member `name` of `of`; null when it is absent, empty or no text. */
export function textAt(of: JsonObject | null, name: string): string | null {
  const value = of?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A column's type as Hive writes it, of those that the table of CloudTrail has. */
export type HiveType =
  | { readonly kind: 'text' }
  | { readonly kind: 'struct'; readonly members: ReadonlyMap<string, HiveType> }
  | { readonly kind: 'list'; readonly of: HiveType }
  | { readonly kind: 'map' };

/** Reads `STRING`, `STRUCT<name:type,…>`, `ARRAY<type>` or `MAP<STRING,STRING>`; null for anything else. */
export function readHiveType(text: string): HiveType | null {
  const [, outer = '', inner = ''] = /^(STRUCT|ARRAY|MAP)<(.*)>$/is.exec(text.trim()) ?? [];
  if (/^STRING$/i.test(text.trim())) return { kind: 'text' };
  if (/^MAP$/i.test(outer)) return { kind: 'map' };
  if (/^ARRAY$/i.test(outer)) {
    const of = readHiveType(inner);
    return of && { kind: 'list', of };
  }
  if (outer === '') return null;
  const members = splitAtCommas(inner).map((member) => {
    const [, name = '', type = ''] = /^\s*(\w+)\s*:(.*)$/s.exec(member) ?? [];
    return [name.toLowerCase(), readHiveType(type)] as const;
  });
  const isWhole = members.every(([name, type]) => name !== '' && type !== null);
  return isWhole ? { kind: 'struct', members: new Map(members as (readonly [string, HiveType])[]) } : null;
}

/** Parts between commas that are in no brackets. */
export function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    depth += char === '<' ? 1 : char === '>' ? -1 : 0;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** The type as DuckDB's `from_json` takes it. */
export function structureOf(type: HiveType): unknown {
  if (type.kind === 'text') return 'VARCHAR';
  if (type.kind === 'map') return 'MAP(VARCHAR, VARCHAR)';
  if (type.kind === 'list') return [structureOf(type.of)];
  return Object.fromEntries([...type.members].map(([name, member]) => [name, structureOf(member)]));
}

/**
 * A value as a column of the type has it: members are found whatever the case of their names, and where the table says text,
 * anything else comes as its JSON.
 */
export function shapedAs(type: HiveType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type.kind === 'text') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type.kind === 'list') return Array.isArray(value) ? value.map((item) => shapedAs(type.of, item)) : null;
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  const members = Object.entries(value).map(([name, member]) => [name.toLowerCase(), member] as const);
  if (type.kind === 'map') return Object.fromEntries(members.map(([name, member]) => [name, String(member)]));
  const found = new Map(members);
  return Object.fromEntries([...type.members].map(([name, member]) => [name, shapedAs(member, found.get(name))]));
}

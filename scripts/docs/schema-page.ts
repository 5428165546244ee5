import { code, generatedHead, table } from './write-markdown';

/** A JSON schema, as far as the published ones go. */
export type Schema = {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $ref?: string;
};

/** One member as a row: where it stands, what it may be and what it means. */
type Row = readonly [path: string, values: string, meaning: string];

/** The page of a published schema: every member, its values and its meaning. `file` is its path in the project. */
export function schemaPage(file: string, schema: Schema): string {
  const intro = `${schema.description ?? ''} The schema itself: [\`${file}\`](../../${file}).`.trim();
  const rows = membersOf(schema, '', schema);
  return [
    generatedHead(schema.title ?? file, code(file)),
    `${intro}\n`,
    'Members marked with `?` may be absent.\n',
    `${table(['member', 'values', 'meaning'], rows)}\n`,
  ].join('\n');
}

function membersOf(schema: Schema, prefix: string, root: Schema): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return rowsOf(member, prefix === '' ? name : `${prefix}.${name}`, optional, root);
  });
}

function rowsOf(member: Schema, path: string, optional: string, root: Schema): Row[] {
  const target = resolved(member, root);
  const row: Row = [code(path + optional), valuesOf(target, root), member.description ?? target.description ?? ''];
  const inner = target.items ? resolved(target.items, root) : target;
  return [row, ...membersOf(inner, target.items ? `${path}[]` : path, root)];
}

/** What a member may be: its constants, else its types. */
function valuesOf(schema: Schema, root: Schema): string {
  if (schema.const !== undefined) {
    return code(String(schema.const));
  }
  if (schema.enum) {
    return schema.enum.map((value) => code(String(value))).join(', ');
  }
  const items = schema.items && resolved(schema.items, root);
  const array = items && !items.properties ? `array of ${valuesOf(items, root)}` : 'array';
  return [schema.type ?? 'any']
    .flat()
    .map((type) => (type === 'array' ? array : type))
    .join(' or ');
}

/** @throws Error when a reference leads nowhere */
function resolved(schema: Schema, root: Schema): Schema {
  if (schema.$ref === undefined) {
    return schema;
  }
  const steps = schema.$ref.replace(/^#\//, '').split('/');
  const target = steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root);
  if (!schema.$ref.startsWith('#/') || target === undefined) {
    throw new Error(`The schema refers to ${schema.$ref}, which it does not define.`);
  }
  return target as Schema;
}

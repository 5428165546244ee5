import type { Conditions } from './conditions';
import type { Statement } from './policy';
import type { PrincipalElement } from './principal';

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'Condition'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a policy document as a template holds it.
 * @throws Error naming the policy by `where` when it holds something the sandbox cannot enforce.
 */
export function readPolicy(document: unknown, where: string): Statement[] {
  const statements = fieldsOf(document, where).Statement;
  return (Array.isArray(statements) ? statements : [statements]).map((statement) =>
    readStatement(fieldsOf(statement, where), where),
  );
}

function readStatement(fields: Fields, where: string): Statement {
  const unknown = Object.keys(fields).filter((name) => !ELEMENTS.includes(name));
  if (unknown.length > 0)
    throw new Error(`${where}: the sandbox cannot enforce the policy element ${unknown.join(', ')}`);
  if (fields.Effect !== 'Allow' && fields.Effect !== 'Deny') throw new Error(`${where}: Effect is ${fields.Effect}`);
  const actions = readPatterns(fields, 'Action', where);
  if (!actions) throw new Error(`${where}: a statement has neither Action nor NotAction`);
  return {
    sid: typeof fields.Sid === 'string' ? fields.Sid : null,
    effect: fields.Effect,
    actions,
    resources: readPatterns(fields, 'Resource', where),
    principal: fields.Principal === undefined ? null : readPrincipal(fields.Principal, where),
    conditions: readConditions(fields.Condition ?? {}, where),
    source: fields,
  };
}

function readPatterns(fields: Fields, name: string, where: string): Statement['resources'] {
  const inverted = fields[name] === undefined;
  const value = inverted ? fields[`Not${name}`] : fields[name];
  return value === undefined ? null : { patterns: stringsOf(value, where), inverted };
}

function readPrincipal(value: unknown, where: string): PrincipalElement {
  if (value === '*') return '*';
  const { AWS = [], Service = [], ...others } = fieldsOf(value, where);
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new Error(`${where}: the sandbox knows no ${unknown.join(', ')} principals`);
  return { aws: stringsOf(AWS, where), services: stringsOf(Service, where) };
}

function readConditions(value: unknown, where: string): Conditions {
  const operators = Object.entries(fieldsOf(value, where)).map(([operator, keys]) => {
    const values = Object.entries(fieldsOf(keys, where)).map(([key, wanted]) => [key, stringsOf(wanted, where)]);
    return [operator, Object.fromEntries(values)];
  });
  return Object.fromEntries(operators);
}

function stringsOf(value: unknown, where: string): string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => {
    if (typeof item === 'boolean') return String(item);
    if (typeof item !== 'string') throw new Error(`${where}: expected a string, found ${JSON.stringify(item)}`);
    if (item.includes('${')) throw new Error(`${where}: the sandbox does not know policy variables, as in "${item}"`);
    return item;
  });
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where}: expected an object, found ${JSON.stringify(value)}`);
  }
  return value as Fields;
}

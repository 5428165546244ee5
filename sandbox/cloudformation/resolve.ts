import type { Template } from './template';

/** Answers `Ref` (attribute null) and `Fn::GetAtt`; undefined when it cannot. */
type Lookup = (logicalId: string, attribute: string | null) => unknown;

/** What intrinsic functions may refer to. */
export type Scope = { readonly template: Template; readonly lookup: Lookup };

/** Stands for a property that `AWS::NoValue` removes. */
const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, resolver: Resolver) => unknown;
type Resolver = { readonly scope: Scope; readonly where: string };

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, resolver) => (name === 'AWS::NoValue' ? NO_VALUE : refer(String(name), null, resolver)),
  'Fn::GetAtt': (argument, resolver) => {
    const [name = '', ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return refer(String(name), attribute.join('.'), resolver);
  },
  'Fn::Join': (argument, resolver) => {
    const [separator, parts] = listIn(argument, resolver);
    return listIn(parts, resolver).join(String(separator));
  },
  'Fn::Split': (argument, resolver) => {
    const [separator, text] = listIn(argument, resolver);
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, resolver) => {
    const [index, list] = listIn(argument, resolver);
    return listIn(list, resolver)[Number(index)] ?? fail(resolver, `Fn::Select finds nothing at ${index}`);
  },
  'Fn::Sub': substitute,
  'Fn::If': (argument, resolver) => {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    return resolve(isTrue({ Condition: condition }, resolver) ? yes : no, resolver);
  },
  'Fn::FindInMap': (argument, resolver) => {
    const [map, first, second] = listIn(argument, resolver).map(String);
    const found = resolver.scope.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
    return found ?? fail(resolver, `Fn::FindInMap finds nothing at ${map}, ${first}, ${second}`);
  },
};

/**
 * Replaces the intrinsic functions in `value`. `where` names the resource in errors.
 * @throws Error naming `where` and the intrinsic when the sandbox cannot resolve it.
 */
export function resolveIn(scope: Scope, where: string, value: unknown): unknown {
  return resolve(value, { scope, where });
}

/** Whether a condition of the template holds. */
export function holds(scope: Scope, condition: string): boolean {
  return isTrue({ Condition: condition }, { scope, where: `condition ${condition}` });
}

function resolve(value: unknown, resolver: Resolver): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, resolver)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name = '', argument] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (name === 'Ref' || name.startsWith('Fn::')) {
    const intrinsic = INTRINSICS[name] ?? fail(resolver, `the sandbox does not know ${name}`);
    return intrinsic(argument, resolver);
  }
  const resolved = entries.map(([key, item]) => [key, resolve(item, resolver)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== NO_VALUE));
}

function substitute(argument: unknown, resolver: Resolver): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const given = new Map(Object.entries(Object(resolve(variables, resolver))));
  return String(text).replaceAll(/\$\{([^{}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const [logicalId = '', ...attribute] = name.split('.');
    return String(given.get(name) ?? refer(logicalId, attribute.length > 0 ? attribute.join('.') : null, resolver));
  });
}

function refer(name: string, attribute: string | null, resolver: Resolver): unknown {
  const found = resolver.scope.lookup(name, attribute);
  const asked = attribute === null ? `Ref ${name}` : `Fn::GetAtt ${name}.${attribute}`;
  return found ?? fail(resolver, `the sandbox cannot resolve ${asked}`);
}

function isTrue(expression: unknown, resolver: Resolver): boolean {
  const [[name, argument] = ['', null]] = Object.entries(Object(expression)) as [string, unknown][];
  const parts = Array.isArray(argument) ? argument : [argument];
  if (name === 'Condition') {
    const condition = resolver.scope.template.Conditions?.[String(argument)];
    return isTrue(condition ?? fail(resolver, `condition ${argument} does not exist`), resolver);
  }
  if (name === 'Fn::And') return parts.every((part) => isTrue(part, resolver));
  if (name === 'Fn::Or') return parts.some((part) => isTrue(part, resolver));
  if (name === 'Fn::Not') return !isTrue(parts[0], resolver);
  if (name === 'Fn::Equals') return resolve(parts[0], resolver) === resolve(parts[1], resolver);
  return fail(resolver, `the sandbox does not know the condition function ${name}`);
}

function listIn(argument: unknown, resolver: Resolver): unknown[] {
  const list = resolve(argument, resolver);
  return Array.isArray(list) ? list : fail(resolver, `expected a list, found ${JSON.stringify(list)}`);
}

function fail(resolver: Resolver, reason: string): never {
  throw new Error(`Template, ${resolver.where}: ${reason}`);
}

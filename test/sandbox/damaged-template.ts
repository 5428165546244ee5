import type { Template } from '../../sandbox/cloudformation/template';

/** A template that lacks one statement of one policy. */
export type Amputation = { readonly sid: string | undefined; readonly statement: string; readonly template: Template };

type Statement = { readonly Sid?: string; readonly Action?: unknown };
type Document = { readonly Statement: readonly Statement[] };
/** A statement of a template: of which resource, and what it says. */
type Place = { readonly logicalId: string; readonly at: number; readonly statement: Statement };

/** Where policies of each type of resource stand. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
};

/** Every template that comes of taking one statement out of `template`. */
export function withoutEachStatement(template: Template): Amputation[] {
  return placesIn(template).map(({ logicalId, at, statement }) => ({
    sid: statement.Sid,
    statement: `${logicalId}, statement ${at + 1}: ${statement.Sid ?? JSON.stringify(statement.Action)}`,
    template: without(template, (place) => place.logicalId === logicalId && place.at === at),
  }));
}

/** `template` without the statements of these ids. */
export function withoutStatements(template: Template, sids: readonly string[]): Template {
  return without(template, ({ statement }) => sids.includes(statement.Sid ?? ''));
}

function placesIn({ Resources }: Template): Place[] {
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type === 'AWS::Events::EventBusPolicy') {
      return [{ logicalId, at: 0, statement: Properties?.Statement as Statement }];
    }
    const document = Properties?.[DOCUMENTS[Type] ?? ''] as Document | undefined;
    return document?.Statement.map((statement, at) => ({ logicalId, at, statement })) ?? [];
  });
}

function without(template: Template, isGone: (place: Place) => boolean): Template {
  const gone = placesIn(template).filter(isGone);
  const resources = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const statements = gone.filter((place) => place.logicalId === logicalId).map(({ statement }) => statement);
    if (statements.length === 0) return [[logicalId, resource] as const];
    const property = DOCUMENTS[resource.Type];
    if (!property) return [];
    const document = resource.Properties?.[property] as Document;
    const Statement = document.Statement.filter((statement) => !statements.includes(statement));
    const Properties = { ...resource.Properties, [property]: { ...document, Statement } };
    return [[logicalId, { ...resource, Properties }] as const];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

/** `template` with every rule in this state. */
export function withRuleStates(template: Template, State: string): Template {
  return changed(template, 'AWS::Events::Rule', (properties) => ({ ...properties, State }));
}

/** `template` with other values for variables of its functions. */
export function withEnvironment(template: Template, values: Readonly<Record<string, string>>): Template {
  return changed(template, 'AWS::Lambda::Function', (properties) => {
    const { Variables } = properties.Environment as { Variables: object };
    return { ...properties, Environment: { Variables: { ...Variables, ...values } } };
  });
}

type Properties = Readonly<Record<string, unknown>>;

function changed(template: Template, type: string, change: (properties: Properties) => Properties): Template {
  const resources = Object.entries(template.Resources).map(([logicalId, resource]) =>
    resource.Type === type
      ? ([logicalId, { ...resource, Properties: change(resource.Properties ?? {}) }] as const)
      : ([logicalId, resource] as const),
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

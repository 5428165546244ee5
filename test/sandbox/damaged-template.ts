import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import type { Template } from '../../sandbox/cloudformation/template';
import { changedMembers, memberTemplate } from './member-template';

/** An app that lacks one statement of one policy of one stack. */
export type Amputation = {
  readonly stack: string;
  readonly sid: string | undefined;
  readonly statement: string;
  readonly app: SynthesizedApp;
};

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

/** A way to make another template of one. */
type Change = (template: Template) => Template;

/** `app` with every template changed, that of the members' forwarders too. */
export function changed({ stacks }: SynthesizedApp, change: Change): SynthesizedApp {
  return { stacks: stacks.map((stack) => ({ ...stack, template: change(changedMembers(stack.template, change)) })) };
}

/** Every app that comes of taking one statement out of one template of `app`, that of the members' forwarders included. */
export function withoutEachStatement(app: SynthesizedApp): Amputation[] {
  return app.stacks.flatMap((stack, number) => {
    const within = (template: Template, change: (smaller: Template) => Template): Amputation[] =>
      placesIn(template).map(({ logicalId, at, statement }) => {
        const smaller = without(template, (place) => place.logicalId === logicalId && place.at === at);
        return {
          stack: stack.at.stack,
          sid: statement.Sid,
          statement: `${stack.at.stack}, ${logicalId}, statement ${at + 1}: ${statement.Sid ?? JSON.stringify(statement.Action)}`,
          app: {
            stacks: app.stacks.map((each, index) => (index === number ? { ...each, template: change(smaller) } : each)),
          },
        };
      });
    const members = memberTemplate(stack.template);
    return [
      ...within(stack.template, (smaller) => smaller),
      ...(members ? within(members, (smaller) => changedMembers(stack.template, () => smaller)) : []),
    ];
  });
}

/** `app` without the statements of these ids. */
export function withoutStatements(app: SynthesizedApp, sids: readonly string[]): SynthesizedApp {
  return changed(app, (template) => without(template, ({ statement }) => sids.includes(statement.Sid ?? '')));
}

function placesIn({ Resources }: Template): Place[] {
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type === 'AWS::Events::EventBusPolicy') {
      return [{ logicalId, at: 0, statement: Properties?.Statement as Statement }];
    }
    if (Type === 'AWS::Lambda::Permission') {
      return [{ logicalId, at: 0, statement: { Action: Properties?.Action } }];
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

/** `app` with every rule in this state. */
export function withRuleStates(app: SynthesizedApp, State: string): SynthesizedApp {
  return changed(app, (template) => ofType(template, 'AWS::Events::Rule', (properties) => ({ ...properties, State })));
}

/** `app` with other values for variables of its functions. */
export function withEnvironment(app: SynthesizedApp, values: Readonly<Record<string, string>>): SynthesizedApp {
  return changed(app, (template) =>
    ofType(template, 'AWS::Lambda::Function', (properties) => {
      const { Variables } = properties.Environment as { Variables: object };
      return { ...properties, Environment: { Variables: { ...Variables, ...values } } };
    }),
  );
}

type Properties = Readonly<Record<string, unknown>>;

function ofType(template: Template, type: string, change: (properties: Properties) => Properties): Template {
  const resources = Object.entries(template.Resources).map(([logicalId, resource]) =>
    resource.Type === type
      ? ([logicalId, { ...resource, Properties: change(resource.Properties ?? {}) }] as const)
      : ([logicalId, resource] as const),
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

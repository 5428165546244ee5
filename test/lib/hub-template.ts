import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HubStack } from '../../lib/hub-stack';
import { readSettings } from '../../lib/settings';

// The rules of the synthesis itself run in `npm run synth`; here they would cost two seconds per stack.
process.env.CDK_VALIDATION = 'false';

const cdkJson: { context: Record<string, unknown> } = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8'),
);

/** A CDK app with the feature flags of `cdk.json`, so that tests see what is deployed; functions are not bundled. */
export function testApp(): App {
  return new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } });
}

/** The hub stack with these settings, given as `cdk.json` gives them. */
export function hubStack(settings: Record<string, unknown> = {}): HubStack {
  return new HubStack(testApp(), { settings: readSettings({ trailmend: settings }) });
}

/** The template of {@link hubStack}. */
export function hubTemplate(settings: Record<string, unknown> = {}): Template {
  return Template.fromStack(hubStack(settings));
}

/** A resource of a template, as far as tests look into it. */
export type Resource = {
  readonly Type: string;
  /** Of any shape, as CDK types it; an assertion on a missing part fails. */
  readonly Properties: ReturnType<Template['findResources']>[string];
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
};

/** The resources of one type by logical id. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type) as Record<string, Resource>);
}

/** The one resource of a type whose logical id begins with `prefix`. */
export function resourceOf(template: Template, type: string, prefix: string): Resource {
  const found = resourcesOf(template, type).filter(([id]) => id.startsWith(prefix));
  const [first] = found;
  if (!first || found.length > 1) {
    throw new Error(`${found.length} resources of type ${type} have an id that begins with ${prefix}`);
  }
  return first[1];
}

/** A template value as text: references as `<Id>` or `<Id.Attribute>`, pseudo parameters as `<Region>`. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') {
    return `<${Ref.replace('AWS::', '')}>`;
  }
  if (Array.isArray(attribute)) {
    return `<${attribute.join('.')}>`;
  }
  if (Array.isArray(join)) {
    return (plain(join[1]) as string[]).join(String(join[0]));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

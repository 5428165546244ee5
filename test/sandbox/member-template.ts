import type { Resource, Template } from '../../sandbox/cloudformation/template';

const TYPE = 'AWS::CloudFormation::StackSet';

/** Stands for a part of the text that only the deployment knows. */
const GAP = '@@gap@@';

/** The template that the stack set in `template` deploys, its gaps marked; null when there is none. */
export function memberTemplate({ Resources }: Template): Template | null {
  const stackSet = Object.values(Resources).find(({ Type }) => Type === TYPE);
  return stackSet ? JSON.parse(partsOf(stackSet).map(textOf).join('')) : null;
}

/** `template` with another template in its stack set, if it has one. */
export function changedMembers(template: Template, change: (members: Template) => Template): Template {
  const members = memberTemplate(template);
  if (!members) return template;
  const resources = Object.entries(template.Resources).map(([logicalId, resource]) => {
    if (resource.Type !== TYPE) return [logicalId, resource] as const;
    const TemplateBody = { 'Fn::Join': ['', filled(JSON.stringify(change(members)), partsOf(resource))] };
    return [logicalId, { ...resource, Properties: { ...resource.Properties, TemplateBody } }] as const;
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

function partsOf({ Properties }: Resource): readonly unknown[] {
  const body = Properties?.TemplateBody;
  return typeof body === 'string' ? [body] : Object(body)['Fn::Join'][1];
}

function textOf(part: unknown): string {
  return typeof part === 'string' ? part : GAP;
}

/** The text in parts again; every gap is the same, the account of the hub. */
function filled(text: string, parts: readonly unknown[]): unknown[] {
  const gap = parts.find((part) => typeof part !== 'string');
  return text.split(GAP).flatMap((part, at) => (at === 0 ? [part] : [gap, part]));
}

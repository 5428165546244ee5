import { propertiesOf } from './properties';
import { scopeOf, stackIdOf } from './references';
import { holds, resolveIn, type Scope } from './resolve';
import { RESOURCE_TYPES } from './resource-types';
import type { Site } from './site';
import type { DeployedStack } from './stacks';
import type { Resource, Template } from './template';

/** Services whose resources the sandbox must not overlook. */
const ENFORCED = /^AWS::(CloudFormation|DynamoDB|Events|SQS|SNS|KMS|IAM|Lambda)::/;

/** Resources of those services that change nothing here. */
const WITHOUT_EFFECT = ['AWS::KMS::Alias'];

/**
 * Deploys one stack.
 * @throws Error naming the resource when it is one that the sandbox cannot enforce.
 */
export function deployStack(site: Site, template: Template): DeployedStack {
  const scope = scopeOf(template, site.at);
  const resources = Object.entries(template.Resources).filter(
    ([, { Condition }]) => !Condition || holds(scope, Condition),
  );
  for (const [logicalId, { Type }] of resources) refuseUnknown(logicalId, Type);
  for (const [type, deployOne] of Object.entries(RESOURCE_TYPES)) {
    const ofType = resources.filter(([, resource]) => resource.Type === type).sort(deadLettersFirst);
    for (const [logicalId, { Properties = {} }] of ofType) {
      deployOne(site, {
        ref: String(scope.lookup(logicalId, null) ?? logicalId),
        arn: String(scope.lookup(logicalId, 'Arn') ?? logicalId),
        properties: propertiesOf(logicalId, resolveIn(scope, logicalId, Properties)),
      });
    }
  }
  const { at } = site;
  const { Description: description = '' } = template;
  const stack = { at, id: stackIdOf(at), description, outputs: outputsOf(scope), status: 'CREATE_COMPLETE' };
  site.deployment.stacks.push(stack);
  return stack;
}

function refuseUnknown(logicalId: string, type: string): void {
  if (!ENFORCED.test(type) || type in RESOURCE_TYPES || WITHOUT_EFFECT.includes(type)) return;
  throw new Error(
    `Template, ${logicalId}: the sandbox cannot deploy ${type}: add it to sandbox/cloudformation/resource-types.ts`,
  );
}

/** A queue that redrives comes after the queue it redrives to. */
function deadLettersFirst([, one]: [string, Resource], [, other]: [string, Resource]): number {
  const redrives = ({ Properties }: Resource) => (Properties?.RedrivePolicy === undefined ? 0 : 1);
  return redrives(one) - redrives(other);
}

function outputsOf(scope: Scope): Record<string, string> {
  const outputs = Object.entries(scope.template.Outputs ?? {}).filter(
    ([, { Condition }]) => !Condition || holds(scope, Condition),
  );
  return Object.fromEntries(outputs.map(([key, { Value }]) => [key, String(resolveIn(scope, key, Value))]));
}

import type { Clock } from '../clock';
import type { Deployment } from './deployment';
import { propertiesOf } from './properties';
import { scopeOf } from './references';
import { holds, resolveIn } from './resolve';
import { RESOURCE_TYPES } from './resource-types';
import type { Location, Resource, Template } from './template';

/** A synthesized stack: its template, and the folder of each asset by its key in the bucket of assets. */
export type SynthesizedStack = { readonly template: Template; readonly assets: ReadonlyMap<string, string> };

/** Services whose resources the sandbox must not overlook. */
const ENFORCED = /^AWS::(DynamoDB|Events|SQS|SNS|KMS|IAM|Lambda)::/;

/** Resources of those services that change nothing here. */
const WITHOUT_EFFECT = ['AWS::KMS::Alias'];

/**
 * Deploys a stack into the local organization.
 * @throws Error naming the resource when it is one that the sandbox cannot enforce.
 */
export function deploy({ template, assets }: SynthesizedStack, at: Location, clock: Clock): Deployment {
  const scope = scopeOf(template, at);
  const site = { deployment: emptyDeployment(), at, clock, assets };
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
  return site.deployment;
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

function emptyDeployment(): Deployment {
  return {
    buses: new Map(),
    rules: [],
    queues: new Map(),
    topics: new Map(),
    roles: new Map(),
    functions: new Map(),
    mappings: [],
    tables: new Map(),
    alarms: [],
    keys: new Map(),
    policies: new Map(),
  };
}

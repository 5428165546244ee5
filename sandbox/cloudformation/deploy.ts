import type { Clock } from '../clock';
import type { LocalOrganization } from '../organization/local-organization';
import { deployStack } from './deploy-stack';
import type { Deployment } from './deployment';
import type { Location, Template } from './template';

/** A synthesized stack: where it goes, its template, and the folder of each asset by its key in the bucket of assets. */
export type SynthesizedStack = {
  readonly at: Location;
  readonly template: Template;
  readonly assets: ReadonlyMap<string, string>;
};

/** A synthesized app: its stacks, in the order in which they are deployed. */
export type SynthesizedApp = { readonly stacks: readonly SynthesizedStack[] };

/**
 * Deploys an app into the local organization.
 * @throws Error naming the resource when it is one that the sandbox cannot enforce.
 */
export function deploy({ stacks }: SynthesizedApp, organization: LocalOrganization, clock: Clock): Deployment {
  const deployment = emptyDeployment();
  for (const { at, template, assets } of stacks) deployStack({ deployment, at, clock, assets, organization }, template);
  return deployment;
}

function emptyDeployment(): Deployment {
  return {
    stacks: [],
    stackSets: new Map(),
    buses: new Map(),
    rules: new Map(),
    queues: new Map(),
    topics: new Map(),
    roles: new Map(),
    functions: new Map(),
    asyncSettings: new Map(),
    mappings: [],
    tables: new Map(),
    alarms: [],
    keys: new Set(),
    policies: new Map(),
  };
}

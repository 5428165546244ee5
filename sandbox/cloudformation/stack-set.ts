import { createHash } from 'node:crypto';
import { HUB, ROOT_ID } from '../organization/accounts';
import type { Place } from '../organization/place';
import { deployStack } from './deploy-stack';
import type { Properties } from './properties';
import type { Deployable, Site } from './site';
import type { StackSet } from './stacks';
import type { Location, Template } from './template';

/** What Organizations must trust before a stack set can reach members. */
const SERVICE = 'member.org.stacksets.cloudformation.amazonaws.com';

/**
 * A stack set that Organizations gives its accounts: a stack in every member that it targets, in each of its Regions; never
 * in the management account.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
 */
export function deployStackSet(site: Site, { ref, properties }: Deployable): void {
  const { where } = properties;
  const refuse = (reason: string) => new Error(`Template, ${where}: ${reason}`);
  if (properties.text('PermissionModel') !== 'SERVICE_MANAGED') throw refuse('only SERVICE_MANAGED is known here');
  if (!site.organization.trustedServices.has(SERVICE)) throw refuse(`Organizations does not trust ${SERVICE}`);
  const name = properties.required('StackSetName');
  const template: Template = JSON.parse(properties.required('TemplateBody'));
  const makesRoles = Object.values(template.Resources).some(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (makesRoles && !properties.list('Capabilities').includes('CAPABILITY_IAM')) {
    throw refuse('InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]');
  }
  const groups = properties.inners('StackInstancesGroup');
  const unique = (values: readonly unknown[]) => [...new Set(values.map(String))];
  const stackSet: StackSet = {
    name,
    id: ref,
    at: site.at,
    template,
    isAutomatic: properties.inner('AutoDeployment').raw('Enabled') === true,
    regions: unique(groups.flatMap((group) => group.list('Regions'))),
    organizationalUnits: unique(
      groups.flatMap((group) => group.inner('DeploymentTargets').list('OrganizationalUnitIds')),
    ),
    instances: [],
  };
  site.deployment.stackSets.set(name, stackSet);
  for (const place of groups.flatMap((group) => placesOf(site, group))) addInstance(site, stackSet, place);
}

/** Deploys one stack of a stack set; with another template than its own it is a stack that an update did not reach. */
export function addInstance(site: Site, stackSet: StackSet, place: Place, template = stackSet.template): void {
  const at = instanceAt(stackSet, place);
  const stack = deployStack({ ...site, at, assets: new Map() }, template);
  const status = template === stackSet.template ? 'CURRENT' : 'OUTDATED';
  stackSet.instances.push({ place, stack, status });
}

function instanceAt({ name }: StackSet, { account, region }: Place): Location {
  const id = createHash('sha256').update(`${name}${account}${region}`).digest('hex');
  return { ...HUB, stack: `StackSet-${name}-${id.slice(0, 8)}-${id.slice(8, 12)}`, account, region };
}

function placesOf({ organization }: Site, group: Properties): Place[] {
  const targets = group.inner('DeploymentTargets');
  for (const unit of targets.list('OrganizationalUnitIds')) {
    if (unit !== ROOT_ID) throw new Error(`Template, ${group.where}: the organization has no ${unit}, only ${ROOT_ID}`);
  }
  const named = targets.list('Accounts').map(String);
  const filters: Readonly<Record<string, (account: string) => boolean>> = {
    NONE: () => true,
    INTERSECTION: (account) => named.includes(account),
    DIFFERENCE: (account) => !named.includes(account),
  };
  const filter = filters[targets.text('AccountFilterType') ?? 'NONE'];
  if (!filter) throw new Error(`Template, ${group.where}: the sandbox does not know this AccountFilterType`);
  const regions = group.list('Regions').map(String);
  return organization.members.filter(filter).flatMap((account) => regions.map((region) => ({ account, region })));
}

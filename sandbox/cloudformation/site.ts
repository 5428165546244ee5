import type { Clock } from '../clock';
import { readPolicy } from '../iam/read-policy';
import type { LocalOrganization } from '../organization/local-organization';
import type { Deployment } from './deployment';
import type { Properties } from './properties';
import type { Location } from './template';

/** Where resources are deployed to, and from. */
export type Site = {
  readonly deployment: Deployment;
  readonly at: Location;
  readonly clock: Clock;
  readonly assets: ReadonlyMap<string, string>;
  readonly organization: LocalOrganization;
};

/** A resource with its `Ref`, its ARN where it has one, and its resolved properties. */
export type Deployable = { readonly ref: string; readonly arn: string; readonly properties: Properties };

/** Adds the statements of a policy to the resource `arn`. */
export function attachPolicy(deployment: Deployment, arn: string, document: unknown, { where }: Properties): void {
  deployment.policies.set(arn, [...(deployment.policies.get(arn) ?? []), ...readPolicy(document, where)]);
}

/** What a property refers to. Throws an error naming the property when that is not in the stack. */
export function found<Found>(value: Found | null | undefined, { where }: Properties, property: string): Found {
  if (value === null || value === undefined)
    throw new Error(`Template, ${where}: ${property} names nothing in this stack`);
  return value;
}

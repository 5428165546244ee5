import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './settings';
import { Trailmend } from './trailmend';

/** Id and name of the hub stack. */
const HUB_STACK_NAME = 'TrailmendHub';

/** A stack of the management account, in the home Region. */
export type HubStackProps = StackProps & { readonly settings: Settings };

/** {@link Trailmend} as a stack of its own. */
export class HubStack extends Stack {
  constructor(scope: Construct, { settings, ...props }: HubStackProps) {
    super(scope, HUB_STACK_NAME, { stackName: HUB_STACK_NAME, description: 'Trailmend: hub', ...props });
    // The CDK leaves the id `Default` out of logical ids.
    new Trailmend(this, 'Default', settings);
  }
}

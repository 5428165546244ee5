import { CfnStackSet, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { memberTemplate } from './member-template';
import type { Settings } from './settings';

/** Name of the StackSet. Fixed, so that health checks find it. */
export const STACK_SET_NAME = 'trailmend-forwarders';

/** Which accounts and Regions get a forwarder. */
export type MemberForwardersProps = Pick<
  Settings,
  'regions' | 'organizationalUnits' | 'autoDeployment' | 'accountFilter'
> & { readonly homeRegion: string };

/**
 * A forwarder in every Region of every member account that is heard, by a StackSet. One that fails stops no other and rolls
 * nothing back: health checks show it. A StackSet never reaches the management account itself.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export class MemberForwarders extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { homeRegion, regions, autoDeployment, ...targets }: MemberForwardersProps,
  ) {
    super(scope, id);
    new CfnStackSet(this, 'StackSet', {
      stackSetName: STACK_SET_NAME,
      description: 'Trailmend: forwarders of member accounts',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'SELF',
      // Whether stacks are kept may be said only where deployment is automatic.
      autoDeployment: autoDeployment ? { enabled: true, retainStacksOnAccountRemoval: false } : { enabled: false },
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_IAM'],
      operationPreferences: {
        failureTolerancePercentage: 100,
        maxConcurrentPercentage: 100,
        regionConcurrencyType: 'PARALLEL',
      },
      stackInstancesGroup: [{ regions: [homeRegion, ...regions], deploymentTargets: deploymentTargets(targets) }],
      templateBody: memberTemplate(this, homeRegion, Stack.of(this).account),
    });
  }
}

function deploymentTargets({
  organizationalUnits,
  accountFilter,
}: Pick<MemberForwardersProps, 'organizationalUnits' | 'accountFilter'>): CfnStackSet.DeploymentTargetsProperty {
  const { include, exclude } = accountFilter ?? {};
  const accounts = include ?? exclude;
  return accounts === undefined
    ? { organizationalUnitIds: organizationalUnits }
    : {
        organizationalUnitIds: organizationalUnits,
        accounts,
        accountFilterType: include === undefined ? 'DIFFERENCE' : 'INTERSECTION',
      };
}

import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { MemberForwarders, type MemberForwardersProps } from './member-forwarders';

/** Id and name of the stack with the StackSet. */
const MEMBERS_STACK_NAME = 'TrailmendMembers';

/** A stack of the management account, in the home Region. */
export type MembersStackProps = StackProps & MemberForwardersProps;

/**
 * {@link MemberForwarders} as a stack of its own, deployed after the hub: EventBridge takes a bus as target only when its
 * policy already admits the account, and what fails in members must not undo the hub.
 */
export class MembersStack extends Stack {
  constructor(scope: Construct, props: MembersStackProps) {
    const { homeRegion: region, env } = props;
    super(scope, MEMBERS_STACK_NAME, {
      ...props,
      stackName: MEMBERS_STACK_NAME,
      description: 'Trailmend: forwarders of member accounts',
      env: { region, ...env },
    });
    new MemberForwarders(this, 'Forwarders', props);
  }
}

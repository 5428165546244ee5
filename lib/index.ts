/** What the npm package offers to other CDK apps. */
export { Forwarder, type ForwarderProps } from './forwarder';
export { ForwarderStack, type ForwarderStackProps } from './forwarder-stack';
export { hubBusArn } from './hub-bus';
export { MembersStack, type MembersStackProps } from './members-stack';
export type { GivenSettings, Settings } from './settings';
export { createStacks } from './stacks';
export { Trailmend } from './trailmend';

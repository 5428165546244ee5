import { randomUUID } from 'node:crypto';
import type { Envelope } from '../eventbridge/envelope';
import type { DeployedStack } from './stacks';

/**
 * The event that CloudFormation emits when it has created a stack.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html
 */
export function stackCreated({ id, at, status }: DeployedStack, time: number): Envelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'CloudFormation Stack Status Change',
    source: 'aws.cloudformation',
    account: at.account,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region: at.region,
    resources: [id],
    detail: {
      'stack-id': id,
      'status-details': { status, 'status-reason': '' },
      'client-request-token': randomUUID(),
    },
  };
}

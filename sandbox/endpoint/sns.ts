import type { Topic } from '../cloudformation/deployment';
import { HUB } from '../organization/accounts';
import { readNotice } from './notice';
import { type Permission, type Service, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** SNS: publishes to the deployed topics. */
export const sns: Service = {
  protocol: 'query',
  denialCode: 'AuthorizationError',
  operations: {
    Publish: {
      permissions: (call, world) => permissionsToPublish(textIn(call, 'TopicArn'), world),
      perform: (call, world) => {
        const notice = readNotice(call, findTopic(textIn(call, 'TopicArn'), world), world.wantsAsciiSubjects);
        world.journal.add({ kind: 'notice', notice });
        return { MessageId: notice.id };
      },
    },
  },
};

/**
 * What publishing takes: the topic, and its key when it is encrypted.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function permissionsToPublish(topicArn: string, { deployment }: World): Permission[] {
  const guard = { account: HUB.account, policy: deployment.policies.get(topicArn) };
  const publish: Permission = { action: 'sns:Publish', resource: topicArn, guard };
  const key = deployment.topics.get(topicArn)?.key;
  if (!key) return [publish];
  const keyArn = deployment.keys.get(key) ?? key;
  const context = {
    'kms:ViaService': `sns.${HUB.region}.amazonaws.com`,
    'kms:CallerAccount': HUB.account,
    'kms:EncryptionContext:aws:sns:topicArn': topicArn,
  };
  const keyGuard = { account: HUB.account, policy: deployment.policies.get(keyArn), isKey: true };
  const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
  return [
    publish,
    ...actions.map((action) => ({ action, resource: keyArn, context, guard: keyGuard, code: 'KMSAccessDenied' })),
  ];
}

function findTopic(arn: string, { deployment }: World): Topic {
  const topic = deployment.topics.get(arn);
  if (!topic) throw new ServiceError('NotFound', 'Topic does not exist', 404);
  return topic;
}

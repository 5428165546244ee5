import type { Subscription, Topic } from '../cloudformation/deployment';
import { policyText } from '../iam/policy';
import { accountOf, placeOf } from '../organization/place';
import { readNotice } from './notice';
import { type Call, type Permission, type Service, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** SNS hands out subscriptions by the hundred. */
const PAGE_SIZE = 100;

/** SNS: publishes to the deployed topics, and shows them. */
export const sns: Service = {
  protocol: 'query',
  denialCode: 'AuthorizationError',
  operations: {
    Publish: {
      permissions: (call, world) => permissionsToPublish(textIn(call, 'TopicArn'), world),
      perform: (call, world) => {
        const notice = readNotice(call, findTopic(call, world), world.wantsAsciiSubjects);
        world.journal.add({ kind: 'notice', notice });
        return { MessageId: notice.id };
      },
    },
    ListSubscriptionsByTopic: {
      permissions: (call, world) => [onTopic('sns:ListSubscriptionsByTopic', textIn(call, 'TopicArn'), world)],
      perform: (call, world) => {
        const topic = findTopic(call, world);
        const { items, next } = pageOf(topic.subscriptions, textIn(call, 'NextToken'), PAGE_SIZE);
        return { Subscriptions: items.map((each) => describe(each, topic)), ...(next ? { NextToken: next } : {}) };
      },
    },
    GetTopicAttributes: {
      permissions: (call, world) => [onTopic('sns:GetTopicAttributes', textIn(call, 'TopicArn'), world)],
      perform: (call, world) => ({ Attributes: attributesOf(findTopic(call, world), world) }),
    },
  },
};

/**
 * What publishing takes: the topic, and its key when it is encrypted.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function permissionsToPublish(topicArn: string, world: World): Permission[] {
  const { deployment } = world;
  const publish = onTopic('sns:Publish', topicArn, world);
  const topic = deployment.topics.get(topicArn);
  const keyArn = topic && keyArnOf(topic);
  if (!keyArn) return [publish];
  const { account, region } = placeOf(topicArn);
  const context = {
    'kms:ViaService': `sns.${region}.amazonaws.com`,
    'kms:CallerAccount': account,
    'kms:EncryptionContext:aws:sns:topicArn': topicArn,
  };
  const guard = { account: accountOf(keyArn), policy: deployment.policies.get(keyArn), isSovereign: true };
  const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
  return [publish, ...actions.map((action) => ({ action, resource: keyArn, context, guard, code: 'KMSAccessDenied' }))];
}

function onTopic(action: string, resource: string, { deployment }: World): Permission {
  return { action, resource, guard: { account: accountOf(resource), policy: deployment.policies.get(resource) } };
}

/** The key of a topic, which its template may name by its id alone. */
function keyArnOf({ arn, key }: Topic): string | null {
  const { account, region } = placeOf(arn);
  return key === null || key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
}

function describe({ protocol, endpoint, isConfirmed }: Subscription, { arn, subscriptions }: Topic) {
  const number = subscriptions.findIndex((each) => each.protocol === protocol && each.endpoint === endpoint);
  return {
    SubscriptionArn: isConfirmed
      ? `${arn}:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
      : 'PendingConfirmation',
    Owner: accountOf(arn),
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: arn,
  };
}

function attributesOf({ arn, key, subscriptions }: Topic, { deployment }: World): Map<string, string> {
  const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
  return new Map([
    ['TopicArn', arn],
    ['Owner', accountOf(arn)],
    ['Policy', policyText(deployment.policies.get(arn) ?? [])],
    ['SubscriptionsConfirmed', String(confirmed)],
    ['SubscriptionsPending', String(subscriptions.length - confirmed)],
    ['SubscriptionsDeleted', '0'],
    ...(key === null ? [] : [['KmsMasterKeyId', key] as const]),
  ]);
}

function findTopic(call: Call, { deployment }: World): Topic {
  const topic = deployment.topics.get(textIn(call, 'TopicArn'));
  if (!topic) throw new ServiceError('NotFound', 'Topic does not exist', 404);
  return topic;
}

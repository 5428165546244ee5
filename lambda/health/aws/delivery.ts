import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HealthEdges } from '../edges';
import { ask, askAll, type Clients } from './clients';

type TopicEdges = Pick<HealthEdges, 'subscriptions' | 'topic' | 'keyPolicy'>;
type QueueEdges = Pick<HealthEdges, 'oldestMessage' | 'messages'>;

/** The topic of the notices, and its key. */
export function topicEdges(clients: Clients): TopicEdges {
  return {
    subscriptions: (TopicArn, region) =>
      askAll(
        'sns:ListSubscriptionsByTopic',
        region,
        () => paginateListSubscriptionsByTopic({ client: clients(SNSClient, region) }, { TopicArn }),
        ({ Subscriptions = [] }) =>
          Subscriptions.map(({ Protocol = '', Endpoint = '', SubscriptionArn = '' }) => ({
            protocol: Protocol,
            endpoint: Endpoint,
            // Else `PendingConfirmation`, or `Deleted` for two days.
            isConfirmed: SubscriptionArn.startsWith('arn:'),
          })),
      ),
    topic: (TopicArn, region) =>
      ask('sns:GetTopicAttributes', region, async () => {
        const { Attributes = {} } = await clients(SNSClient, region).send(new GetTopicAttributesCommand({ TopicArn }));
        return { policy: Attributes.Policy ?? '', key: Attributes.KmsMasterKeyId || null };
      }),
    keyPolicy: (KeyId, region) =>
      ask('kms:GetKeyPolicy', region, async () => {
        const { Policy = '' } = await clients(KMSClient, region).send(new GetKeyPolicyCommand({ KeyId }));
        return Policy;
      }),
  };
}

/**
 * SQS where everything else is asked, instead of at the host that a queue's URL names: else AWS_ENDPOINT_URL would not hold
 * for queues.
 */
export class RegionalSQSClient extends SQSClient {
  constructor(settings: { region: string }) {
    super({ ...settings, useQueueUrlAsEndpoint: false });
  }
}

/** The queues. */
export function queueEdges(clients: Clients): QueueEdges {
  return {
    oldestMessage: (queue, { from, to }, region) =>
      ask('cloudwatch:GetMetricStatistics', region, async () => {
        const command = new GetMetricStatisticsCommand({
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateAgeOfOldestMessage',
          Dimensions: [{ Name: 'QueueName', Value: queue }],
          StartTime: new Date(from),
          EndTime: new Date(to),
          Period: 300,
          Statistics: ['Maximum'],
        });
        const { Datapoints = [] } = await clients(CloudWatchClient, region).send(command);
        const ages = Datapoints.flatMap(({ Maximum }) => Maximum ?? []);
        return ages.length === 0 ? null : Math.max(...ages);
      }),
    messages: (QueueUrl, region) =>
      ask('sqs:GetQueueAttributes', region, async () => {
        const AttributeNames = [
          'QueueArn' as const,
          'ApproximateNumberOfMessages' as const,
          'ApproximateNumberOfMessagesNotVisible' as const,
        ];
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
        const { Attributes = {} } = await clients(RegionalSQSClient, region).send(command);
        const { ApproximateNumberOfMessages: waiting = 0, ApproximateNumberOfMessagesNotVisible: read = 0 } =
          Attributes;
        return { arn: Attributes.QueueArn ?? '', count: Number(waiting) + Number(read) };
      }),
  };
}

import { ArnFormat, Aws, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IPrincipal, type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ALARM_NAME_PREFIX } from './observability/alarms';

/**
 * What publishing to an encrypted topic takes on its key.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const KEY_ACTIONS_TO_PUBLISH = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Why each statement stands in the policies of the topic and its key, by its Sid; `docs/permissions.md` shows it. */
export const TOPIC_REASONS = {
  AllowPublishThroughSSLOnly: 'Nothing is published in the clear.',
  AllowAlarmsToPublish:
    "So that Trailmend's own alarms reach the same administrators; only alarms of this stack's names.",
  AllowResponderToPublish:
    "Names the responder beside its own role's policy, so that narrowing one of them stops no notice.",
  AllowProbeToPublish: 'The same for the probe.',
  AllowProbeToPublishEncrypted: "Names the probe beside its own role's policy, as in the topic's policy.",
  AllowAlarmsToPublishEncrypted:
    'Without it CloudWatch could not encrypt what it publishes, and alarms would fail silently.',
  AllowResponderToPublishEncrypted: "Names the responder beside its own role's policy, as in the topic's policy.",
  'Allow kms': "CDK's default: this account's own IAM policies decide who administers and uses the key.",
} as const;

/** Who reads the notices, and what becomes of the key. */
export type NoticeTopicProps = {
  /** Addresses that are asked to confirm a subscription. */
  readonly emails: readonly string[];
  /** What happens to the key when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
};

/** The topic that administrators subscribe to, encrypted with a key of its own so that alarms can publish as well. */
export class NoticeTopic extends Construct {
  readonly topic: Topic;
  readonly key: Key;

  constructor(scope: Construct, id: string, { emails, removalPolicy }: NoticeTopicProps) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Trailmend: encrypts the notices to administrators',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.topic = new Topic(this, 'Topic', { displayName: 'Trailmend', masterKey: this.key, enforceSSL: true });
    for (const email of emails) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
    this.allow('Alarms', new ServicePrincipal('cloudwatch.amazonaws.com'), {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': alarmArns(this) },
    });
  }

  /**
   * Lets a role publish. Within one account its own policy would do, and so would these two; naming it in all three keeps
   * notices going when somebody narrows one of them.
   */
  allowPublisher(name: string, role: IRole): void {
    this.allow(name, role.grantPrincipal);
  }

  /**
   * The conditions stand on the topic alone: AWS documents them there for alarms, and its key policy for alarms has none.
   * The key without the topic lets nobody publish.
   * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
   */
  private allow(name: string, principal: IPrincipal, conditions?: Record<string, Record<string, string>>): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: `Allow${name}ToPublish`,
        principals: [principal],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions,
      }),
    );
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: `Allow${name}ToPublishEncrypted`,
        principals: [principal],
        actions: KEY_ACTIONS_TO_PUBLISH,
        resources: ['*'],
      }),
    );
  }
}

/** Formatted, not taken from the alarms: they name the topic, the topic its key, and the key's policy these ARNs. */
function alarmArns(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${ALARM_NAME_PREFIX}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

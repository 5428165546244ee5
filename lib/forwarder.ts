import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RefusalRules } from './refusal-rules';

/** Why the forwarder's role has its right; `docs/permissions.md` shows it. By service: CDK makes the statement, without Sid. */
export const FORWARDER_REASONS = {
  events: 'To put the refused calls of this account and Region on the hub bus: its only right.',
} as const;

/** Where a {@link Forwarder} sends. */
export type ForwarderProps = {
  /** ARN of Trailmend's bus in the management account's home Region. */
  readonly hubBusArn: string;
  /** Queue of the same account and Region for what could not be forwarded. Default: a queue of its own, 14 days. */
  readonly deadLetterQueue?: IQueue;
};

/**
 * Sends the refused calls of one account and Region from its default bus straight to the hub bus: one hop, since
 * EventBridge does not forward an event a second time. Two rules, a role and a queue; no assets and no names, so the
 * same definition goes into any account and Region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export class Forwarder extends Construct {
  readonly rules: RefusalRules;
  /** Puts events on the hub bus. */
  readonly role: Role;

  constructor(scope: Construct, id: string, { hubBusArn, deadLetterQueue }: ForwarderProps) {
    super(scope, id);
    const hubBus = EventBus.fromEventBusArn(this, 'HubBus', hubBusArn);
    this.role = new Role(this, 'Role', {
      description: 'Lets EventBridge put refused calls on the Trailmend bus, nothing else',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    this.rules = new RefusalRules(this, 'Rules', {
      target: new EventBusTarget(hubBus, {
        role: this.role,
        deadLetterQueue: deadLetterQueue ?? this.createDeadLetters(),
      }),
    });
    // So that the role may send before the first event comes: EventBridge does not repeat what lacks permission.
    this.rules.node.addDependency(this.role);
  }

  private createDeadLetters(): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue itself, of the targets of two rules, which cdk-nag does not look at.',
    });
    return queue;
  }
}

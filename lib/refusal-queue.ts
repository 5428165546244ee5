import { Duration } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Deliveries of one message before it goes to the dead-letter queue. */
export const MAX_RECEIVE_COUNT = 6;

/** Why each statement stands in the policies of the queues, by Sid or else effect and service; `docs/permissions.md` shows it. */
export const QUEUE_REASONS = {
  'Deny sqs': 'Nothing is sent or read in the clear.',
  'Allow sqs': "So that this stack's rules, and no others, can put events and the schedule's message there.",
  AllowEventRule: "So that this stack's rules can keep what they could not deliver.",
} as const;

/**
 * The queue between the hub bus and the responder: it smooths storms and repeats what failed. Its dead-letter queue also
 * takes what the rules could not deliver, so one alarm watches both and both are redriven the same way (the body is
 * the event either way).
 */
export class RefusalQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  /** @param functionTimeout longest run of the function that reads the queue. */
  constructor(scope: Construct, id: string, functionTimeout: Duration) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      // AWS asks for six times the timeout, so that a throttled batch is not delivered twice at once:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(6 * functionTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }

  /** This queue as the target of a rule; the rule that gets it may send to the queue and to its dead letters. */
  asTarget(): SqsQueue {
    return new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters });
  }
}

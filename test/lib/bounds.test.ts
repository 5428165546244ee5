import { MAX_RECEIVE_COUNT } from '../../lib/refusal-queue';
import { hubTemplate, plain, resourceOf } from './hub-template';

const template = hubTemplate({ logRetentionDays: 30 });
const queue = resourceOf(template, 'AWS::SQS::Queue', 'RefusalsQueue').Properties;
const deadLetters = resourceOf(template, 'AWS::SQS::Queue', 'RefusalsDeadLetters').Properties;
const responder = resourceOf(template, 'AWS::Lambda::Function', 'ResponderFunction').Properties;
const source = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'ResponderFunction').Properties;

const DAY = 24 * 60 * 60;

describe('the queue', () => {
  it('hides a message for at least six runs of the function', () => {
    expect(responder.Timeout).toBe(60);
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * responder.Timeout);
  });

  it('gives a message six deliveries, then to the dead letters', () => {
    expect(plain(queue.RedrivePolicy)).toEqual({
      deadLetterTargetArn: expect.stringMatching(/^<RefusalsDeadLetters\w+\.Arn>$/),
      maxReceiveCount: 6,
    });
  });

  it('keeps messages for 4 days, which is longer than all deliveries take, and dead letters for 14', () => {
    expect(queue.MessageRetentionPeriod).toBe(4 * DAY);
    expect(queue.MessageRetentionPeriod).toBeGreaterThan(queue.RedrivePolicy.maxReceiveCount * queue.VisibilityTimeout);
    expect(deadLetters.MessageRetentionPeriod).toBe(14 * DAY);
  });

  it.each([
    ['queue', queue],
    ['dead-letter queue', deadLetters],
  ])('encrypts the %s', (_, properties) => {
    expect(properties.SqsManagedSseEnabled).toBe(true);
  });

  it.each(['RefusalsQueuePolicy', 'RefusalsDeadLettersPolicy'])(
    '%s admits rules by ARN and refuses plain HTTP',
    (id) => {
      const { Statement } = resourceOf(template, 'AWS::SQS::QueuePolicy', id).Properties.PolicyDocument;
      const [deny, ...allows] = Statement;

      expect(deny).toMatchObject({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(allows).not.toHaveLength(0);
      for (const allow of allows) {
        expect(allow.Principal).toEqual({ Service: 'events.amazonaws.com' });
        expect(plain(allow.Condition)).toEqual({
          ArnEquals: { 'aws:SourceArn': expect.stringMatching(/^<\w*Rule\w+\.Arn>$/) },
        });
      }
    },
  );
});

describe('the responder', () => {
  it('takes ten messages, reports them one by one and is bounded without reserved concurrency', () => {
    expect(source).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    });
    expect(responder).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('runs on the newest Node runtime of Lambda, on arm64', () => {
    expect(responder).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: 512 });
  });

  it('is told the receive count at which the queue gives up', () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(MAX_RECEIVE_COUNT);
    expect(responder.Environment.Variables.MAX_RECEIVE_COUNT).toBe(String(queue.RedrivePolicy.maxReceiveCount));
  });

  it('is told its topic, its own role and what it may mend', () => {
    const { Variables } = resourceOf(
      hubTemplate({ remediation: 'observe' }),
      'AWS::Lambda::Function',
      'ResponderFunction',
    ).Properties.Environment;

    expect(plain(Variables)).toMatchObject({
      TOPIC_ARN: expect.stringMatching(/^<NoticesTopic\w+>$/),
      RESPONDER_ROLE_ARN: expect.stringMatching(/^<ResponderRole\w+\.Arn>$/),
      REMEDIATION: 'observe',
    });
  });

  it('logs to a group of its own, for as long as the settings say', () => {
    expect(plain(responder.LoggingConfig)).toEqual({
      LogFormat: 'JSON',
      LogGroup: expect.stringMatching(/^<ResponderLog\w+>$/),
    });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'ResponderLog').Properties.RetentionInDays).toBe(30);
  });
});

import { ALARM_NAME_PREFIX, ALARM_NAMES } from '../../lib/observability/alarms';
import { hubTemplate, plain, resourceOf, resourcesOf } from './hub-template';

type Statement = { Sid?: string; Principal: unknown; Action: unknown; Condition?: unknown };

const template = hubTemplate({ emails: ['a@example.com', 'b@example.com'] });
const key = resourceOf(template, 'AWS::KMS::Key', 'NoticesKey').Properties;
const topic = resourceOf(template, 'AWS::SNS::Topic', 'NoticesTopic').Properties;
const topicPolicy = resourceOf(template, 'AWS::SNS::TopicPolicy', 'NoticesTopicPolicy').Properties;

const statement = (policy: { Statement: Statement[] }, sid: string) =>
  plain(policy.Statement.find(({ Sid }) => Sid === sid)) as Statement;

const alarmsOfThisAccount = {
  StringEquals: { 'aws:SourceAccount': '<AccountId>' },
  ArnLike: { 'aws:SourceArn': `arn:<Partition>:cloudwatch:<Region>:<AccountId>:alarm:${ALARM_NAME_PREFIX}*` },
};

describe('the topic', () => {
  it('is encrypted with a key of its own that rotates', () => {
    expect(plain(topic.KmsMasterKeyId)).toMatch(/^<NoticesKey\w+\.Arn>$/);
    expect(key.EnableKeyRotation).toBe(true);
  });

  it('asks every address of the settings to subscribe', () => {
    const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);

    expect(subscriptions.map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`).sort()).toEqual([
      'email a@example.com',
      'email b@example.com',
    ]);
  });

  it('refuses plain HTTP', () => {
    expect(statement(topicPolicy.PolicyDocument, 'AllowPublishThroughSSLOnly')).toMatchObject({
      Effect: 'Deny',
      Action: 'sns:Publish',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });
});

describe.each<[string, unknown, object | undefined]>([
  ['Alarms', { Service: 'cloudwatch.amazonaws.com' }, alarmsOfThisAccount],
  ['Responder', { AWS: expect.stringMatching(/^<ResponderRole\w+\.Arn>$/) }, undefined],
])('%s', (name, principal, condition) => {
  it('may publish to the topic', () => {
    expect(statement(topicPolicy.PolicyDocument, `Allow${name}ToPublish`)).toMatchObject({
      Effect: 'Allow',
      Principal: principal,
      Action: 'sns:Publish',
    });
  });

  it('may use the key for it', () => {
    expect(statement(key.KeyPolicy, `Allow${name}ToPublishEncrypted`)).toMatchObject({
      Effect: 'Allow',
      Principal: principal,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    });
  });

  it('is bound to this account on the topic; AWS documents no condition on the key of alarms', () => {
    expect(statement(topicPolicy.PolicyDocument, `Allow${name}ToPublish`).Condition).toEqual(condition);
    expect(statement(key.KeyPolicy, `Allow${name}ToPublishEncrypted`).Condition).toBeUndefined();
  });
});

describe('the alarms', () => {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const metricOf = (name: string) => alarms.find(({ AlarmName }) => AlarmName === name)?.MetricName;

  it('are the listed ones, whose names the topic admits', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual(Object.values(ALARM_NAMES).sort());
    expect(Object.values(ALARM_NAMES).filter((name) => !name.startsWith(ALARM_NAME_PREFIX))).toEqual([]);
  });

  it('tell the administrators and point to their article in the runbook', () => {
    for (const { AlarmName, AlarmActions, AlarmDescription } of alarms) {
      expect(plain(AlarmActions)).toEqual([expect.stringMatching(/^<NoticesTopic\w+>$/)]);
      expect(AlarmDescription).toContain(`docs/runbook.md#${AlarmName}`);
    }
  });

  it('watch the dead letters from the first one on, and a responder that crashes', () => {
    const deadLetters = alarms.find(({ AlarmName }) => AlarmName === ALARM_NAMES.DeadLetters);

    expect(deadLetters).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
    });
    expect(plain(deadLetters?.Dimensions)).toEqual([
      { Name: 'QueueName', Value: expect.stringMatching(/^<RefusalsDeadLetters\w+\.QueueName>$/) },
    ]);
    expect(metricOf(ALARM_NAMES.ResponderFailing)).toBe('Errors');
  });
});

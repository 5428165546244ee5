import { triggerOf } from '../../lambda/health/trigger';
import { hubTemplate, plain, resourcesOf } from './hub-template';
import { matchesPattern } from './matches-pattern';

const template = hubTemplate();
const rules = resourcesOf(template, 'AWS::Events::Rule');
const patternOf = (id: string) =>
  plain(rules.find(([each]) => each.slice(0, -8) === id)?.[1].Properties.EventPattern) as object;
const byHand = ['TamperingByHandRule', 'TamperingByHandOthersRule'].map(patternOf);
const byDeployment = ['TamperingDeployedRule', 'TamperingDeployedOthersRule'].map(patternOf);
const heard = (patterns: readonly object[], event: unknown) =>
  patterns.some((pattern) => matchesPattern(pattern, event));
/** The name that CloudFormation would give, as the pattern has it. */
const nameOf = (type: string, prefix: string) => {
  const [id = ''] = Object.keys(template.findResources(type)).filter((each) => each.startsWith(prefix));
  return `<${id}>`;
};

const RULE = nameOf('AWS::Events::Rule', 'HomeForwarderRulesCloudTrail');
const FUNCTION = nameOf('AWS::Lambda::Function', 'ResponderFunction');
const TABLE = nameOf('AWS::DynamoDB::GlobalTable', 'Incidents');
const QUEUE_URL = `https://sqs.us-east-1.amazonaws.com/111122223333/${nameOf('AWS::SQS::Queue', 'RefusalsQueue').slice(0, -1)}.QueueName>`;

/** A write as CloudTrail records it. */
function call(service: string, eventName: string, requestParameters: object, changes: object = {}) {
  return {
    version: '0',
    id: 'envelope',
    source: `aws.${service}`,
    'detail-type': 'AWS API Call via CloudTrail',
    account: '111122223333',
    region: 'us-east-1',
    time: '2026-11-02T03:04:05Z',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/Admin/kim',
        accountId: '111122223333',
        sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/Admin' } },
      },
      eventTime: '2026-11-02T03:04:05Z',
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: 'us-east-1',
      sourceIPAddress: '203.0.113.7',
      requestParameters,
      responseElements: null,
      eventID: 'change-1',
      readOnly: false,
      managementEvent: true,
      recipientAccountId: '111122223333',
      ...changes,
    },
  };
}

/** A data event: a write of what is in a resource, not of the resource. */
const data = (service: string, eventName: string, requestParameters: object) =>
  call(service, eventName, requestParameters, { managementEvent: false, eventCategory: 'Data' });

const CHANGES = [
  call('events', 'DisableRule', { name: RULE }),
  call('events', 'RemoveTargets', { rule: RULE, ids: ['Target0'] }),
  call('events', 'DisableRule', { name: 'trailmend-tampered-rules' }),
  call('events', 'PutPermission', { eventBusName: nameOf('AWS::Events::EventBus', 'Bus') }),
  call('events', 'DeleteRule', { name: 'any', eventBusName: nameOf('AWS::Events::EventBus', 'Bus') }),
  call('sqs', 'SetQueueAttributes', { queueUrl: QUEUE_URL }),
  call('sns', 'SetTopicAttributes', { topicArn: nameOf('AWS::SNS::Topic', 'NoticesTopic') }),
  call('sns', 'Unsubscribe', { subscriptionArn: `${nameOf('AWS::SNS::Topic', 'NoticesTopic')}:4f1c` }),
  call('kms', 'ScheduleKeyDeletion', {
    keyId: `arn:aws:kms:us-east-1:111122223333:key/${nameOf('AWS::KMS::Key', 'NoticesKey')}`,
  }),
  call('lambda', 'UpdateFunctionCode20150331v2', {
    functionName: `arn:aws:lambda:us-east-1:111122223333:function:${FUNCTION}`,
  }),
  call('lambda', 'UpdateFunctionConfiguration20150331v2', { functionName: FUNCTION }),
  call(
    'lambda',
    'DeleteEventSourceMapping20150331',
    { uUID: '1-2-3' },
    {
      responseElements: { functionArn: `arn:aws:lambda:us-east-1:111122223333:function:${FUNCTION}` },
    },
  ),
  call('iam', 'PutRolePolicy', { roleName: nameOf('AWS::IAM::Role', 'CanaryRole'), policyName: 'all' }),
  call('dynamodb', 'DeleteTable', { tableName: TABLE }),
  call('monitoring', 'DisableAlarmActions', { alarmNames: ['trailmend-tampered'] }),
  call('monitoring', 'PutMetricAlarm', { alarmName: 'trailmend-tampered', threshold: 1_000 }),
  call('monitoring', 'SetAlarmState', { alarmName: 'trailmend-tampered', stateValue: 'OK' }),
];

test.each(CHANGES.map((event) => [event.detail.eventName, event]))(
  '%s is heard, by hand and by a deployment',
  (_, event) => {
    const deployed = { ...event, detail: { ...event.detail, sourceIPAddress: 'cloudformation.amazonaws.com' } };

    expect([heard(byHand, event), heard(byDeployment, event)]).toEqual([true, false]);
    expect([heard(byHand, deployed), heard(byDeployment, deployed)]).toEqual([false, true]);
  },
);

test.each([
  ['a read', call('lambda', 'GetFunction20150331v2', { functionName: FUNCTION }, { readOnly: true })],
  ['a refused write', call('events', 'DisableRule', { name: RULE }, { errorCode: 'AccessDenied' })],
  ["a write to somebody else's rule", call('events', 'DisableRule', { name: 'other' })],
  [
    'a subscriber who confirms',
    call('sns', 'ConfirmSubscription', { topicArn: nameOf('AWS::SNS::Topic', 'NoticesTopic') }),
  ],
  ['a backup', call('dynamodb', 'CreateBackup', { tableName: TABLE, backupName: 'nightly' })],
  // A trail may log data events, the probe's own among them: hearing those, it would start itself without end.
  ['an item that is written', data('dynamodb', 'UpdateItem', { tableName: TABLE, key: { pk: 'health' } })],
  ['a function that is invoked', data('lambda', 'Invoke', { functionName: FUNCTION })],
  ['a notice that is published', data('sns', 'Publish', { topicArn: nameOf('AWS::SNS::Topic', 'NoticesTopic') })],
  ['a message that is sent', data('sqs', 'SendMessage', { queueUrl: QUEUE_URL })],
  ['an event that somebody made up', { ...CHANGES[0], source: 'my.app' }],
])('%s is not heard', (_, event) => {
  expect([heard(byHand, event), heard(byDeployment, event)]).toEqual([false, false]);
});

test('the patterns stay below the quota with the longest names that AWS gives', () => {
  const longest = (text: string) => text.replaceAll(/<\w+(?:\.\w+)?>/g, 'x'.repeat(64));

  for (const pattern of [...byHand, ...byDeployment]) {
    // The topic's ARN and the key's id are no names.
    expect(longest(JSON.stringify(pattern)).length + 2 * 60).toBeLessThan(2_048);
  }
});

test('the probe reads who did what, on what and from where', () => {
  expect(triggerOf(CHANGES[9])).toEqual({
    kind: 'tampering',
    tampering: {
      eventId: 'change-1',
      time: '2026-11-02T03:04:05Z',
      account: '111122223333',
      region: 'us-east-1',
      principal: 'arn:aws:iam::111122223333:role/Admin',
      session: 'kim',
      action: 'lambda:UpdateFunctionCode',
      resource: `arn:aws:lambda:us-east-1:111122223333:function:${FUNCTION}`,
      from: '203.0.113.7',
      byDeployment: false,
    },
  });
});

test.each([
  ['PutMetricAlarm', { alarmName: 'trailmend-tampered' }, 'trailmend-tampered'],
  [
    'DeleteAlarms',
    { alarmNames: ['trailmend-tampered', 'trailmend-queue-old'] },
    'trailmend-tampered, trailmend-queue-old',
  ],
])('the probe names the alarms of %s', (eventName, parameters, resource) => {
  expect(triggerOf(call('monitoring', eventName, parameters))).toMatchObject({ tampering: { resource } });
});

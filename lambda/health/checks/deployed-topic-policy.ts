import type { Expectation } from '../expectation';

/** The policy that `lib/notice-topic.ts` gives the topic, which a test proves. */
export function deployedTopicPolicy(expectation: Expectation): object {
  const { topicArn, responderRoleArn, probeRoleArn, managementAccount, partition, homeRegion } = expectation;
  const publish = { Action: 'sns:Publish', Resource: topicArn };
  const alarms = `arn:${partition}:cloudwatch:${homeRegion}:${managementAccount}:alarm:trailmend-*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AllowPublishThroughSSLOnly',
        Effect: 'Deny',
        Principal: '*',
        ...publish,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'AllowAlarmsToPublish',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        ...publish,
        Condition: {
          StringEquals: { 'aws:SourceAccount': managementAccount },
          ArnLike: { 'aws:SourceArn': alarms },
        },
      },
      { Sid: 'AllowResponderToPublish', Effect: 'Allow', Principal: { AWS: responderRoleArn }, ...publish },
      { Sid: 'AllowProbeToPublish', Effect: 'Allow', Principal: { AWS: probeRoleArn }, ...publish },
    ],
  };
}

import { CANARY } from './stage';

/** The refused call of the canary as EventBridge delivers it, or one like it. */
export function canaryRefusal({
  role = CANARY,
  trail = 'trailmend-canary',
  operation = 'GetTrailStatus',
  at = '2026-11-02T03:04:05Z',
} = {}) {
  const [, , , , account = ''] = role.split(':');
  const name = role.slice(role.lastIndexOf('/') + 1);
  const session = `arn:aws:sts::${account}:assumed-role/${name}/trailmend-canary`;
  const resource = `arn:aws:cloudtrail:eu-west-1:${account}:trail/${trail}`;
  return {
    version: '0',
    id: 'envelope-canary',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.cloudtrail',
    account,
    time: at,
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:trailmend-canary',
        arn: session,
        accountId: account,
        sessionContext: {
          sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn: role, accountId: account, userName: name },
        },
      },
      eventTime: at,
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: operation,
      awsRegion: 'eu-west-1',
      sourceIPAddress: '203.0.113.7',
      userAgent: 'aws-sdk-js/3',
      errorCode: 'AccessDenied',
      errorMessage: `User: ${session} is not authorized to perform: cloudtrail:${operation} on resource: ${resource} because no identity-based policy allows the cloudtrail:${operation} action`,
      requestParameters: null,
      responseElements: null,
      eventID: `canary-${at}`,
      readOnly: operation === 'GetTrailStatus',
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
}

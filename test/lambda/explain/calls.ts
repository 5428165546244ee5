import { deliveryCalls, misleadingCalls } from './delivery-calls';
import { ACCOUNT, type Call, REASONS, recordOf, refusal } from './denials';
import type { Home, Identity } from './identities';
import type { Sample } from './samples';

/** Names that would break out of JSON, a shell, HCL or TypeScript, or mean more than themselves in a policy. */
export const HOSTILE_NAMES: readonly string[] = [
  'evil"',
  "evil'",
  'evil\n',
  'evil\r\nFix',
  `evil\${aws:username}`,
  'evil%{if',
  'evil?',
  'evil`id`',
  'evil$(id)',
  'evil;x',
  'evil\\',
  'evil\u202e',
  'évil',
  'evil\ud83d\ude08',
  'evil\u0000',
  '<evil>',
  '../evil"',
  "'evil'",
];

/** A wildcard is a valid name in an ARN, but must not widen what is offered. */
const WILDCARD = '*';

/** Calls of every case, refused for every reason and with every code. */
export function callSamples(identity: Identity, home: Home): Sample[] {
  return samplesOf('my-cloudtrail', identity, home);
}

/** The same calls about things with names that attack what is made of them. */
export function hostileSamples(identity: Identity, home: Home): Sample[] {
  const named = [...HOSTILE_NAMES, WILDCARD].flatMap((name) => samplesOf(name, identity, home));
  const misled = misleadingCalls(home).map((call) => ({
    name: `${call.errorCode} with ${JSON.stringify(call.parameters)}`,
    event: recordOf(call, identity, home),
  }));
  const foreign = `arn:${home.partition === 'aws' ? 'aws-cn' : 'aws'}:cloudtrail:eu-west-1:${ACCOUNT}:trail/main`;
  const event = refusal('cloudtrail:StopLogging', foreign, '')(identity, home);
  return [...named, ...misled, { name: `cloudtrail:StopLogging on ${foreign}`, event }];
}

function samplesOf(name: string, identity: Identity, home: Home): Sample[] {
  const refused = refusals(name, home).flatMap(({ action, resource, of }) =>
    REASONS.map((reason) => ({
      name: `${action} on ${JSON.stringify(resource)}${reason}`,
      event: refusal(action, resource, reason, of)(identity, home),
    })),
  );
  const delivery = deliveryCalls(name, home).map((call) => ({
    name: `${call.errorCode} with ${JSON.stringify(call.parameters)}`,
    event: recordOf(call, identity, home),
  }));
  return [...refused, ...delivery];
}

type Refused = { action: string; resource: string | null; of?: Partial<Call> };

/** Calls that a message refuses, by the cases that they belong to. */
function refusals(name: string, { partition, region }: Home): Refused[] {
  const arn = (service: string, place: string, what: string) =>
    `arn:${partition}:${service}:${place}:${ACCOUNT}:${what}`;
  const role = arn('iam', '', `role/service-role/${name}`);
  const trust = { assumeRolePolicyDocument: 'cloudtrail.amazonaws.com' };
  const policyArn = `arn:${partition}:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess${name}`;
  return [
    { action: 'cloudtrail:StopLogging', resource: arn('cloudtrail', region, `trail/${name}`) },
    { action: 'cloudtrail:StopLogging', resource: name },
    { action: 'cloudtrail:LookupEvents', resource: null },
    {
      action: 'cloudtrail:GetTrail',
      resource: arn('cloudtrail', region, `trail/${name}`).replace(ACCOUNT, '444455556666'),
    },
    { action: 'cloudtrail:GetEventDataStore', resource: arn('cloudtrail', region, `eventdatastore/${name}`) },
    ...[role, null].map((resource) => ({
      action: 'iam:PassRole',
      resource,
      of: { service: 'cloudtrail', operation: 'CreateTrail', parameters: { cloudWatchLogsRoleArn: role } },
    })),
    { action: 'iam:CreateRole', resource: role, of: { parameters: trust } },
    { action: 'iam:PutRolePolicy', resource: arn('iam', '', `role/${name}`), of: { parameters: trust } },
    { action: 'iam:AttachUserPolicy', resource: `user ${name}`, of: { parameters: { policyArn } } },
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: arn('iam', '', 'role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail'),
    },
    { action: 'config:DescribeConfigurationRecorders', resource: null, of: { console: true } },
    {
      action: 'organizations:EnableAWSServiceAccess',
      resource: '*',
      of: { parameters: { servicePrincipal: `cloudtrail.amazonaws.com${name === 'my-cloudtrail' ? '' : name}` } },
    },
    {
      action: 's3:PutBucketPolicy',
      resource: `"arn:${partition}:s3:::${name}"`,
      of: { parameters: { bucketName: 'cloudtrail' } },
    },
    { action: 's3:GetBucketAcl', resource: null, of: { parameters: { bucketName: 'cloudtrail' } } },
    { action: 'SNS:Publish', resource: arn('sns', region, name), of: { parameters: { name: 'cloudtrail' } } },
    {
      action: 'kms:CreateGrant',
      resource: arn('kms', region, `key/${name}`),
      of: { parameters: { name: 'cloudtrail' } },
    },
    {
      action: 'logs:CreateLogGroup',
      resource: arn('logs', region, `log-group:${name}:log-stream:`),
      of: { parameters: { logGroupName: 'cloudtrail' } },
    },
  ];
}

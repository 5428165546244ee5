import { parseEvent } from '../../../lambda/denial/parse-event';
import { allowStatement } from '../../../lambda/explain/allow-statement';
import { type Call, refusal } from './denials';
import { HOMES, type Home, IDENTITIES, type Identity } from './identities';

const [, ROLE] = IDENTITIES as [Identity, Identity];
const [HOME] = HOMES as [Home];
const CLOUDTRAIL = 'arn:aws:cloudtrail:eu-west-1:333344445555';
const EVENT_DATA_STORE = '0a1b2c3d-1111-2222-3333-444455556666';
const LINKED = 'arn:aws:iam::333344445555:role/aws-service-role/context.cloudtrail.amazonaws.com/AWSServiceRoleForX';

function statementFor(action: string, resource: string | null, of: Partial<Call> = {}) {
  const event = parseEvent(refusal(action, resource, '', of)(ROLE, HOME));
  return event.kind === 'denial' ? allowStatement(event.denial) : null;
}

describe('the resource of the statement is as narrow as the record allows', () => {
  test.each([
    ['a whole ARN', 'cloudtrail:StopLogging', `${CLOUDTRAIL}:trail/main`, `${CLOUDTRAIL}:trail/main`],
    ['a bare trail name', 'cloudtrail:StopLogging', 'main', `${CLOUDTRAIL}:trail/main`],
    [
      'a bare id of an event data store',
      'cloudtrail:GetEventDataStore',
      EVENT_DATA_STORE,
      `${CLOUDTRAIL}:eventdatastore/${EVENT_DATA_STORE}`,
    ],
    ['nothing', 'cloudtrail:StopLogging', null, `${CLOUDTRAIL}:trail/*`],
    ['a name that IAM does not take', 'cloudtrail:StopLogging', 'a"b', `${CLOUDTRAIL}:trail/*`],
    ['anything, for an action without resource types', 'cloudtrail:LookupEvents', 'main', '*'],
    ["IAM's own form", 'iam:GetRole', 'role Deployer', 'arn:aws:iam::333344445555:role/Deployer'],
    ['a bucket', 's3:PutBucketPolicy', '"arn:aws:s3:::logs"', 'arn:aws:s3:::logs'],
    ['a missing bucket', 's3:GetBucketAcl', null, 'arn:aws:s3:::*'],
    ['a missing object', 's3:PutObject', null, 'arn:aws:s3:::*/*'],
    [
      'a topic, by an action in capitals',
      'SNS:Publish',
      'arn:aws:sns:eu-west-1:333344445555:trail',
      'arn:aws:sns:eu-west-1:333344445555:trail',
    ],
  ])('for %s', (_what, action, resource, expected) => {
    expect(statementFor(action, resource)?.Resource).toBe(expected);
  });

  test('for a role that is not in the message, from the request that was to pass it', () => {
    const cloudWatchLogsRoleArn = 'arn:aws:iam::333344445555:role/service-role/Logs';
    const of = { service: 'cloudtrail', operation: 'CreateTrail', parameters: { name: 'main', cloudWatchLogsRoleArn } };

    expect(statementFor('iam:PassRole', null, of)?.Resource).toBe(cloudWatchLogsRoleArn);
  });
});

describe('the condition of the statement', () => {
  const policyArn = 'arn:aws:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess';
  const servicePrincipal = 'cloudtrail.amazonaws.com';

  test.each([
    ['iam:PassRole', null, {}, { StringEquals: { 'iam:PassedToService': servicePrincipal } }],
    [
      'iam:CreateServiceLinkedRole',
      LINKED,
      {},
      { StringEquals: { 'iam:AWSServiceName': `context.${servicePrincipal}` } },
    ],
    ['iam:AttachUserPolicy', 'user mateo', { policyArn }, { ArnEquals: { 'iam:PolicyARN': policyArn } }],
    [
      'organizations:EnableAWSServiceAccess',
      '*',
      { servicePrincipal },
      { StringEquals: { 'organizations:ServicePrincipal': servicePrincipal } },
    ],
    ['cloudtrail:StopLogging', null, {}, undefined],
  ])('of %s on %s keeps it to what was asked', (action, resource, parameters, expected) => {
    expect(statementFor(action, resource, { parameters })?.Condition).toEqual(expected);
  });
});

test.each([
  'cloudtrail:NoSuchAction',
  'nosuchservice:GetTrail',
  'cloudtrail:constructor',
  'cloudtrail:toString',
  'constructor:GetTrail',
])('there is no statement for %s, which AWS does not document', (action) => {
  expect(statementFor(action, null)).toBeNull();
});

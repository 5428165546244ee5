import { createHash } from 'node:crypto';
import { PATTERN_VERSION } from '../../lambda/audit/versions';
import { DENIAL_CODES, THROTTLING_CODES } from '../../lambda/denial/error-codes';
import { TYING_PARAMETERS } from '../../lambda/denial/ties';
import { cloudTrailRefusals, neighbourRefusals } from '../../lib/event-patterns';
import { matchesPattern } from './matches-pattern';

const refusal = (service: string, detail: object) => ({
  source: `aws.${service}`,
  detail: { eventSource: `${service}.amazonaws.com`, errorCode: 'AccessDenied', requestParameters: null, ...detail },
});
const hears = (service: string, detail: object) => matchesPattern(neighbourRefusals, refusal(service, detail));
const hearsCloudTrail = (errorCode?: string) =>
  matchesPattern(cloudTrailRefusals, { source: 'aws.cloudtrail', detail: { eventName: 'GetTrailStatus', errorCode } });

describe('both patterns', () => {
  it('are those of the version that audit records name: when they change, raise it and this digest', () => {
    const digest = createHash('sha256')
      .update(JSON.stringify([cloudTrailRefusals, neighbourRefusals]))
      .digest('hex');

    expect([PATTERN_VERSION, digest.slice(0, 16)]).toEqual([1, 'd3d9cebebb25b710']);
  });

  it.each(Object.entries({ cloudTrailRefusals, neighbourRefusals }))(
    '%s stays under 1,800 characters',
    (_, pattern) => {
      expect(JSON.stringify(pattern).length).toBeLessThan(1_800);
    },
  );

  it.each(Object.entries({ cloudTrailRefusals, neighbourRefusals }))('%s names sources of AWS only', (_, pattern) => {
    expect(pattern.source).not.toHaveLength(0);
    expect(pattern.source?.filter((source) => !source.startsWith('aws.'))).toEqual([]);
  });
});

describe('the pattern of CloudTrail', () => {
  it.each(['AccessDenied', 'NoManagementAccountSLRExistsException', 'InsufficientS3BucketPolicyException'])(
    'takes a call that failed with %s',
    (code) => {
      expect(hearsCloudTrail(code)).toBe(true);
    },
  );

  it.each(THROTTLING_CODES.map((code) => `${code}Exception`))('leaves out a call that failed with %s', (code) => {
    expect(hearsCloudTrail(code)).toBe(false);
  });

  it('leaves out a call that succeeded', () => {
    expect(hearsCloudTrail(undefined)).toBe(false);
  });
});

describe('the pattern of the neighbouring services', () => {
  const tied = { errorMessage: 'not authorized on arn:aws:s3:::cloudtrail-logs' };

  it.each([...DENIAL_CODES.prefixes.map((code) => `${code}X`), ...DENIAL_CODES.suffixes.map((code) => `X${code}`)])(
    'takes a tied call that was refused with %s',
    (errorCode) => {
      expect(hears('s3', { ...tied, errorCode })).toBe(true);
    },
  );

  it.each(['ThrottlingException', 'NoSuchBucket'])('leaves out a tied call that failed with %s', (errorCode) => {
    expect(hears('s3', { ...tied, errorCode })).toBe(false);
  });

  it('leaves out a tied call that succeeded, and the same refusal by another service', () => {
    expect(hears('s3', { ...tied, errorCode: undefined })).toBe(false);
    expect(hears('ec2', tied)).toBe(false);
  });

  it.each<[string, string, object]>([
    ['the message, in either spelling', 'iam', { errorMessage: 'on role/AWSServiceRoleForCloudTrail because …' }],
    ['CloudTrail as the caller', 'kms', { userIdentity: { invokedBy: 'cloudtrail.amazonaws.com' } }],
    ['a service principal', 'organizations', { requestParameters: { servicePrincipal: 'cloudtrail.amazonaws.com' } }],
    ['a service-linked role', 'iam', { requestParameters: { aWSServiceName: 'context.cloudtrail.amazonaws.com' } }],
    [
      'a managed policy',
      'iam',
      { requestParameters: { policyArn: 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess' } },
    ],
    [
      'a trust policy',
      'iam',
      { requestParameters: { assumeRolePolicyDocument: '{"Service":"cloudtrail.amazonaws.com"}' } },
    ],
    ['a role', 'iam', { requestParameters: { roleName: 'CloudTrail_CloudWatchLogs_Role' } }],
    ['a log group', 'logs', { requestParameters: { logGroupName: 'CloudTrail/DefaultLogGroup' } }],
    ['a topic', 'sns', { requestParameters: { name: 'aws-cloudtrail-logs-1' } }],
    ['a bucket', 's3', { requestParameters: { bucketName: 'aws-cloudtrail-logs-111122223333-1' } }],
    [
      'a bucket policy that arrives parsed',
      's3',
      { requestParameters: { bucketPolicy: { Statement: [{ Principal: { Service: 'cloudtrail.amazonaws.com' } }] } } },
    ],
    ['an encryption context', 'kms', { requestParameters: { encryptionContext: { 'aws:cloudtrail:arn': 'arn:…' } } }],
    [
      'a console read of AWS Config',
      'config',
      { eventName: 'BatchGetResourceConfig', sessionCredentialFromConsole: 'true' },
    ],
  ])('takes a refusal tied by %s', (_, service, detail) => {
    expect(hears(service, detail)).toBe(true);
  });

  it.each<[string, string, object]>([
    ['nothing but the service', 'iam', { errorMessage: 'not authorized on role/Deployer' }],
    ['a console session alone', 'iam', { eventName: 'GetRole', sessionCredentialFromConsole: 'true' }],
    ['a console write to AWS Config', 'config', { eventName: 'PutConfigRule', sessionCredentialFromConsole: 'true' }],
    ['a read of AWS Config outside the console', 'config', { eventName: 'GetComplianceDetailsByConfigRule' }],
  ])('leaves out a refusal tied by %s', (_, service, detail) => {
    expect(hears(service, detail)).toBe(false);
  });

  it.each(TYING_PARAMETERS)('looks into %s, as the code that judges a record does', (parameter) => {
    const service = 'cloudtrail.amazonaws.com';
    const value = parameter === 'bucketPolicy' ? { Statement: { Principal: { Service: [service] } } } : service;

    expect(hears('iam', { requestParameters: { [parameter]: value } })).toBe(true);
    expect(hears('iam', { requestParameters: { [`${parameter}X`]: value } })).toBe(false);
  });
});

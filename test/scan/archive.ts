import type { Random } from '../fuzz/random';

/** Records as a trail writes them; the calls are those that fill real archives, with ids of their own. */

type Record_ = { [name: string]: unknown };

/** A call, and what its record has beside what every record has. */
type Kind = {
  readonly service: string;
  readonly operations: readonly string[];
  readonly readOnly: boolean;
  readonly parameters: (random: Random) => unknown;
  readonly answer?: (random: Random) => unknown;
  readonly more?: (random: Random) => Record_;
};

const ACCOUNT = '222233334444';
const REGION = 'eu-west-1';
const START = Date.UTC(2026, 9, 1);

const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const hex = (random: Random, length: number) => text(random, HEX, length);
const uuid = (random: Random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-');

function text(random: Random, letters: string, length: number): string {
  let made = '';
  for (let at = 0; at < length; at += 1) {
    made += letters[random.below(letters.length)];
  }
  return made;
}

const KINDS: readonly Kind[] = [
  {
    service: 'sts',
    operations: ['AssumeRole'],
    readOnly: true,
    parameters: (random) => ({
      roleArn: `arn:aws:iam::${ACCOUNT}:role/${random.pick(ROLES)}`,
      roleSessionName: `session-${hex(random, 12)}`,
      durationSeconds: 3600,
    }),
    answer: (random) => ({
      credentials: {
        accessKeyId: `ASIA${text(random, LETTERS, 16)}`,
        sessionToken: text(random, BASE64, 380),
        expiration: 'Oct 1, 2026, 1:02:03 AM',
      },
      assumedRoleUser: {
        assumedRoleId: `AROA${text(random, LETTERS, 17)}:session`,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${random.pick(ROLES)}/session`,
      },
    }),
    more: (random) => ({
      resources: [
        { accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: `arn:aws:iam::${ACCOUNT}:role/${random.pick(ROLES)}` },
      ],
      sharedEventID: uuid(random),
    }),
  },
  {
    service: 'ec2',
    operations: ['DescribeInstances', 'DescribeVolumes', 'DescribeSecurityGroups', 'DescribeTags'],
    readOnly: true,
    parameters: (random) => ({
      maxResults: 1000,
      filterSet: { items: [{ name: 'instance-id', valueSet: { items: [{ value: `i-${hex(random, 17)}` }] } }] },
    }),
  },
  {
    service: 'kms',
    operations: ['Decrypt', 'GenerateDataKey'],
    readOnly: true,
    parameters: (random) => ({
      encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::example-data-${hex(random, 6)}/part-${hex(random, 8)}` },
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    }),
    more: (random) => ({
      resources: [
        { accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${uuid(random)}` },
      ],
    }),
  },
  {
    service: 's3',
    operations: ['GetBucketAcl', 'GetBucketLocation', 'GetBucketPolicy', 'ListBuckets'],
    readOnly: true,
    parameters: (random) => ({
      bucketName: `example-bucket-${hex(random, 8)}`,
      Host: `example-bucket.s3.${REGION}.amazonaws.com`,
      acl: '',
    }),
    more: (random) => ({
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': text(random, BASE64, 76),
        bytesTransferredOut: 512 + random.below(4096),
      },
    }),
  },
  {
    service: 'iam',
    operations: ['CreatePolicyVersion', 'PutRolePolicy'],
    readOnly: false,
    parameters: (random) => ({
      policyArn: `arn:aws:iam::${ACCOUNT}:policy/example-${hex(random, 6)}`,
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:GetObject', 'sqs:*'], Resource: `arn:aws:s3:::x-${hex(random, 8)}/*` },
        ],
      }),
      setAsDefault: true,
    }),
  },
  {
    service: 'ssm',
    operations: ['UpdateInstanceInformation', 'ListInstanceAssociations'],
    readOnly: false,
    parameters: (random) => ({
      instanceId: `i-${hex(random, 17)}`,
      agentVersion: '3.3.2299.0',
      agentStatus: 'Active',
      platformType: 'Linux',
      platformName: 'Amazon Linux',
      platformVersion: '2023',
      iPAddress: `10.0.${random.below(256)}.${random.below(256)}`,
      computerName: `ip-10-0-${random.below(256)}.${REGION}.compute.internal`,
    }),
  },
  {
    service: 'logs',
    operations: ['CreateLogStream', 'DescribeLogStreams'],
    readOnly: false,
    parameters: (random) => ({ logGroupName: `/aws/lambda/example-${hex(random, 6)}`, logStreamName: uuid(random) }),
  },
  {
    service: 'cloudtrail',
    operations: ['DescribeTrails', 'GetTrailStatus', 'LookupEvents'],
    readOnly: true,
    parameters: () => ({ includeShadowTrails: true, trailNameList: [] }),
  },
];

const ROLES = ['Deployer', 'ReadOnly', 'eks-node-group', 'DataPipeline', 'ci-runner'];
const SOURCES = ['ec2.amazonaws.com', 'AWS Internal', '203.0.113.7', '198.51.100.23'];
const AGENTS = [
  'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.170.0',
  'Boto3/1.35.20 md/Botocore#1.35.20 ua/2.0 os/linux#5.10.227 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython',
  'aws-internal/3 aws-sdk-java/1.12.770 Linux/5.10.225 OpenJDK_64-Bit_Server_VM/17.0.12+8 java/17.0.12 vendor/Amazon',
  '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4 OpenJDK_64-Bit_Server_VM/25.412]',
];

/** Refused calls: most have nothing to do with CloudTrail. */
const REFUSALS: readonly { service: string; operation: string; code: string; action: string; on: string }[] = [
  {
    service: 'ec2',
    operation: 'RunInstances',
    code: 'Client.UnauthorizedOperation',
    action: 'ec2:RunInstances',
    on: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/*`,
  },
  {
    service: 's3',
    operation: 'GetBucketPolicy',
    code: 'AccessDenied',
    action: 's3:GetBucketPolicy',
    on: 'arn:aws:s3:::example-data',
  },
  {
    service: 'iam',
    operation: 'ListRoles',
    code: 'AccessDenied',
    action: 'iam:ListRoles',
    on: `arn:aws:iam::${ACCOUNT}:role/`,
  },
  {
    service: 'kms',
    operation: 'Decrypt',
    code: 'AccessDenied',
    action: 'kms:Decrypt',
    on: `arn:aws:kms:${REGION}:${ACCOUNT}:key/example`,
  },
  {
    service: 'cloudtrail',
    operation: 'StopLogging',
    code: 'AccessDenied',
    action: 'cloudtrail:StopLogging',
    on: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`,
  },
  {
    service: 'cloudtrail',
    operation: 'GetTrailStatus',
    code: 'AccessDeniedException',
    action: 'cloudtrail:GetTrailStatus',
    on: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`,
  },
];

const REASONS = [
  (action: string) => `because no identity-based policy allows the ${action} action`,
  () =>
    'with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-example1',
  (action: string) => `because no permissions boundary allows the ${action} action`,
];

/** How many in a thousand calls are refused, and how many fail otherwise. */
export type Shares = { readonly refused: number; readonly failed: number };

/** Two in a hundred are refused, one fails otherwise. */
const USUAL: Shares = { refused: 20, failed: 10 };

/** One record. */
export function recordOf(random: Random, { refused, failed }: Shares = USUAL): Record_ {
  const dice = random.below(1000);
  if (dice < refused) {
    const { service, operation, code, action, on } = random.pick(REFUSALS);
    const role = random.pick(ROLES);
    const reason = random.pick(REASONS)(action);
    const message = `User: arn:aws:sts::${ACCOUNT}:assumed-role/${role}/run is not authorized to perform: ${action} on resource: ${on} ${reason}`;
    return filled(
      random,
      { service, operation, readOnly: false, role },
      { errorCode: code, errorMessage: message },
      null,
    );
  }
  const kind = random.pick(KINDS);
  const call = { ...kind, operation: random.pick(kind.operations), role: random.pick(ROLES) };
  const failure = dice < refused + failed ? { errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded' } : {};
  return filled(random, call, failure, kind);
}

/** A log file of so many records, as a trail writes it. */
export function logFileOf(random: Random, records: number, shares: Shares = USUAL): string {
  return JSON.stringify({ Records: Array.from({ length: records }, () => recordOf(random, shares)) });
}

function filled(
  random: Random,
  { service, operation, readOnly, role }: { service: string; operation: string; readOnly: boolean; role: string },
  failure: Record_,
  kind: Kind | null,
): Record_ {
  const id = `AROA${text(random, LETTERS, 17)}`;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${id}:run`,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/run`,
      accountId: ACCOUNT,
      accessKeyId: `ASIA${text(random, LETTERS, 16)}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: id,
          arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
          accountId: ACCOUNT,
          userName: role,
        },
        attributes: { creationDate: timeOf(random), mfaAuthenticated: 'false' },
      },
    },
    eventTime: timeOf(random),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: REGION,
    sourceIPAddress: random.pick(SOURCES),
    userAgent: random.pick(AGENTS),
    ...failure,
    requestParameters: 'errorCode' in failure ? null : (kind?.parameters(random) ?? null),
    responseElements: kind?.answer?.(random) ?? null,
    requestID: uuid(random),
    eventID: uuid(random),
    readOnly,
    ...kind?.more?.(random),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${REGION}.amazonaws.com`,
    },
  };
}

function timeOf(random: Random): string {
  return `${new Date(START + 1000 * random.below(30 * 86_400)).toISOString().slice(0, 19)}Z`;
}

import { arnParts, isPlainArn } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { accountOf } from '../denial/resource';
import { CLOUDTRAIL, parameterText } from '../denial/ties';
import { document, type PolicyDocument } from './policy';

/**
 * The policies that a trail's bucket, topic, key and CloudWatch Logs role need, as AWS's pages give them, each bound to the
 * trail that asks. `NAME` stands for what the record does not say.
 */

type Place = { partition: string; region: string; account: string; trail: string };

/** Where the trail is; an organization trail's ARN may name another account than the record. */
function placeOf(denial: Denial): Place {
  const named =
    denial.resource !== null && isPlainArn(denial.resource) && arnParts(denial.resource)?.service === 'cloudtrail';
  const trail = named ? denial.resource : null;
  const region = denial.region ?? '*';
  const account = denial.account ?? '*';
  const arn = trail ?? `arn:${denial.partition}:cloudtrail:${region}:${account}:trail/*`;
  return { partition: denial.partition, region, account, trail: arn };
}

/** `aws:SourceArn` binds CloudTrail to one trail; a pattern needs another operator than an ARN. */
const fromTrail = (trail: string) => ({
  [trail.includes('*') ? 'StringLike' : 'StringEquals']: { 'aws:SourceArn': trail },
});

const cloudTrailService = { Service: CLOUDTRAIL };

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function bucketPolicy(denial: Denial): PolicyDocument {
  const { partition, account, trail } = placeOf(denial);
  const bucket = `arn:${partition}:s3:::${nameOf(denial, 's3BucketName')}`;
  const prefix = denial.parameters?.s3KeyPrefix === undefined ? null : nameOf(denial, 's3KeyPrefix');
  const organization = denial.parameters?.isOrganizationTrail === true;
  const logs = `${bucket}/${prefix === null ? '' : `${prefix}/`}AWSLogs/${organization ? '*' : account}/*`;
  const written = { ...fromTrail(trail) };
  return document(
    {
      Sid: 'CloudTrailAclCheck',
      Effect: 'Allow',
      Principal: cloudTrailService,
      Action: 's3:GetBucketAcl',
      Resource: bucket,
      Condition: written,
    },
    {
      Sid: 'CloudTrailWrite',
      Effect: 'Allow',
      Principal: cloudTrailService,
      Action: 's3:PutObject',
      Resource: logs,
      Condition: {
        ...written,
        StringEquals: { ...written.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  );
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html */
export function topicPolicy(denial: Denial): PolicyDocument {
  const { partition, region, account, trail } = placeOf(denial);
  const named = nameOf(denial, 'snsTopicName');
  return document({
    Sid: 'CloudTrailPublish',
    Effect: 'Allow',
    Principal: cloudTrailService,
    Action: 'sns:Publish',
    Resource: named.startsWith('arn:') ? named : `arn:${partition}:sns:${region}:${account}:${named}`,
    Condition: fromTrail(trail),
  });
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
export function keyPolicy(denial: Denial): PolicyDocument {
  const { partition, account, trail } = placeOf(denial);
  const source = fromTrail(trail);
  const trails = `arn:${partition}:cloudtrail:*:${accountOf(trail) ?? account}:trail/*`;
  const context = { 'kms:EncryptionContext:aws:cloudtrail:arn': trails };
  return document(
    {
      Sid: 'CloudTrailEncrypt',
      Effect: 'Allow',
      Principal: cloudTrailService,
      Action: 'kms:GenerateDataKey*',
      Resource: '*',
      Condition: { ...source, StringLike: { ...source.StringLike, ...context } },
    },
    {
      Sid: 'CloudTrailDescribe',
      Effect: 'Allow',
      Principal: cloudTrailService,
      Action: 'kms:DescribeKey',
      Resource: '*',
      Condition: source,
    },
  );
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
export function logsRolePolicy(denial: Denial): PolicyDocument {
  const { partition, region, account } = placeOf(denial);
  const group = parameterText(denial.parameters, 'cloudWatchLogsLogGroupArn')?.replace(/:\*$/, '') ?? '';
  const streams = `${isPlainArn(group) ? group : `arn:${partition}:logs:${region}:${account}:log-group:NAME`}:log-stream:`;
  const organization = denial.parameters?.isOrganizationTrail === true ? [`${streams}o-*_*`] : [];
  const own = `${streams}${account}_CloudTrail_${region === '*' ? '' : region}*`;
  return document({
    Sid: 'CloudTrailWriteLogStreams',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: organization.length > 0 ? [own, ...organization] : own,
  });
}

/** The trust that lets CloudTrail assume the role it writes to CloudWatch Logs with. */
export function logsRoleTrust(): PolicyDocument {
  return document({ Effect: 'Allow', Principal: cloudTrailService, Action: 'sts:AssumeRole' });
}

function nameOf({ parameters }: Denial, parameter: string): string {
  const name = parameterText(parameters, parameter);
  return name !== null && /^[\w.:/-]{1,256}$/.test(name) ? name : 'NAME';
}

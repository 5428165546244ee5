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
  const trail = denial.resource !== null && isArnOf('cloudtrail', denial.resource, denial) ? denial.resource : null;
  const region = denial.region ?? '*';
  const owned = denial.parameters?.isOrganizationTrail !== true;
  const account = denial.account ?? '*';
  const arn = trail ?? `arn:${denial.partition}:cloudtrail:${region}:${owned ? account : '*'}:trail/*`;
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
  const bucket = `arn:${partition}:s3:::${bucketOf(denial)}`;
  const prefix = parameterText(denial.parameters, 's3KeyPrefix') || null;
  const organization = denial.parameters?.isOrganizationTrail === true;
  const logs = `${bucket}/${prefix === null ? '' : `${/^[\w./-]{1,200}$/.test(prefix) ? prefix : 'PREFIX'}/`}AWSLogs/${organization ? '*' : account}/*`;
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
  const named = parameterText(denial.parameters, 'snsTopicName') ?? denial.resource ?? '';
  return document({
    Sid: 'CloudTrailPublish',
    Effect: 'Allow',
    Principal: cloudTrailService,
    Action: 'sns:Publish',
    Resource: isArnOf('sns', named, denial)
      ? named
      : `arn:${partition}:sns:${region}:${account}:${/^[\w-]{1,256}$/.test(named) ? named : 'NAME'}`,
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
  const named = parameterText(denial.parameters, 'cloudWatchLogsLogGroupArn') ?? denial.resource ?? '';
  const [group = ''] = named.replace(/:\*$/, '').split(':log-stream:');
  const streams = `${isArnOf('logs', group, denial) ? group : `arn:${partition}:logs:${region}:${account}:log-group:NAME`}:log-stream:`;
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

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketOf({ parameters, resource }: Denial): string {
  const [, fromArn] = /^arn:[\w-]+:s3:::([^/]+)/.exec(resource ?? '') ?? [];
  const name = parameterText(parameters, 's3BucketName') ?? fromArn ?? '';
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) ? name : 'NAME';
}

/** Whether `text` is an ARN of `service` in the record's partition, without anything that a policy reads as a pattern. */
function isArnOf(service: string, text: string, { partition }: Denial): boolean {
  const arn = arnParts(text);
  return isPlainArn(text) && !text.includes('*') && arn?.service === service && arn.partition === partition;
}

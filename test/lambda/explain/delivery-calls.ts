import { ACCOUNT, type Call } from './denials';
import type { Home } from './identities';

/** Requests with whole ARNs where they do not belong: of another service, and of another partition. */
export function misleadingCalls({ partition }: Home): Call[] {
  const foreign = partition === 'aws' ? 'aws-cn' : 'aws';
  const arns = [`arn:${partition}:dynamodb:eu-west-1:${ACCOUNT}:table/x`, `arn:${foreign}:sns:eu-west-1:${ACCOUNT}:x`];
  const codes = ['InsufficientS3BucketPolicy', 'InsufficientSnsTopicPolicy', 'InvalidCloudWatchLogsRoleArn'];
  return [...arns, `arn:${foreign}:cloudtrail:eu-west-1:${ACCOUNT}:trail/x`].flatMap((arn) =>
    codes.map((errorCode) => ({
      service: 'cloudtrail',
      operation: 'UpdateTrail',
      errorCode,
      errorMessage: 'Access denied.',
      parameters: { name: arn, s3BucketName: arn, s3KeyPrefix: arn, snsTopicName: arn, cloudWatchLogsLogGroupArn: arn },
    })),
  );
}

/** What each of CloudTrail's own codes for the delivery of a trail needs of the request. */
export function deliveryCalls(name: string, home: Home): Call[] {
  const { partition, region } = home;
  const of = (errorCode: string, parameters: Call['parameters'], errorMessage = 'Access denied.') => ({
    service: 'cloudtrail',
    operation: 'UpdateTrail',
    errorCode: `${errorCode}Exception`,
    errorMessage,
    parameters,
  });
  const group = `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:${name}:*`;
  const trail = `arn:${partition}:cloudtrail:${region}:111122223333:trail/${name}`;
  const organization = { name: trail, isOrganizationTrail: true };
  return [
    ...[{ name }, organization].flatMap((trailOf) => [
      of('InsufficientS3BucketPolicy', { ...trailOf, s3BucketName: name, s3KeyPrefix: name }),
      of('InsufficientS3BucketPolicy', { ...trailOf, s3BucketName: name, s3KeyPrefix: '' }),
      of('InsufficientSnsTopicPolicy', { ...trailOf, snsTopicName: name }),
      of('InsufficientSnsTopicPolicy', {
        ...trailOf,
        snsTopicName: `arn:${partition}:sns:${region}:${ACCOUNT}:${name}`,
      }),
      of('InsufficientEncryptionPolicy', { ...trailOf, kmsKeyId: name }),
      of('InvalidCloudWatchLogsRoleArn', { ...trailOf, cloudWatchLogsLogGroupArn: group }),
      of('InvalidCloudWatchLogsLogGroupArn', { ...trailOf, cloudWatchLogsLogGroupArn: group }),
      of('CloudTrailARNInvalid', trailOf, 'AccountID in ARN is wrong.'),
    ]),
    of('InsufficientS3BucketPolicy', undefined),
  ];
}

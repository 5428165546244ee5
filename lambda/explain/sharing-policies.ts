import type { Denial } from '../denial/denial';
import { accountOf } from '../denial/resource';
import type { CasePolicy } from './case-policies';
import { document } from './policy';

/**
 * The ways to let another account read a trail's log files: the bucket policy where the bucket owner owns every object
 * (the default), else a role that the other account assumes, with an external id for third parties. None unless both
 * accounts are known: a policy never names everybody. `NAME` stands for what the record does not say.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-sharing-logs.html
 */
export function sharingPolicies(denial: Denial): CasePolicy[] {
  const { partition, caller } = denial;
  const owner = accountOf(denial.resource);
  if (caller.account === null || owner === null || !/^\d{12}$/.test(owner)) {
    return [];
  }
  const reader = `arn:${partition}:iam::${caller.account}:root`;
  const bucket = `arn:${partition}:s3:::NAME`;
  const logs = `${bucket}/AWSLogs/${owner}/*`;
  const read = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: [bucket, logs] } as const;
  const assume = { Effect: 'Allow', Principal: { AWS: reader }, Action: 'sts:AssumeRole' } as const;
  return [
    {
      purpose: 'sharing-bucket-policy',
      document: document({ Sid: 'ShareLogFiles', ...read, Principal: { AWS: reader } }),
    },
    { purpose: 'sharing-role-permissions', document: document({ Sid: 'ReadLogFiles', ...read }) },
    { purpose: 'sharing-role-trust', document: document(assume) },
    {
      purpose: 'sharing-role-trust-third-party',
      document: document({ ...assume, Condition: { StringEquals: { 'sts:ExternalId': 'EXTERNAL-ID' } } }),
    },
  ];
}

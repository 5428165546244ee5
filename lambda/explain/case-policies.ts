import type { CaseId } from '../cases';
import { arnParts, isPlainArn } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { hasPrefix } from '../denial/error-codes';
import { CLOUDTRAIL } from '../denial/ties';
import { bucketPolicy, keyPolicy, logsRolePolicy, logsRoleTrust, topicPolicy } from './delivery-policies';
import { document, type PolicyDocument } from './policy';
import { sharingPolicies } from './sharing-policies';

/** What a whole policy is for; the texts of each language say it in words. */
export type PolicyPurpose =
  | 'config-reads'
  | 'logs-role-administration'
  | 'logs-role-permissions'
  | 'logs-role-trust'
  | 'bucket-policy'
  | 'topic-policy'
  | 'key-policy'
  | 'sharing-bucket-policy'
  | 'sharing-role-permissions'
  | 'sharing-role-trust'
  | 'sharing-role-trust-third-party';

/** Whether a policy is attached to the caller, not to a resource or to a role that CloudTrail or another account assumes. */
export function isForCaller(purpose: PolicyPurpose): boolean {
  return purpose === 'config-reads' || purpose === 'logs-role-administration';
}

/** A policy that a case needs, ready to be put where `purpose` says. */
export type CasePolicy = { readonly purpose: PolicyPurpose; readonly document: PolicyDocument };

/** The whole policies that AWS's pages give for what a denial is about; none for most. */
export function casePolicies(id: CaseId, denial: Denial): CasePolicy[] {
  if (id === 'cross-account-denied') {
    return sharingPolicies(denial);
  }
  return id === 'integration-denied' ? (byCode(denial) ?? byAction(denial)) : [];
}

function byCode(denial: Denial): CasePolicy[] | null {
  const is = (...prefixes: string[]) => denial.service === 'cloudtrail' && hasPrefix(denial.errorCode, prefixes);
  if (is('InsufficientS3BucketPolicy')) {
    return [{ purpose: 'bucket-policy', document: bucketPolicy(denial) }];
  }
  if (is('InsufficientSnsTopicPolicy')) {
    return [{ purpose: 'topic-policy', document: topicPolicy(denial) }];
  }
  if (is('InsufficientEncryptionPolicy')) {
    return [{ purpose: 'key-policy', document: keyPolicy(denial) }];
  }
  if (is('InvalidCloudWatchLogsRoleArn')) {
    return [
      { purpose: 'logs-role-trust', document: logsRoleTrust() },
      { purpose: 'logs-role-permissions', document: logsRolePolicy(denial) },
    ];
  }
  return is('InvalidCloudWatchLogsLogGroupArn')
    ? [{ purpose: 'logs-role-permissions', document: logsRolePolicy(denial) }]
    : null;
}

function byAction(denial: Denial): CasePolicy[] {
  const [service] = (denial.action ?? '').split(':');
  if (denial.caller.service === CLOUDTRAIL) {
    return byService(service ?? '', denial);
  }
  if (service === 'config') {
    return [{ purpose: 'config-reads', document: configReads() }];
  }
  if (denial.action === 'logs:CreateLogStream' || denial.action === 'logs:PutLogEvents') {
    return [{ purpose: 'logs-role-permissions', document: logsRolePolicy(denial) }];
  }
  const document = logsRoleAdministration(denial);
  const isAsked = document.Statement.some(({ Action }) => [Action].flat().includes(denial.action ?? ''));
  return isAsked ? [{ purpose: 'logs-role-administration', document }] : [];
}

/** CloudTrail itself was refused: the resource's policy must let it in. */
function byService(service: string, denial: Denial): CasePolicy[] {
  switch (service) {
    case 's3':
      return [{ purpose: 'bucket-policy', document: bucketPolicy(denial) }];
    case 'sns':
      return [{ purpose: 'topic-policy', document: topicPolicy(denial) }];
    case 'kms':
      return [{ purpose: 'key-policy', document: keyPolicy(denial) }];
    default:
      return [];
  }
}

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html#grant-aws-config-permissions-for-cloudtrail-users */
function configReads(): PolicyDocument {
  const Action = ['config:Get*', 'config:Describe*', 'config:List*'];
  return document({ Sid: 'ReadConfig', Effect: 'Allow', Action, Resource: '*' });
}

/**
 * The page allows the first four actions on every role. Here only roles that CloudTrail's console creates can be changed;
 * still, whoever changes roles can give themselves every right, and the texts say so.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html#grant-cloudwatch-permissions-for-cloudtrail-users
 */
function logsRoleAdministration({ partition, account, resource }: Denial): PolicyDocument {
  const roles = `arn:${partition}:iam::${account ?? '*'}:role/service-role/CloudTrail*`;
  const named =
    resource !== null &&
    isPlainArn(resource) &&
    !resource.includes('*') &&
    arnParts(resource)?.resource.startsWith('role/')
      ? resource
      : null;
  const fits = named === null || named.includes(':role/service-role/CloudTrail');
  return document(
    {
      Sid: 'AdministerCloudTrailLogsRole',
      Effect: 'Allow',
      Action: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:GetRolePolicy'],
      Resource: fits || named === null ? roles : [roles, named],
    },
    {
      Sid: 'ListRoles',
      Effect: 'Allow',
      Action: 'iam:ListRoles',
      Resource: '*',
    },
    {
      Sid: 'ReadUsers',
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: `arn:${partition}:iam::${account ?? '*'}:user/*`,
    },
  );
}

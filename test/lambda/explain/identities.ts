import type { AttachTo } from '../../../lambda/explain/identity';

/** A partition with a Region of it. */
export type Home = { readonly partition: string; readonly region: string };

/** Every partition that CloudTrail writes records in. */
export const HOMES: readonly Home[] = [
  { partition: 'aws', region: 'eu-west-1' },
  { partition: 'aws-cn', region: 'cn-north-1' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1' },
  { partition: 'aws-eusc', region: 'eusc-de-east-1' },
];

/** A kind of caller, what a record says of it, and what a fix for it is attached to. */
export type Identity = {
  readonly kind: string;
  /** Whether anybody can give this caller permissions. */
  readonly canBeGiven: boolean;
  readonly attachTo: AttachTo;
  /** The record's `userIdentity`, for a caller of `account`. */
  userIdentity(partition: string, account: string): Readonly<Record<string, unknown>>;
};

const NOBODY: AttachTo = { kind: 'unknown', name: null };

/** A role session; the message names the session, the record its role with its path. */
function session(kind: string, path: string, attachTo: AttachTo, canBeGiven = true): Identity {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    kind,
    attachTo,
    canBeGiven,
    userIdentity: (partition, accountId) => ({
      type: 'AssumedRole',
      arn: `arn:${partition}:sts::${accountId}:assumed-role/${name}/kim@example.com`,
      accountId,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:${partition}:iam::${accountId}:role/${path}`, accountId },
      },
    }),
  };
}

/** A caller whose record has no ARN, or one of an entity that no policy is attached to. */
function without(kind: string, userIdentity: Identity['userIdentity']): Identity {
  return { kind, canBeGiven: false, attachTo: NOBODY, userIdentity };
}

function permissionSet(name: string): Identity {
  const role = `aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${name}_0123456789abcdef`;
  return session(`permission set ${name}`, role, { kind: 'permission-set', name });
}

/** Every kind of caller that records name. */
export const IDENTITIES: readonly Identity[] = [
  {
    kind: 'IAM user with a path',
    canBeGiven: true,
    attachTo: { kind: 'user', name: 'o_neil+ci@example.com' },
    userIdentity: (partition, accountId) => ({
      type: 'IAMUser',
      arn: `arn:${partition}:iam::${accountId}:user/staff/o_neil+ci@example.com`,
      accountId,
    }),
  },
  session('role with a path', 'teams/blue/Deployer', { kind: 'role', name: 'Deployer' }),
  permissionSet('CloudTrail_Admin'),
  permissionSet('24x7-Support'),
  {
    kind: 'federated user',
    canBeGiven: true,
    attachTo: { kind: 'user', name: 'Issuer' },
    userIdentity: (partition, accountId) => ({
      type: 'FederatedUser',
      arn: `arn:${partition}:sts::${accountId}:federated-user/Alice`,
      accountId,
      sessionContext: {
        sessionIssuer: { type: 'IAMUser', arn: `arn:${partition}:iam::${accountId}:user/Issuer`, accountId },
      },
    }),
  },
  {
    kind: 'user of IAM Identity Center',
    canBeGiven: true,
    attachTo: NOBODY,
    userIdentity: (_partition, accountId) => ({
      type: 'IdentityCenterUser',
      accountId,
      onBehalfOf: { userId: '94482488-3041-7026-18f3-be45837cd0e4' },
    }),
  },
  session('service-linked role', 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', NOBODY, false),
  without('root user', (partition, accountId) => ({
    type: 'Root',
    arn: `arn:${partition}:iam::${accountId}:root`,
    accountId,
  })),
  without('AWS service', () => ({ type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' })),
  without('SAML user', () => ({ type: 'SAMLUser', principalId: 'SampleUkh1i4+ExampleL/jEvs=:kim', userName: 'kim' })),
  without('web identity user', () => ({ type: 'WebIdentityUser', principalId: 'accounts.google.com:app.id:kim' })),
  without('user of another account', () => ({ type: 'AWSAccount', accountId: '999988887777', principalId: 'AIDAX' })),
  without('anonymous caller', () => ({ type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' })),
];

import type { Texts } from './texts';

function nextTry(again: { number: number; of: number } | null): string {
  return again === null
    ? 'Trailmend does not try again.'
    : `Trailmend tries again by itself (this was try ${again.number} of ${again.of}).`;
}

/** English. */
export const en: Texts = {
  labels: {
    whatHappened: 'What happened',
    whenWhere: 'When, where',
    why: 'Why',
    roles: 'Roles',
    nextStep: 'Next step',
    retry: 'Retry',
    undo: 'Undo',
    note: 'Note',
    incident: 'Incident',
    event: 'Event',
    case: 'Case',
  },
  guide: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/',
  layers: {
    'identity-policy': 'identity-based policy',
    'resource-policy': 'resource-based policy',
    'permissions-boundary': 'permissions boundary',
    'session-policy': 'session policy',
    'service-control-policy': 'service control policy',
    'resource-control-policy': 'resource control policy',
    'vpc-endpoint-policy': 'VPC endpoint policy',
    'role-trust-policy': 'role trust policy',
    unknown: 'policy that AWS does not name',
  },
  who: {
    user: (name) => `User ${name}`,
    role: (name, session) => (session === null ? `Role ${name}` : `Role ${name} (session ${session})`),
    federatedUser: (name) => `Federated user ${name}`,
    root: (account) => `The root user of account ${account}`,
    service: (name) => `The AWS service ${name}`,
    anonymous: 'An anonymous caller',
    unknown: 'A caller whom the record does not name',
  },
  subjects: {
    'missing-service-linked-role': (refused, account) => `${refused} refused in ${account}: service-linked role`,
    'organization-not-ready': (refused, account) => `${refused} refused in ${account}: organization not ready`,
    'pass-role-denied': (_refused, account) => `PassRole to CloudTrail refused in ${account}`,
    'integration-denied': (refused, account) => `${refused} refused in ${account}: trail integration`,
    'grant-access-denied': (refused, account) => `${refused} refused in ${account}: granting CloudTrail access`,
    'cross-account-denied': (refused, account) => `${refused} refused across accounts in ${account}`,
    'cloudtrail-action-denied': (refused, account, layer) =>
      layer === null ? `${refused} refused in ${account}` : `${refused} refused by a ${layer} in ${account}`,
    'not-covered': (refused, account) => `${refused} refused in ${account}`,
    roles: (outcome, roles, account) =>
      ({
        created: `created ${roles}; a call failed without it in ${account}`,
        'already-present': `${roles} is present, yet a call failed in ${account}`,
        'would-create': `${roles} is missing (observe: not created)`,
        'probe-failed': `could not look at ${roles}`,
        'create-failed': `could not create ${roles}`,
      })[outcome],
    ownRefusal: (refused) => `Trailmend itself was refused ${refused}`,
  },
  whatHappened: (who, action, resource) => `${who} was refused ${action}${resource === null ? '' : ` on ${resource}`}`,
  whenWhere: (time, region, account) => `${time}, ${region}, account ${account}`,
  untrusted:
    'The envelope of this event names another account than the record inside it. Treat what it says with suspicion.',
  causes: {
    'missing-service-linked-role':
      'A service-linked role that CloudTrail needs is missing in the management account, or may not be seen or created.',
    'organization-not-ready': 'The organization, or the account that called, is not set up for this call.',
    'pass-role-denied': 'The role may not be handed to CloudTrail.',
    'integration-denied': 'A resource that the trail works with does not let CloudTrail or the caller use it.',
    'grant-access-denied': 'The caller may not give access to CloudTrail.',
    'cross-account-denied': 'The resource belongs to another account.',
    'cloudtrail-action-denied': 'CloudTrail refused the call.',
    'not-covered': 'The service refused the call.',
  },
  answered: (cause, errorCode) => `${cause} CloudTrail answered ${errorCode}.`,
  why: (effect, evidence, layer, policyArn, errorCode) => {
    if (evidence === 'unknown') {
      return `AWS does not say which policy refused it${errorCode === null ? '' : ` (${errorCode})`}.`;
    }
    const source = evidence === 'stated' ? 'stated by AWS' : 'inferred from the record';
    const policy = policyArn === null ? '' : `: ${policyArn}`;
    return {
      'implicit-deny': `No ${layer} allows it (${source}).`,
      'explicit-deny': `Explicit deny in a ${layer} (${source})${policy}`,
      unknown: `Refused by a ${layer} (${source}).`,
    }[effect];
  },
  nextSteps: {
    'missing-service-linked-role': 'Look at the role in the account concerned, and let its administrator create it.',
    'organization-not-ready':
      'In the management account, check that all features are enabled, that CloudTrail has trusted access, and that the call came from the management account or a delegated administrator. Trailmend never changes the organization.',
    'pass-role-denied':
      'Allow the caller iam:PassRole on this role, with iam:PassedToService cloudtrail.amazonaws.com, or choose a role it may pass.',
    'integration-denied':
      'Let the owner of the bucket, topic, key, log group or role named here allow what the trail needs; the page below has the policy.',
    'grant-access-denied':
      'Let an administrator of this account who may change IAM attach the policy, or allow the caller to.',
    'cross-account-denied':
      'Let the account that owns the resource share it: a bucket policy or a role for the log files, a resource policy where CloudTrail has one.',
    'cloudtrail-action-denied':
      'If the caller should have this access, let the owner of the policy named above allow it; if not, nothing is to be done.',
    'not-covered': 'Nothing.',
  },
  ownRefusal:
    'Deploy Trailmend again and look for an explicit deny on its role: it has only the rights that the stack gives it. Until then, the refused step is yours to do by hand.',
  roles: {
    created: 'created, and IAM shows it',
    'already-present': 'present',
    'would-create': 'missing; not created, because remediation is set to observe',
    'probe-failed': 'unknown: IAM did not let Trailmend look',
    'create-failed': 'missing, and could not be created',
    since: 'present; it came into being after the call failed',
    error: (name, message) => `(${name}: ${message})`,
  },
  afterRoles: {
    created: (operation) => `The role is there now; whether ${operation} succeeds shows when the caller retries it.`,
    appearedSince: (operation) => `The role has come into being since the call failed: retry ${operation}.`,
    alreadyPresent: (rights) =>
      `The role is not the cause. This error also stands for rights that the caller lacks; check that it has all of: ${rights.join(', ')}.`,
    failed: (commands, again) =>
      `In the management account, somebody who may create it runs:\n${commands.join('\n')}\n${nextTry(again)}`,
    probeFailed: (commands, again) =>
      `In the management account, look for the role, and create it if it is missing:\n${commands.join('\n')}\n${nextTry(again)}`,
    wouldCreate: (commands) =>
      `Create it in the management account, or deploy with remediation set to auto:\n${commands.join('\n')}`,
    registerDelegate:
      'The organization has no delegated administrator for CloudTrail. If another account is to manage the organization trail, register it through CloudTrail, not through Organizations:\naws cloudtrail register-organization-delegated-admin --member-account-id <account-id>',
    createTrail: (accounts) =>
      `Delegated administrator for CloudTrail: ${accounts.join(', ')}. No organization trail is known here yet; create it:\naws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail`,
    standingUnknown: (error) =>
      `Whether a delegated administrator or an organization trail exists is not known: ${error}`,
  },
  oneLayerOnly: 'AWS names one layer only; another may refuse after it.',
  case: (id, url) => `${id}, see ${url}`,
};

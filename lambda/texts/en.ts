import type { Texts } from './texts';

/** English. */
export const en: Texts = {
  labels: {
    about: 'About',
    case: 'Case',
    count: 'Count',
    event: 'Event',
    fix: 'Fix',
    inCommon: 'In common',
    incident: 'Incident',
    more: 'More',
    nextStep: 'Next step',
    note: 'Note',
    owner: 'Owner',
    plan: 'Plan',
    policy: 'Policy',
    quieten: 'Quieten',
    retry: 'Retry',
    roles: 'Roles',
    run: 'Run',
    touched: 'Touched',
    undo: 'Undo',
    whatHappened: 'What happened',
    whenWhere: 'When, where',
    why: 'Why',
  },
  guide: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/',
  layers: {
    'identity-policy': 'an identity-based policy',
    'resource-policy': 'a resource-based policy',
    'permissions-boundary': 'a permissions boundary',
    'session-policy': 'a session policy',
    'service-control-policy': 'a service control policy',
    'resource-control-policy': 'a resource control policy',
    'vpc-endpoint-policy': 'a VPC endpoint policy',
    'role-trust-policy': 'a role trust policy',
    unknown: 'a policy that AWS does not name',
  },
  owners: {
    user: (name) => `Whoever manages the permissions of IAM user ${name}.`,
    role: (name) => `Whoever manages the permissions of role ${name}.`,
    'permission-set': (name) => `Whoever manages permission set ${name} in IAM Identity Center.`,
    'organization-policies': () => "Whoever manages the organization's policies; the account cannot.",
    'permissions-boundary': () => "The permissions boundary's owner; often not the owner of the user or role.",
    session: () => 'Whoever or whatever begins the session and passes its session policy.',
    'vpc-endpoint': () => "The VPC endpoint's owner.",
    'assumed-role': () => 'The owner of the role that was to be assumed.',
    resource: () => "The resource's owner.",
    'delivery-role': () => 'The owner of the role that CloudTrail assumes.',
    organization: () => "The organization's administrators, in the management account.",
    'aws-service': () => 'Nobody in your organization: an AWS service called.',
    unknown: () => 'Not known from the record.',
  },
  theResource: 'the resource',
  deliveries: {
    bucket: "the trail's bucket",
    topic: "the trail's topic",
    key: 'the key that encrypts the log files',
    'log-group': "the trail's log group",
    role: 'the role that CloudTrail assumes',
    unknown: 'what the trail delivers to',
  },
  severities: { high: 'severity high', medium: 'severity medium', low: 'severity low' },
  plans: {
    'create-service-linked-role': (roles, because) =>
      `Make sure that ${roles} exists in the management account. ${because}`,
    notify: (_roles, because) => `Tell administrators. ${because}`,
    ignore: (_roles, because) => `Record, nothing more: ${because}`,
  },
  who: {
    user: (name) => `user ${name}`,
    role: (name, session) => (session === null ? `role ${name}` : `role ${name} (session ${session})`),
    permissionSet: (name, person) =>
      person === null ? `permission set ${name}` : `permission set ${name} (${person})`,
    federatedUser: (name) => `federated user ${name}`,
    identityCenterUser: (id) => `IAM Identity Center user ${id}`,
    root: (account) => `the root user of account ${account}`,
    account: (id) => `somebody of account ${id}`,
    service: (name) => `the AWS service ${name}`,
    through: (who, service) => `${who} (through ${service})`,
    anonymous: 'an anonymous caller',
    unknown: 'a caller whom the record does not name',
  },
  account: (id, name) => (name === null ? id : `${name} (${id})`),
  subjects: {
    'missing-service-linked-role': (refused, account) => `${refused} refused in ${account}: service-linked role`,
    'organization-not-ready': (refused, account) => `${refused} refused in ${account}: organization not ready`,
    'pass-role-denied': (_refused, account) => `PassRole to CloudTrail refused in ${account}`,
    'integration-denied': (refused, account) => `${refused} refused in ${account}: trail integration`,
    'grant-access-denied': (refused, account) => `${refused} refused in ${account}: giving access to CloudTrail`,
    'cross-account-denied': (refused, account) => `${refused} refused across accounts, from ${account}`,
    'cloudtrail-action-denied': (refused, account) => `${refused} refused in ${account}`,
    'not-covered': (refused, account) => `${refused} refused in ${account}`,
    denied: (refused, layer, account) => `${refused} refused by ${layer} in ${account}`,
    roles: (outcome, roles, account) =>
      ({
        created: `role created for ${account}: ${roles}`,
        'already-present': `a call failed in ${account} in spite of ${roles}`,
        'would-create': `role missing for ${account} (observe): ${roles}`,
        'probe-failed': `could not look at the role for ${account}: ${roles}`,
        'create-failed': `could not create the role for ${account}: ${roles}`,
      })[outcome],
    rolesSince: (roles, account) => `role there now for ${account}: ${roles}`,
    bothRoles: 'both CloudTrail service-linked roles',
    ownRefusal: (refused) => `Trailmend itself was refused ${refused}`,
  },
  whatHappened: (who, action, resource) =>
    `${who.charAt(0).toUpperCase()}${who.slice(1)} was refused ${action}${resource === null ? '' : ` on ${resource}`}`,
  summary: (whatHappened, why) => `${whatHappened}. ${why}`,
  whenWhere: (time, region, account) => `${time}, ${region}, account ${account}`,
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
  roleWasThere: 'Not because of a missing role: every role that this error can stand for was there.',
  answered: (cause, errorCode) => `${cause} CloudTrail answered ${errorCode}.`,
  why: (effect, evidence, layer, policyArn, errorCode) => {
    const code = errorCode === null ? '' : ` (${errorCode})`;
    if (evidence === 'unknown') {
      return `AWS does not say which policy refused it${code}.`;
    }
    const source = evidence === 'stated' ? 'stated by AWS' : `inferred from ${errorCode ?? 'the record'}`;
    const name = en.layers[layer];
    if (layer === 'unknown' && effect === 'implicit-deny') {
      return `A kind of policy that Trailmend does not know lacks an Allow (${source}).`;
    }
    return {
      'implicit-deny': `No ${name.replace(/^an? /, '')} allows it (${source}).`,
      'explicit-deny': `Explicit deny in ${name} (${source})${policyArn === null ? '.' : `: ${policyArn}`}`,
      unknown: `Refused by ${name} (${source}).`,
    }[effect];
  },
  steps: {
    'attach-statement': ({ who }) => `If ${who} should have this access, add the statement below to its permissions.`,
    'allow-action': ({ who, action }) => `If ${who} should have this access, allow ${action} in its permissions.`,
    'extend-permission-set': ({ name }) =>
      `If the people of permission set ${name} should have this access, add the statement below to it in IAM Identity Center. Its role cannot be changed in IAM.`,
    'check-permissions': ({ who, action }) =>
      `Look at what ${who} is allowed. If ${action} is missing, the statement below adds it; if it is allowed already, another layer refuses it.`,
    'remove-deny': ({ action }) =>
      `If the Deny is meant to hold: nothing. Otherwise narrow it so that it no longer meets ${action}.`,
    'check-caller': ({ who }) =>
      `Look first at what ${who} is allowed, then at the permissions boundary, the organization's policies, the session policy and the resource's policy.`,
    'read-message': () =>
      'Read the message of the event: AWS names a kind of policy there that Trailmend does not know.',
    'find-deny': () =>
      "AWS does not say where the Deny stands. Look at the organization's policies, the permissions boundary, the session policy and the caller's own policies.",
    'except-in-organization-policy': ({ principal }) =>
      `If the guardrail is meant to hold: nothing. Otherwise except ${principal} in that policy.`,
    'allow-in-organization-policy': ({ action, account }) =>
      `Let the organization's policies allow ${action} for account ${account}; no Allow in the account can.`,
    'change-boundary': ({ action, effect, who }) =>
      effect === 'explicit-deny'
        ? `If the boundary is meant to hold: nothing. Otherwise take ${action} out of its Deny.`
        : `If ${who} should have this access, allow ${action} in the permissions boundary as well.`,
    'change-session-policy': ({ action, effect }) =>
      effect === 'explicit-deny'
        ? `If the session is meant to be limited so: nothing. Otherwise begin it with a session policy whose Deny does not meet ${action}.`
        : `Begin the session with a session policy that allows ${action}, or with none.`,
    'change-endpoint-policy': ({ action, effect }) =>
      effect === 'explicit-deny'
        ? `If the Deny of the VPC endpoint's policy is meant to hold: nothing. Otherwise take ${action} out of it, or make the call without that endpoint.`
        : `Let the policy of the VPC endpoint allow ${action}, or make the call without that endpoint.`,
    'change-trust-policy': ({ principal, effect }) =>
      effect === 'explicit-deny'
        ? `If the Deny is meant to hold: nothing. Otherwise except ${principal} in the trust policy of the role.`
        : `Let the trust policy of the role allow ${principal} to assume it.`,
    'change-resource-policy': ({ resource, action, principal, effect, isService }) =>
      effect === 'explicit-deny'
        ? `If the Deny is meant to hold: nothing. Otherwise except ${principal} in the policy of ${resource}.`
        : `Let the policy of ${resource} allow ${action} to ${principal}${isService ? '' : '; the caller needs an Allow of its own as well'}.`,
    'repair-delivery': ({ delivery }) =>
      `Let the owner of ${en.deliveries[delivery]} give CloudTrail what it needs there.`,
    'share-trail': () =>
      'Let the account that owns the trail share its log files, by its bucket policy or by a role. The trail itself cannot be shared: call from the account that owns it, or through a role there.',
    'share-resource': ({ resource }) =>
      `Let the account that owns ${resource} share it by a resource policy, or call from there.`,
    'call-from-trail-owner': () =>
      'Nothing, if the call was a mistake: only the management account and a delegated administrator can change an organization trail.',
    'pass-role-of-account': () =>
      'Name a role of the account that makes the call: a role of another account can never be passed.',
    'enable-trusted-access': () =>
      'In the management account, switch on trusted access for CloudTrail, then retry the call. Trailmend never changes the organization.',
    'enable-all-features': () =>
      'CloudTrail needs an organization with all features. Enabling them takes the consent of every invited account and cannot be undone: decide that in the management account.',
    'create-organization': () =>
      'The account is in no organization. Call from one that is, or leave the organization out of the request (no organization trail).',
    'call-from-management-account': () =>
      'Make this call from the management account, or from a delegated administrator where CloudTrail lets one.',
    'free-a-delegate': () =>
      'The organization has as many delegated administrators for CloudTrail as it can have. Deregister one that is no longer needed, then retry the call.',
    'delegate-a-member': () =>
      'The management account cannot be its own delegate: register a member account, or leave it at the management account.',
    'let-others-in': ({ account }) =>
      `Let somebody who may change IAM in account ${account} run the commands below. People are better let in by a permission set of IAM Identity Center.`,
    'create-role': () =>
      'Create the role in the management account, as Trailmend does with remediation set to auto; then retry the call.',
    'look-beyond-identity': () =>
      "Look at the organization's policies, the permissions boundary, the session policy and the resource's policy, in this order.",
  },
  purposes: {
    'config-reads': "To see AWS Config in the CloudTrail console; as on AWS's page, since it can only read:",
    'logs-role-administration':
      "To set up the CloudWatch Logs role in the console. Tighter than AWS's page, which allows this on every role; yet whoever changes roles can give themselves every right, so treat its holder as an administrator:",
    'logs-role-permissions': 'Permissions of the role that CloudTrail assumes:',
    'logs-role-trust': 'Trust policy of the role that CloudTrail assumes:',
    'bucket-policy': 'Statements for the bucket policy, bound to the trail as far as the event names it:',
    'topic-policy': 'Statement for the topic policy, bound to the trail as far as the event names it:',
    'key-policy': 'Statements for the key policy, bound to the trail as far as the event names it:',
    'sharing-bucket-policy': 'Bucket policy, where the bucket owner owns every object (the default):',
    'sharing-role-permissions': 'Otherwise a role in the owning account, with these permissions:',
    'sharing-role-trust': 'and this trust, for an account of your own:',
    'sharing-role-trust-third-party': 'or this trust, for a third party, with an external id agreed with them:',
  },
  fix: {
    attach: (target, certain) =>
      certain ? `Add to ${target}:` : `Add to ${target}, if it lacks this (AWS does not say that it does):`,
    managedPolicy: (name) => `Wider, the smallest AWS managed policy that has it: ${name}`,
    managedPolicyWithFullAccess: (name) =>
      `Wider, the AWS managed policy that has it: ${name}. It also lets its holder stop and delete trails.`,
    replaces: "This replaces the permission set's inline policy: merge the statement into the one that is there.",
    otherWays: (count) => `${count} more: give the event to npx trailmend explain`,
    none: 'None offered: an Allow cannot lift this.',
  },
  ownRefusal:
    'Deploy Trailmend again, and look for an explicit deny on its role: it has only the rights that the stack gives it. Until then, the refused step is yours to do by hand.',
  notes: {
    oneLayerOnly: 'AWS names one layer only; another may refuse after it.',
    untrusted:
      'The envelope of this event names another account than the record inside it. Treat what it says with suspicion.',
    consoleOnly: 'Only the console session ties this to CloudTrail; it may be about something else.',
    beyondFullAccess: (action) =>
      `AWSCloudTrail_FullAccess allows ${action}. If the caller holds it, a permissions boundary, a service control policy or a session policy refuses.`,
  },
  roles: {
    created: 'created, and IAM shows it',
    'already-present': 'present',
    'would-create': 'missing; not created, because remediation is set to observe',
    'probe-failed': 'unknown: Trailmend could not look',
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
  incident: {
    since: ({ untold, exact }, actions, others) => {
      const names = actions.length === 0 ? '' : `: ${en.incident.names(actions, others)}`;
      return `${exact ? '' : 'At least '}${counted(untold, 'refusal')} since the last notice${names}.`;
    },
    names: (names, others) => `${names.join(', ')}${others ? ' and others' : ''}`,
    sameReason:
      'The reason is the one that was told before; what the earlier notices advise holds for these actions as well.',
    line: (key, news, quietSince, minutes) => {
      const when = { first: 'first time', again: `again, quiet since ${quietSince}`, ongoing: 'still going on' }[news];
      return `${key}, ${when}; repeats are grouped for ${spanOf(minutes)}`;
    },
    count: ({ untold, suppressed, total, exact, since }) => {
      const all = untold === total ? '' : `, ${exact ? '' : 'at least '}${total} in all`;
      const silenced = suppressed === 0 ? '' : `, ${suppressedOf(suppressed, untold)}`;
      return `${exact ? '' : 'At least '}${counted(untold, 'refusal')}${silenced}${all}, since ${since}.`;
    },
    actions: namesOf('actions'),
    principals: namesOf('callers'),
    accounts: namesOf('accounts'),
    resources: namesOf('resources'),
  },
  digest: {
    subject: (kind, { incidents, refusals }) =>
      ({
        storm: `${counted(incidents, 'incident')} in one notice; a digest follows`,
        digest: `digest, ${counted(refusals, 'refusal')} in ${counted(incidents, 'incident')}`,
        daily: `daily digest, ${counted(refusals, 'refusal')} in ${counted(incidents, 'incident')}`,
      })[kind],
    whatHappened: (kind, { incidents, refusals, exact }) =>
      ({
        storm: `That would be too many notices at once or within the hour, so they come in one: ${counted(incidents, 'incident')}, so far ${exact ? '' : 'at least '}${counted(refusals, 'refusal')}.`,
        digest: `${exact ? '' : 'At least '}${counted(refusals, 'refusal')} in ${counted(incidents, 'incident')} since the last notices.`,
        daily: `${exact ? '' : 'At least '}${counted(refusals, 'refusal')} of low severity, suppressed or muted, in ${counted(incidents, 'incident')}.`,
      })[kind],
    nextStep: (kind, until) =>
      kind === 'storm'
        ? `Look for what these have in common, such as a policy that was just changed. What is of high severity still comes at once, the daily digest as ever, and everything else in a digest at ${until}.`
        : 'Look at the gravest first; they stand on top.',
    row: (refused, who, account) => `${refused} refused to ${who} in ${account}.`,
    last: (time) => `Last ${time}.`,
    times: (count) => `${counted(count, 'refusal')}.`,
    key: 'KEY is what stands before the incident.',
    graded: (id, severity) => `${id}, ${en.severities[severity]}`,
    shared: (what, value, count, of) => {
      const share = count === of ? `All ${of}` : `${count} of ${of}`;
      return {
        policy: `${share} were refused by one policy: ${value}`,
        layer: `${share} were refused by the same kind of policy, ${value}.`,
        account: `${share} are in one account, ${value}.`,
      }[what];
    },
    more: (kind, count) =>
      kind === 'storm'
        ? `Not listed here: ${count}. The digest names every incident.`
        : 'More incidents are due than can be looked at in one go. Another notice tells of them.',
    part: ({ number, of }) => `(part ${number} of ${of})`,
    suppressed: (reason) => `Suppressed by a setting: ${reason}`,
    muted: (by, until, reason) => `Muted until ${until} by ${by}: ${reason}`,
    goesOn: (count, subject) => `${count} more: ${subject}`,
  },
  sentences: (sentences) => sentences.join(' '),
  more: (eventId, region) =>
    `The event, in its own account:\naws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=${eventId} --region ${region}`,
  case: (id, url) => `${id}, see ${url}`,
};

function nextTry(again: { readonly number: number; readonly of: number } | null): string {
  return again === null
    ? 'Trailmend does not try again.'
    : `Trailmend tries again by itself (this was try ${again.number} of ${again.of}).`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function suppressedOf(suppressed: number, all: number): string {
  return suppressed < all ? `${suppressed} of them suppressed` : all === 1 ? 'suppressed' : 'all suppressed';
}

function namesOf(what: string): (names: readonly string[], more: number) => string {
  return (names, more) => `${what}: ${names.join(', ')}${more === 0 ? '' : `, ${more} or more others`}`;
}

function spanOf(minutes: number): string {
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

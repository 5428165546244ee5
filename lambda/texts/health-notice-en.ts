import type { HealthNoticeTexts } from './health-notice-texts';

/** English. */
export const healthNoticeEn: HealthNoticeTexts = {
  labels: {
    check: 'Check',
    mend: 'Mend',
    nextStep: 'Next step',
    note: 'Note',
    role: 'Role',
    seen: 'Seen',
    since: 'Since',
    undo: 'Undo',
    whatHappened: 'What happened',
    why: 'Why it matters',
  },
  failures: {
    account: 'it runs in the wrong account',
    'all-features': 'the organization lacks all features',
    'trusted-access': 'CloudTrail has no trusted access to the organization',
    'stack-sets-access': 'StackSets have no trusted access to the organization',
    roles: "CloudTrail's service-linked role is missing",
    trail: 'no trail brings all refused calls',
    rules: 'rules that hear refused calls are broken',
    'bus-policy': 'its bus does not admit the organization',
    forwarders: 'accounts or Regions are not heard',
    canary: 'a refused call did not come back',
    accounts: 'accounts are not heard',
    subscribers: 'subscribers of the notices are missing',
    'topic-key': 'the key of its topic refuses publishers',
    'topic-policy': 'its topic refuses publishers',
    queue: 'refused calls wait too long',
    'dead-letters': 'refused calls could not be handled',
    probe: 'the probe is late',
  },
  meanings: {
    account: 'Only in the management account can Trailmend hear and mend what it is for.',
    'all-features': 'Without all features CloudTrail cannot have an organization trail.',
    'trusted-access': 'Calls for organization trails fail for everybody.',
    'stack-sets-access': 'Member accounts get no forwarders, and new accounts are not heard.',
    roles: 'Calls for organization trails fail for everybody, delegated administrators included.',
    trail: 'EventBridge gets only what a trail logs: refused calls there may go unheard.',
    rules: 'Refused calls of that Region do not reach Trailmend, or only some of them do.',
    'bus-policy': 'Refused calls of other accounts do not reach Trailmend.',
    forwarders: 'Refused calls there do not reach Trailmend.',
    canary:
      'The way from a refused call to the responder is broken somewhere: rules, forwarder, bus policy, queue or responder. Others are lost there as well.',
    accounts: 'Refused calls of these accounts may not reach Trailmend.',
    subscribers: 'Somebody who should get the notices does not.',
    'topic-key': 'Notices or alarms may fail without anybody noticing.',
    'topic-policy': 'Notices or alarms may fail without anybody noticing.',
    queue: 'Refused calls are answered late, or not at all.',
    'dead-letters': 'Nobody is told of these calls until they are handled; they go away after 14 days.',
    probe: 'What else is wrong may go unseen.',
  },
  subjects: (first, more) => (more === 0 ? first : `${first} and ${more} more`),
  wellAgain: (check) => `well again: ${check}`,
  tampered: (action, more) => `changed by hand: ${action}${more === 0 ? '' : ` and ${more} more`}`,
  created: (role) => `${role} created before anybody missed it`,
  found: (check, count) =>
    count === 1
      ? `Trailmend checked itself: ${check} failed.`
      : `Trailmend checked itself: ${check} failed in ${count} places.`,
  isWell: (check, count) => (count === 1 ? `${check} is well again.` : `${check} is well again in ${count} places.`),
  lasted: (from, until) => `It failed from ${from} to ${until}.`,
  changed: (count) =>
    count === 1
      ? "Somebody changed one of Trailmend's own resources, outside of a deployment."
      : `Trailmend's own resources were changed ${count} times, outside of a deployment.`,
  change: ({ time, principal, session, action, resource, from, region }) =>
    `${time}, ${region}: ${principal}${session === null ? '' : ` (session ${session})`} called ${action} on ${resource} from ${from}.`,
  wasCreated: (role) =>
    `Trailmend created ${role} in the management account. Nobody had been refused yet: the probe found it missing.`,
  neededFor: (trustedAccess, delegates) => {
    const reasons = [
      ...(trustedAccess ? ['trusted access for CloudTrail is on'] : []),
      ...(delegates.length === 0 ? [] : [`${delegates.join(', ')} administers CloudTrail for the organization`]),
    ];
    return `Needed for organization trails: ${reasons.join(', and ')}. Without it such calls fail with NoManagementAccountSLRExistsException.`;
  },
  where: (account, region) => `In account ${account}, ${region}:`,
  steps: {
    failed: 'Run the commands under Mend in this order; what stands in <...> is yours to fill in.',
    well: 'None.',
    tampered:
      'Ask who did it. If it was not meant, run npx cdk deploy <stack> --revert-drift, or the commands that doctor shows: a deployment without --revert-drift may leave it as it is. All checks have just been made again; what they find comes in notices of its own.',
    created:
      'None. Whoever is about to create an organization trail or to register a delegated administrator can do so.',
  },
  couldNot: (error, message) => `Trailmend tried to mend it and could not: ${error}: ${message}`,
  observed: 'remediation is set to observe, so Trailmend did not create it; auto would have.',
  canary: (role, trail) =>
    `The canary is ${role}, a role without permissions; its refused cloudtrail:GetTrailStatus on ${trail} is meant. Except it in your own detection rules.`,
  checkedAgain:
    'Trailmend checks every five minutes until this is well, then tells once. All checks: npx trailmend doctor',
  more: (count) => `${count} more: npx trailmend doctor shows all.`,
};

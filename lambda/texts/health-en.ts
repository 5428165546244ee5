import type { AccountSeen, Many, PlaceHeard, RuleProblem, UncoveredAccount } from '../health/saw';
import { firstOf, type HealthTexts, isRefusal, minuteOf, nameOf } from './health-texts';

const PROBLEMS: Readonly<Record<RuleProblem['problem'], (rule: string) => string>> = {
  missing: (rule) => (rule === '' ? 'a rule is missing' : `the rule "${rule}" is missing`),
  disabled: (rule) => `${rule} is disabled: it hears nothing`,
  'no-reads': (rule) => `${rule} is only ENABLED: it does not hear refused reads, such as GetTrailStatus`,
  stale: (rule) => `${rule} has a pattern that the hub does not take any more`,
  'no-target': (rule) => `${rule} has lost its target`,
  'no-role': (rule) => `the target of ${rule} has no role, so EventBridge may not put events on the hub bus`,
  'no-dead-letters': (rule) => `the target of ${rule} has no dead-letter queue, so what cannot be delivered is lost`,
};

/** English. */
export const healthEn: HealthTexts = {
  statuses: { ok: 'ok', failed: 'FAILED', 'not-checked': 'not checked' },
  groups: {
    organization: 'The organization',
    hearing: 'Hearing refused calls',
    telling: 'Telling people',
    probe: 'Watching itself',
  },
  checks: {
    account: 'Account',
    'all-features': 'All features',
    'trusted-access': 'Trusted access',
    'stack-sets-access': 'StackSets access',
    roles: 'Roles',
    trail: 'Trail',
    rules: 'Rules',
    'bus-policy': 'Bus policy',
    forwarders: 'Forwarders',
    canary: 'Canary',
    accounts: 'Accounts',
    subscribers: 'Subscribers',
    'topic-key': 'Topic key',
    'topic-policy': 'Topic policy',
    queue: 'Queue',
    'dead-letters': 'Dead letters',
    probe: 'Probe',
  },
  saw: {
    'not-deployed': () => 'not deployed yet.',
    'could-not-look': ({ action, region, error, message }) =>
      isRefusal(error)
        ? `these credentials lack ${action || 'a permission'}, asked for in ${region} (${error}: ${message})`
        : `AWS could not be asked${action && ` (${action}, ${region})`}: ${error}: ${message}`,
    'wrong-account': ({ account }) => `not looked at with the credentials of account ${account}.`,
    'not-in-organization': () => 'the account is in no organization.',
    'not-asked-for': ({ setting }) => `not asked for: the setting ${setting} is empty.`,
    'management-account': ({ account, organization }) =>
      `${account} is the management account of organization ${organization}.`,
    'single-account': ({ account }) => `${account} alone; it is in no organization, and none was asked for.`,
    'no-organization': ({ account }) => `${account} is in no organization.`,
    'member-account': ({ account, managementAccount }) =>
      `these are credentials of member account ${account}. Trailmend lives in the management account, ${managementAccount}.`,
    'another-deployment': ({ account, expected }) =>
      `these are credentials of account ${account}; the deployment is for ${expected}.`,
    'another-organization': ({ organization, expected }) =>
      `this is organization ${organization}; the settings name ${expected}, so no account of this one is admitted.`,
    'all-features': () => 'the organization has all features.',
    'few-features': ({ featureSet }) =>
      `the organization has only ${featureSet}; CloudTrail needs all features. Every invited account must agree.`,
    'service-trusted': ({ service }) => `${service} may act in the organization.`,
    'service-not-trusted': ({ service }) => `${service} may not act in the organization.`,
    'needed-for-members': ({ service }) =>
      `${service} may not act in the organization, which is needed only to hear member accounts (organizationalUnits).`,
    'role-there': ({ role }) => `${role} exists.`,
    'role-missing': ({ role, because }) =>
      `${role} is missing in the management account, though ${because === 'trusted-access' ? 'trusted access is on' : 'a delegated administrator is registered'}: its next call for the organization will be refused.`,
    'role-not-needed': ({ role }) => `${role} does not exist, and nothing needs it yet.`,
    'trail-logs': ({ trails }) =>
      `reads and writes of every service that Trailmend hears are logged, by ${list(trails)}.`,
    'no-trail': (_saw, { account, region }) =>
      `no trail covers account ${account} in ${region}: EventBridge gets nothing, and Trailmend hears nothing there.`,
    'trail-stopped': ({ trails }, { region }) => `not logging: ${list(trails)}. Nothing is heard in ${region}.`,
    'trail-narrow': ({ trails, missing, excluded }) =>
      [
        `not everything that Trailmend hears is logged by ${list(trails)}:`,
        ...missing.map((kind) => `no management ${kind}.`),
        ...(excluded.length > 0 ? [`without ${list(excluded)}.`] : []),
      ].join(' '),
    'rules-hear': ({ rules, version }) => `${list(rules)} hear reads and writes (patterns ${version}).`,
    'rules-lag': ({ rules, version, hub }) =>
      `${list(rules)} hear reads and writes with patterns ${version}; the hub has ${hub} and still takes them.`,
    'rules-broken': ({ problems }) => {
      const { some, more } = firstOf(problems);
      return `${some.map(({ rule, problem }) => PROBLEMS[problem](rule)).join('; ')}${andMore(more)}.`;
    },
    'policy-allows': ({ resource, who }) => `the policy of ${nameOf(resource)} lets ${nameOf(who)} in.`,
    'policy-refuses': ({ resource, who, actions, denied }) =>
      denied === null
        ? `the policy of ${resource} does not allow ${who} ${list(actions)}.`
        : `the policy of ${resource} denies ${who} ${list(actions)}${denied.sid === null ? '' : ` in its statement ${denied.sid}`}.`,
    'policy-unclear': ({ resource, who, why }) =>
      `whether the policy of ${resource} lets ${who} in cannot be said: it rests on "${why}", which is not understood here.`,
    'another-key': ({ key, expected }) =>
      key === null
        ? `the topic is not encrypted any more; it should be, with ${expected}.`
        : `the topic is encrypted with ${key} instead of ${expected}.`,
    'forwarders-current': ({ instances }) => `all ${count(instances, 'instance')} of the StackSet are current.`,
    'forwarders-under-way': ({ under, instances }) =>
      `StackSets is working on ${under} of ${count(instances, 'instance')}.`,
    'forwarders-broken': ({ broken, instances }) => {
      const { some, more } = firstOf(broken.list, 10, broken.count);
      const each = some.map(({ region, status, reason, ...account }) =>
        [`${named(account)} ${region} ${status}`, ...(reason === '' ? [] : [reason])].join(': '),
      );
      return `${broken.count} of ${count(instances, 'instance')} of the StackSet are not current: ${each.join('; ')}${andMore(more)}.`;
    },
    'forwarders-regions-disabled': ({ accounts }) =>
      `Regions were not enabled when StackSets tried, so no forwarder is there: ${withRegions(accounts)}. If one is enabled meanwhile, try again.`,
    'accounts-covered': ({ accounts, regions }) =>
      `nothing is missing in ${count(accounts, 'targeted account')} and ${count(regions, 'Region')}.`,
    'accounts-uncovered': ({ accounts }) =>
      `refused calls are not heard for lack of a forwarder in ${count(accounts.count, 'account')}: ${withRegions(accounts)}.`,
    'no-stack-set': ({ name }) => `there is no StackSet ${name}: no member account is heard.`,
    'canary-back': ({ seenAt }) => `the canary's refusal came back through the whole chain at ${minuteOf(seenAt)}.`,
    'canary-lost': ({ sentAt, seenAt }, { account, region }) =>
      `account ${account} in ${region} is quiet ${seenAt === null ? 'and never was heard' : `since ${minuteOf(seenAt)}`}: the canary's refusal of ${minuteOf(sentAt)} did not come back within 30 minutes. Look for the broken link from there to the hub.`,
    'canary-on-its-way': ({ sentAt }) => `the first canary, of ${minuteOf(sentAt)}, is on its way; it has 30 minutes.`,
    'canary-not-sent': ({ sentAt }) =>
      sentAt === null ? 'the probe has sent no canary yet.' : `the probe has sent no canary since ${minuteOf(sentAt)}.`,
    'accounts-heard': ({ accounts }) => `last heard: ${timesOf(accounts.list, accounts.count)}.`,
    'accounts-stale': ({ accounts }) =>
      `not heard for 30 days, last: ${timesOf(accounts.list, accounts.count)}. Nothing was refused there since, or nothing arrives.`,
    'accounts-silent': ({ accounts }) =>
      `never heard of ${namedAll(accounts.list, accounts.count)}: nothing was refused there, or nothing arrives. A harmless refused call shows which.`,
    'members-unknown': ({ region, trails, accounts }) =>
      [
        `no organization trail takes in ${region} all that Trailmend hears${trails.length > 0 ? ` (${list(trails)} does not)` : ''}:`,
        'a member is heard there only if a trail of its own does.',
        accounts.count > 0
          ? `In 30 days nothing was heard there of ${namedAll(accounts.list, accounts.count)}.`
          : 'All members were heard before.',
      ].join(' '),
    subscribed: ({ confirmed, expected }) =>
      `${count(confirmed, 'e-mail subscription')} confirmed; the settings name ${expected}.`,
    unsubscribed: ({ confirmed, expected, pending }) =>
      `the settings name ${count(expected, 'e-mail address', 'e-mail addresses')}, and ${confirmed} confirmed${pending.count > 0 ? `; still to confirm: ${list(pending.list, pending.count)}` : '; the others have unsubscribed, or a mail scanner did'}.`,
    'queue-flows': ({ seconds }) => `in the last 15 minutes nothing waited longer than ${seconds} s.`,
    'queue-stuck': ({ seconds, limit }) =>
      `a message has waited ${seconds} s in the queue of refused calls (limit ${limit} s): the responder does not read it.`,
    'queue-unmeasured': () => 'CloudWatch has no measurement of the last 15 minutes.',
    'dead-letters-none': () => 'nothing waits in the dead-letter queue.',
    'dead-letters': ({ count: messages }) =>
      `${count(messages, 'message')} in the dead-letter queue, kept for 14 days: look why, then put them back.`,
    'probe-ran': ({ ranAt }) => `ran at ${minuteOf(ranAt)}.`,
    'probe-late': ({ ranAt }) =>
      ranAt === null
        ? 'the probe has never run.'
        : `the probe has not run since ${minuteOf(ranAt)}; it should every 5 minutes.`,
  },
  line: (check, place, saw) => `${check}${place === null ? '' : ` ${place.account} ${place.region}`}: ${saw}`,
  doctor: {
    deployed: (stack, { account, region }) => `Trailmend in account ${account}, ${region} (stack ${stack})`,
    notDeployed: (stack, { account, region }) =>
      `Account ${account}, ${region}: there is no stack ${stack} here yet, so this is what can be checked before deployment`,
    tally: ({ ok, failed, notChecked }, names) =>
      `${ok} ok, ${failed} failed, ${notChecked} not checked${names.length > 0 ? `. Failed: ${names.join(', ')}` : ''}.`,
    asAbove: '(mended by the same command as above)',
    looking: (done, of) => `checked ${done} of ${of} ...`,
  },
};

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

function list(names: readonly string[], of = names.length): string {
  const { some, more } = firstOf(names, 5, of);
  return `${some.join(', ')}${andMore(more)}`;
}

function andMore(more: number): string {
  return more === 0 ? '' : ` and ${more.toLocaleString('en')} more`;
}

function named({ account, name }: AccountSeen): string {
  return name === null ? account : `${name} (${account})`;
}

function withRegions(accounts: Many<UncoveredAccount>): string {
  const { some, more } = firstOf(accounts.list, 10, accounts.count);
  const each = some.map(({ regions, ...account }) => `${named(account)} in ${list(regions)}`);
  return `${each.join('; ')}${andMore(more)}`;
}

function timesOf(places: readonly PlaceHeard[], of: number): string {
  const { some, more } = firstOf(places, 5, of);
  const each = some.map(({ seenAt, region, ...account }) => `${named(account)} ${region} at ${minuteOf(seenAt)}`);
  return `${each.join('; ')}${andMore(more)}`;
}

function namedAll(accounts: readonly AccountSeen[], of: number): string {
  return list(accounts.map(named), of);
}

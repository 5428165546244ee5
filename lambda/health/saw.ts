/** An account of the organization, by its id and, where it is known, its name. */
export type AccountSeen = { readonly account: string; readonly name: string | null };

/** Where forwarders are not as they should be. */
export type BrokenInstance = AccountSeen & {
  readonly region: string;
  /** As CloudFormation says: `OUTDATED`, `INOPERABLE`, and where it says more, that: `OUTDATED (FAILED)`. */
  readonly status: string;
  /** Why, as CloudFormation says; empty when it does not. */
  readonly reason: string;
};

/** An account without a forwarder in these Regions. */
export type UncoveredAccount = AccountSeen & { readonly regions: readonly string[] };

/** When something last came from an account in a Region. */
export type PlaceHeard = AccountSeen & { readonly region: string; readonly seenAt: number };

/** What is wrong with one rule, or with what it sends to. */
export type RuleProblem = {
  /** Name of the rule; empty when there is none. */
  readonly rule: string;
  readonly problem:
    | 'missing'
    | 'disabled'
    /** `ENABLED` only: it does not hear reads, such as a refused `GetTrailStatus`. */
    | 'no-reads'
    /** Its pattern is none of the hub's. */
    | 'stale'
    | 'no-target'
    | 'no-role'
    | 'no-dead-letters';
};

/** The first of what there is, or all of it, and how much there is. */
export type Many<T> = { readonly list: readonly T[]; readonly count: number };

/** Who must be able to do something, in the words of a policy: the ARN of a role, a service, or an organization's id. */
type Who = string;

/**
 * What a check saw, by kind, with the facts from which texts are made. Texts in it are as AWS gave them: whoever shows
 * them to people neutralises them first.
 */
export type Saw =
  // What any check may answer.
  | { readonly kind: 'not-deployed' }
  | {
      readonly kind: 'could-not-look';
      /** The IAM action of the call that failed: `events:DescribeRule`. */
      readonly action: string;
      readonly region: string;
      readonly error: string;
      readonly message: string;
    }
  | { readonly kind: 'wrong-account'; readonly account: string }
  | { readonly kind: 'not-in-organization' }
  | { readonly kind: 'not-asked-for'; readonly setting: 'organizationId' | 'organizationalUnits' | 'emails' }
  // account
  | { readonly kind: 'management-account'; readonly account: string; readonly organization: string }
  | { readonly kind: 'single-account'; readonly account: string }
  | { readonly kind: 'no-organization'; readonly account: string }
  | { readonly kind: 'member-account'; readonly account: string; readonly managementAccount: string }
  | { readonly kind: 'another-deployment'; readonly account: string; readonly expected: string }
  | { readonly kind: 'another-organization'; readonly organization: string; readonly expected: string }
  // all-features, trusted-access, stack-sets-access, roles
  | { readonly kind: 'all-features' }
  | { readonly kind: 'few-features'; readonly featureSet: string }
  | { readonly kind: 'service-trusted'; readonly service: string }
  | { readonly kind: 'service-not-trusted'; readonly service: string }
  | { readonly kind: 'needed-for-members'; readonly service: string }
  | { readonly kind: 'role-there'; readonly role: string }
  | {
      readonly kind: 'role-missing';
      readonly role: string;
      readonly because: 'trusted-access' | 'delegated-administrator';
    }
  | { readonly kind: 'role-not-needed'; readonly role: string }
  // trail
  | { readonly kind: 'trail-logs'; readonly trails: readonly string[] }
  | { readonly kind: 'no-trail' }
  | { readonly kind: 'trail-stopped'; readonly trails: readonly string[] }
  | {
      readonly kind: 'trail-narrow';
      readonly trails: readonly string[];
      readonly missing: readonly ('reads' | 'writes')[];
      /** Services that no logging trail takes: `kms.amazonaws.com`. */
      readonly excluded: readonly string[];
    }
  // rules
  | { readonly kind: 'rules-hear'; readonly rules: readonly string[]; readonly version: number | null }
  | { readonly kind: 'rules-lag'; readonly rules: readonly string[]; readonly version: number; readonly hub: number }
  | { readonly kind: 'rules-broken'; readonly problems: readonly RuleProblem[] }
  // bus-policy, topic-key, topic-policy
  | { readonly kind: 'policy-allows'; readonly resource: string; readonly who: Who }
  | {
      readonly kind: 'policy-refuses';
      readonly resource: string;
      readonly who: Who;
      readonly actions: readonly string[];
      /** Whether a statement denies it, and its Sid where it has one; null when none allows it. */
      readonly denied: { readonly sid: string | null } | null;
    }
  | { readonly kind: 'policy-unclear'; readonly resource: string; readonly who: Who; readonly why: string }
  | { readonly kind: 'another-key'; readonly key: string | null; readonly expected: string }
  // forwarders
  | { readonly kind: 'forwarders-current'; readonly instances: number }
  | { readonly kind: 'forwarders-under-way'; readonly under: number; readonly instances: number }
  /** Accounts that have not enabled these Regions, as StackSets last found. */
  | { readonly kind: 'forwarders-regions-disabled'; readonly accounts: Many<UncoveredAccount> }
  | { readonly kind: 'forwarders-broken'; readonly broken: Many<BrokenInstance>; readonly instances: number }
  | { readonly kind: 'accounts-covered'; readonly accounts: number; readonly regions: number }
  | { readonly kind: 'accounts-uncovered'; readonly accounts: Many<UncoveredAccount> }
  | { readonly kind: 'no-stack-set'; readonly name: string }
  // canary, accounts
  | { readonly kind: 'canary-back'; readonly seenAt: number }
  | {
      readonly kind: 'canary-lost';
      readonly sentAt: number /** Null: it never came back. */;
      readonly seenAt: number | null;
    }
  | { readonly kind: 'canary-on-its-way'; readonly sentAt: number }
  | { readonly kind: 'canary-not-sent'; readonly sentAt: number | null }
  | { readonly kind: 'accounts-heard'; readonly accounts: Many<PlaceHeard> }
  | { readonly kind: 'accounts-stale'; readonly accounts: Many<PlaceHeard> }
  | { readonly kind: 'accounts-silent'; readonly accounts: Many<AccountSeen> }
  | {
      readonly kind: 'members-unknown';
      readonly region: string;
      /** Organization trails that do not take there all that is heard. */
      readonly trails: readonly string[];
      /** Members of which nothing was heard there lately. */
      readonly accounts: Many<AccountSeen>;
    }
  // subscribers, queue, dead-letters, probe
  | { readonly kind: 'subscribed'; readonly confirmed: number; readonly expected: number }
  | {
      readonly kind: 'unsubscribed';
      readonly confirmed: number;
      readonly expected: number;
      /** Addresses that have been asked and have not confirmed. */
      readonly pending: Many<string>;
    }
  | { readonly kind: 'queue-flows'; readonly seconds: number }
  | { readonly kind: 'queue-stuck'; readonly seconds: number; readonly limit: number }
  | { readonly kind: 'queue-unmeasured' }
  | { readonly kind: 'dead-letters-none' }
  | { readonly kind: 'dead-letters'; readonly count: number }
  | { readonly kind: 'probe-ran'; readonly ranAt: number }
  | { readonly kind: 'probe-late'; readonly ranAt: number | null };

/** All of what there is. */
export function many<T>(list: readonly T[]): Many<T> {
  return { list, count: list.length };
}

/** Kinds that nobody could expect to have been checked: they make no doctor fail. */
const NOT_EXPECTED: ReadonlySet<Saw['kind']> = new Set<Saw['kind']>([
  'not-deployed',
  'not-in-organization',
  'not-asked-for',
  'needed-for-members',
  'forwarders-under-way',
  'forwarders-regions-disabled',
  'canary-on-its-way',
  'canary-not-sent',
  'accounts-stale',
  'accounts-silent',
  'queue-unmeasured',
]);

/** Whether it could be expected that this was checked. */
export function isExpected(saw: Saw): boolean {
  return !NOT_EXPECTED.has(saw.kind);
}

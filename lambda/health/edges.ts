import type { HealthItems } from './health-items';

/** The organization that an account is in. */
type OrganizationSeen = {
  readonly id: string;
  readonly managementAccount: string;
  /** `ALL` or `CONSOLIDATED_BILLING`. */
  readonly featureSet: string;
};

/** An account of the organization. */
export type MemberSeen = {
  readonly id: string;
  readonly name: string | null;
  readonly isActive: boolean;
  /** In ms since 1970; null when it is not told. */
  readonly joinedAt: number | null;
};

/** A trail as a Region knows it; multi-Region trails and organization trails are seen in other Regions as well. */
export type TrailSeen = {
  readonly arn: string;
  readonly homeRegion: string;
  /** Whether it takes the events of every account of the organization. */
  readonly isOrganizationTrail: boolean;
};

/** What a trail takes, as AWS tells it; either kind of selectors. */
export type SelectorsSeen = {
  readonly eventSelectors: readonly {
    readonly ReadWriteType?: string;
    readonly IncludeManagementEvents?: boolean;
    readonly DataResources?: readonly object[];
    readonly ExcludeManagementEventSources?: readonly string[];
  }[];
  readonly advancedEventSelectors: readonly {
    readonly Name?: string;
    readonly FieldSelectors?: readonly ({ readonly Field?: string } & Readonly<Record<string, unknown>>)[];
  }[];
};

/** A rule of an event bus. */
export type RuleSeen = {
  readonly name: string;
  readonly state: string;
  readonly description: string;
  /** JSON. */
  readonly pattern: string;
};

/** What a rule sends to. */
export type TargetSeen = {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | null;
  readonly deadLetterArn: string | null;
};

/** A stack of a StackSet. */
export type InstanceSeen = {
  readonly account: string;
  readonly region: string;
  /** `CURRENT`, `OUTDATED` or `INOPERABLE`. */
  readonly status: string;
  /** Of the last operation on it: `SUCCEEDED`, `FAILED`, … */
  readonly detail: string | null;
  readonly reason: string | null;
};

/** A subscription of a topic. */
export type SubscriptionSeen = {
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
};

/** Everything that checks ask of AWS, read-only. Lists are complete; what AWS refuses is thrown as a `LookError`. */
export type HealthEdges = {
  /** Account of the credentials. */
  callerAccount(): Promise<string>;
  /** Null when the account is in no organization. */
  organization(): Promise<OrganizationSeen | null>;
  /** Service principals that may act for the organization; none without one, as below. */
  trustedServices(): Promise<readonly string[]>;
  /** Accounts that administer CloudTrail for the organization. */
  delegatedAdministrators(): Promise<readonly string[]>;
  accounts(): Promise<readonly MemberSeen[]>;
  /** Accounts right below a root or an organizational unit. */
  accountsIn(parent: string): Promise<readonly MemberSeen[]>;
  /** Organizational units right below a root or an organizational unit. */
  unitsIn(parent: string): Promise<readonly string[]>;
  hasRole(name: string): Promise<boolean>;
  trails(region: string): Promise<readonly TrailSeen[]>;
  isLogging(trail: TrailSeen): Promise<boolean>;
  selectors(trail: TrailSeen): Promise<SelectorsSeen>;
  /** Names of the rules on a Region's default bus that send to `target`. */
  rulesTo(target: string, region: string): Promise<readonly string[]>;
  rule(name: string, region: string): Promise<RuleSeen>;
  /** Rules of a bus; none when there is no such bus. */
  rulesOn(bus: string, region: string): Promise<readonly RuleSeen[]>;
  /** Targets of a rule; `bus` null: the default bus. */
  targets(rule: string, bus: string | null, region: string): Promise<readonly TargetSeen[]>;
  /** JSON of a bus's policy; null when it has none. */
  busPolicy(bus: string, region: string): Promise<string | null>;
  /** Value of an output of a stack; `absent` when there is no such stack. */
  stackOutput(stack: string, output: string, region: string): Promise<string | null | 'absent'>;
  /** Null when there is no such StackSet. */
  instances(stackSet: string, region: string): Promise<readonly InstanceSeen[] | null>;
  subscriptions(topic: string, region: string): Promise<readonly SubscriptionSeen[]>;
  topic(topic: string, region: string): Promise<{ readonly policy: string; readonly key: string | null }>;
  /** JSON of a key's policy. */
  keyPolicy(key: string, region: string): Promise<string>;
  /** Greatest age, in seconds, that the oldest message of a queue had in this time; null when it was not measured. */
  oldestMessage(
    queue: string,
    time: { readonly from: number; readonly to: number },
    region: string,
  ): Promise<number | null>;
  /** Messages of a queue. */
  messages(queueUrl: string, region: string): Promise<{ readonly arn: string; readonly count: number }>;
  /** What the probe has noted. */
  health(table: string, region: string): Promise<HealthItems>;
};

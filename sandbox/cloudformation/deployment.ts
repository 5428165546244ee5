import type { Pattern } from '../eventbridge/pattern';
import type { Statement } from '../iam/policy';
import type { Queue } from '../sqs/queue';
import type { DeployedStack, StackSet } from './stacks';

/** A rule of a bus. */
export type Rule = {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly busArn: string;
  /** Its pattern as JSON, or its schedule, as the template has it. */
  readonly eventPattern: string | null;
  readonly schedule: string | null;
  /** What it hears; null when it has a schedule instead. */
  readonly pattern: Pattern | null;
  /** How often it fires by itself, in minutes; null when it hears events instead. */
  readonly everyMinutes: number | null;
  readonly state: string;
  readonly targets: readonly Target[];
};

/** Where a rule sends, as whom, and what takes the events it cannot deliver. */
export type Target = {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | null;
  readonly deadLettersArn: string | null;
  /** What it sends in place of the event; null when it sends the event. */
  readonly input: string | null;
};

/** What Lambda does with an event that a function could not handle. */
export type AsyncSettings = { readonly retries: number; readonly onFailureArn: string | null };

/** A role: who may assume it, what its policies say. */
export type Role = {
  readonly arn: string;
  readonly name: string;
  readonly trust: Statement[];
  readonly statements: Statement[];
};

/** A function and what Lambda is told about it. */
export type FunctionSettings = {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  /** Folder of the synthesized asset. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly roleArn: string;
  readonly logGroup: string;
};

/** An event source mapping: a function reads a queue. */
export type Mapping = {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Whether Lambda heeds the failed items that the function reports. */
  readonly reportsFailedItems: boolean;
  /** How many batches the function handles at the same time. */
  readonly maxConcurrency: number;
};

/** A table: how it is created, and the attribute by which its items expire. */
export type Table = {
  readonly arn: string;
  readonly definition: {
    readonly TableName: string;
    readonly KeySchema: readonly { readonly AttributeName: string }[];
    readonly [property: string]: unknown;
  };
  readonly expiresBy: string | null;
};

/** A topic, its encryption key as the template names it, and who subscribes. */
export type Topic = {
  readonly arn: string;
  readonly key: string | null;
  readonly subscriptions: Subscription[];
};

/** A subscription. One that nobody confirmed gets nothing; those of a template start confirmed, as if people had clicked. */
export type Subscription = { readonly protocol: string; readonly endpoint: string; isConfirmed: boolean };

/** An alarm and the topics it publishes to. */
type Alarm = { readonly arn: string; readonly name: string; readonly actions: readonly string[] };

/** All stacks of an app, deployed into the local organization. Maps are by ARN unless said otherwise. */
export type Deployment = {
  readonly stacks: DeployedStack[];
  /** Stack sets by name. */
  readonly stackSets: Map<string, StackSet>;
  /** Names of custom buses, by ARN. */
  readonly buses: Map<string, string>;
  /** Rules by the ARN of their bus. */
  readonly rules: Map<string, Rule[]>;
  readonly queues: Map<string, Queue>;
  readonly topics: Map<string, Topic>;
  readonly roles: Map<string, Role>;
  readonly functions: Map<string, FunctionSettings>;
  /** What Lambda does with events that it could not hand to a function, by the function's ARN. */
  readonly asyncSettings: Map<string, AsyncSettings>;
  readonly mappings: Mapping[];
  /** Tables by name. */
  readonly tables: Map<string, Table>;
  readonly alarms: Alarm[];
  /** ARNs of keys. */
  readonly keys: Set<string>;
  /** Resource policies: of buses, queues, topics, keys, tables and functions. */
  readonly policies: Map<string, Statement[]>;
};

/** Every rule of every bus. */
export function allRules({ rules }: Deployment): Rule[] {
  return [...rules.values()].flat();
}

import type { Pattern } from '../eventbridge/pattern';
import type { Statement } from '../iam/policy';
import type { Queue } from '../sqs/queue';

/** A rule of a bus. */
export type Rule = {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  /** What it hears; null when it has a schedule instead. */
  readonly pattern: Pattern | null;
  /** How often it fires by itself, in minutes; null when it hears events instead. */
  readonly everyMinutes: number | null;
  readonly state: string;
  readonly targets: readonly Target[];
};

/** Where a rule sends, as whom, and what takes the events it cannot deliver. */
export type Target = {
  readonly arn: string;
  readonly roleArn: string | null;
  readonly deadLettersArn: string | null;
  /** What it sends in place of the event; null when it sends the event. */
  readonly input: string | null;
};

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
  readonly functionName: string;
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
  readonly subscriptions: { readonly protocol: string; readonly endpoint: string }[];
};

/** An alarm and the topics it publishes to. */
type Alarm = { readonly arn: string; readonly name: string; readonly actions: readonly string[] };

/** A stack, deployed into the local organization. Maps are by ARN unless said otherwise. */
export type Deployment = {
  /** Names of custom buses, by ARN. */
  readonly buses: Map<string, string>;
  readonly rules: Rule[];
  readonly queues: Map<string, Queue>;
  readonly topics: Map<string, Topic>;
  readonly roles: Map<string, Role>;
  /** Functions by name. */
  readonly functions: Map<string, FunctionSettings>;
  readonly mappings: Mapping[];
  /** Tables by name. */
  readonly tables: Map<string, Table>;
  readonly alarms: Alarm[];
  /** ARNs of keys by key id. */
  readonly keys: Map<string, string>;
  /** Resource policies: of buses, queues, topics, keys and tables. */
  readonly policies: Map<string, Statement[]>;
};

import type { LocalAthena } from '../athena/local-athena';
import type { Clock } from '../clock';
import type { Deployment } from '../cloudformation/deployment';
import type { EventHistory } from '../cloudtrail/event-history';
import type { Database } from '../dynamodb/database';
import type { Guard } from '../iam/authorize';
import type { RequestContext } from '../iam/conditions';
import type { IdentityCaller } from '../iam/principal';
import type { Journal } from '../journal';
import type { Identity } from '../organization/identity';
import type { LocalOrganization } from '../organization/local-organization';
import type { ServiceError } from './service-error';

/** A call that reached the endpoint. */
export type Call = {
  readonly service: string;
  readonly operation: string;
  /** Parameters as the SDK sends them: of query services flat texts, of JSON services any JSON. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
  /** The identity as policies see it. */
  readonly caller: IdentityCaller;
  readonly region: string;
  readonly userAgent: string;
  readonly requestId: string;
};

/** One thing a call needs to be allowed to do. */
export type Permission = {
  readonly action: string;
  readonly resource: string;
  /** The resource as AWS's refusal shows it, where that is not its ARN. */
  readonly shownAs?: string;
  readonly context?: RequestContext;
  /** Where the resource has a policy or lies in another account. Default: a resource of the caller's account without one. */
  readonly guard?: Guard;
  /** Error code of the refusal, where it is not the service's own. */
  readonly code?: string;
};

/** The local organization, as operations see and change it. */
export type World = {
  readonly organization: LocalOrganization;
  readonly deployment: Deployment;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly database: Database;
  /** What CloudTrail recorded. */
  readonly history: EventHistory;
  readonly athena: LocalAthena;
  /** Lets an identity call AWS. */
  readonly admit: (identity: Identity) => void;
  /** Whether SNS takes subjects in ASCII only, as its older documentation says, or any UTF-8. */
  readonly wantsAsciiSubjects: boolean;
};

/** What an operation answers. */
type Answer = Readonly<Record<string, unknown>>;

/** An operation of a service. */
export type Operation = {
  /** What the caller needs to be allowed to do. */
  readonly permissions: (call: Call, world: World) => Permission[];
  /** Does it and answers. Throws {@link ServiceError} as the service would. */
  readonly perform: (call: Call, world: World) => Answer | Promise<Answer>;
  /** How it answers when it does not see the newest writes; null where it always does. */
  readonly stale?: (call: Call, world: World) => (() => object | Promise<object>) | null;
};

/** A service of the endpoint. */
export type Service = {
  /** `query` sends forms and answers XML, `json` sends and answers JSON, `rest` says in its address what it asks and answers XML. */
  readonly protocol: 'query' | 'json' | 'rest';
  /** Error code of a refused call. */
  readonly denialCode: string;
  readonly operations: Readonly<Record<string, Operation>>;
};

/** A text among the parameters; empty when absent. */
export function textIn({ input }: Call, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

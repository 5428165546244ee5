import { LocalAthena } from './athena/local-athena';
import { Clock } from './clock';
import { deploy, type SynthesizedApp } from './cloudformation/deploy';
import type { Deployment } from './cloudformation/deployment';
import { stackCreated } from './cloudformation/stack-event';
import { EventHistory } from './cloudtrail/event-history';
import { Database } from './dynamodb/database';
import { Endpoint, type Outcome } from './endpoint/endpoint';
import type { FaultSource } from './endpoint/faults';
import type { World } from './endpoint/operation';
import { type Envelope, isRecord } from './eventbridge/envelope';
import { EventBridge } from './eventbridge/event-bridge';
import { Schedules } from './eventbridge/schedules';
import { LambdaService, type StartFunction } from './function/lambda-service';
import { Journal } from './journal';
import type { Identity } from './organization/identity';
import { type Additions, LocalOrganization } from './organization/local-organization';
import { letTimePass } from './passing-time';
import { isDenial, recordOf } from './scenario/recorder';
import { noteDeadLetters, redriveAll } from './sqs/dead-letters';

/** How long after what happens Trailmend may gather before it tells: 60 seconds, and the next whole minute. */
const GATHERING = 3 * 60_000;

/** How AWS behaves in a sandbox. */
export type SandboxOptions = {
  /** The failures that are to happen. */
  readonly faults: FaultSource;
  /** Whether SNS takes subjects in ASCII only. Default: any UTF-8, as its documentation says today. */
  readonly wantsAsciiSubjects?: boolean;
  /** Where functions run. Default: each in processes of its own. */
  readonly startFunction?: StartFunction;
  /** Accounts and Regions that the organization has besides the usual ones. */
  readonly additions?: Additions;
};

/** What is known of an event that enters, besides the event. */
type Entrance = { readonly isMeant?: boolean; readonly cause?: string; readonly isOwn?: boolean };

/** A local organization in which a synthesized app is deployed and runs. */
export class Sandbox {
  readonly clock = new Clock();
  readonly journal = new Journal(this.clock);
  readonly organization: LocalOrganization;
  readonly history = new EventHistory();
  readonly athena = new LocalAthena();
  readonly deployment: Deployment;
  readonly world: World;
  readonly eventBridge: EventBridge;
  readonly database: Database;
  readonly #identities = new Map<string, Identity>();
  readonly #endpoint: Endpoint;
  readonly #lambda: LambdaService;
  readonly #schedules: Schedules;
  #url = '';

  private constructor(app: SynthesizedApp, options: SandboxOptions) {
    const { faults, wantsAsciiSubjects = false, startFunction, additions } = options;
    this.organization = new LocalOrganization(additions);
    this.deployment = deploy(app, this.organization, this.clock);
    const { deployment, journal, organization, clock, history, athena } = this;
    this.database = new Database(deployment.tables, clock);
    const admit = (identity: Identity) => void this.admit(identity);
    const state = { deployment, journal, organization, clock, history, athena, database: this.database };
    this.world = { ...state, wantsAsciiSubjects, admit };
    const onOutcome = (outcome: Outcome) => this.#record(outcome);
    this.#endpoint = new Endpoint(this.world, { identities: this.#identities, faults, onOutcome });
    this.#lambda = new LambdaService(deployment, journal, clock, startFunction);
    const invoke = this.#lambda.invoke.bind(this.#lambda);
    this.eventBridge = new EventBridge(deployment, { organization, journal, invoke });
    this.#schedules = new Schedules(deployment, { journal, invoke });
  }

  /**
   * Deploys `app` and starts its functions and the local AWS endpoint.
   * @throws Error naming what the sandbox cannot deploy.
   */
  static async open(app: SynthesizedApp, options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(app, options);
    await sandbox.database.open();
    sandbox.#url = await sandbox.#endpoint.start();
    for (const identity of sandbox.#lambda.start(sandbox.#url)) sandbox.admit(identity);
    for (const stack of sandbox.deployment.stacks) sandbox.eventBridge.emit(stackCreated(stack, sandbox.clock.now()));
    return sandbox;
  }

  /** Lets `identity` call AWS and answers how: settings for an SDK client. */
  admit(identity: Identity) {
    const { accessKeyId } = identity;
    this.#identities.set(accessKeyId, identity);
    return { endpoint: this.#url, credentials: { accessKeyId, secretAccessKey: 'sandbox' }, maxAttempts: 1 };
  }

  /**
   * An AWS service emits an event. `isMeant`: Trailmend is meant to hear it; when not said, its patterns decide. `cause`:
   * events with the same one belong to one incident. What CloudTrail recorded stays in its history when no trail logs it.
   */
  emit(envelope: Envelope, isMeant?: boolean, cause?: string): void {
    this.#enter(envelope, { isMeant, cause });
  }

  /**
   * Lets the functions work, and time pass, until every message is handled and everything is done that is due within
   * `span` milliseconds: by default, what was gathered.
   */
  async settle(span = GATHERING): Promise<void> {
    const { clock, database } = this;
    const movers = { clock, database, lambda: this.#lambda, schedules: this.#schedules };
    await letTimePass(movers, clock.now() + span);
    noteDeadLetters(this.deployment, this.journal);
  }

  /** Runs every function that a schedule runs, whenever it ran last, and lets what follows from it be handled. */
  async runScheduledFunctions(): Promise<void> {
    this.#schedules.fireFunctions(this.clock.now(), 'all');
    await this.settle(0);
  }

  /**
   * Moves on to the time of the machine, as programs have it that run beside the sandbox, and lets the functions with a
   * schedule run in it.
   */
  async catchUp(): Promise<void> {
    this.clock.advanceTo(Date.now());
    await this.runScheduledFunctions();
  }

  /** An operator moves every dead letter back to the queue that it came from. */
  redrive(): void {
    redriveAll(this.deployment, this.journal);
  }

  /** Stops everything. */
  async close(): Promise<void> {
    await Promise.all([this.#lambda.stop(), this.#endpoint.stop()]);
  }

  /** CloudTrail records people's calls. Of a function's calls only refusals count: no rule hears the rest. */
  #record(outcome: Outcome): void {
    const { call, error, fault } = outcome;
    const isFunction = this.#lambda.runsAs(call.caller.arn);
    if (isFunction) {
      const name = `${call.service}:${call.operation}`;
      const { code = 'ok', message = '' } = error ?? {};
      this.journal.add({ kind: 'call', call: name, outcome: code, isFault: fault !== null, message });
    }
    const record = recordOf(outcome, this.clock.now());
    if (!record) return;
    if (isFunction && !isDenial(outcome)) {
      this.history.add(this.organization.placeOf(record), record);
      return;
    }
    // Whatever the patterns say: people's failed calls are what Trailmend is there for.
    const isMeant = !isFunction && error !== null && error.code !== 'ThrottlingException' ? true : undefined;
    this.#enter(record, { isMeant, isOwn: !isFunction && this.deployment.roles.has(call.caller.arn) });
  }

  #enter(envelope: Envelope, { isMeant, cause, isOwn }: Entrance): void {
    if (isRecord(envelope)) {
      this.history.add(this.organization.placeOf(envelope), envelope);
      if (!this.organization.isLogged(envelope)) {
        this.journal.add({ kind: 'unlogged', envelope });
        return;
      }
    }
    const isHeard = isMeant ?? this.eventBridge.isMeantFor(envelope);
    this.journal.add({ kind: 'event', envelope, isMeant: isHeard, cause, ...(isOwn ? { isOwn } : {}) });
    this.eventBridge.emit(envelope);
  }
}

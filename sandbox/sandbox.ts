import { Clock } from './clock';
import { deploy, type SynthesizedStack } from './cloudformation/deploy';
import type { Deployment } from './cloudformation/deployment';
import { Database } from './dynamodb/database';
import { Endpoint, type Outcome } from './endpoint/endpoint';
import type { FaultSource } from './endpoint/faults';
import type { World } from './endpoint/operation';
import type { Envelope } from './eventbridge/envelope';
import { EventBridge } from './eventbridge/event-bridge';
import { LambdaService, type StartFunction } from './function/lambda-service';
import { Journal } from './journal';
import { HUB } from './organization/accounts';
import type { Identity } from './organization/identity';
import { LocalOrganization } from './organization/local-organization';
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
};

/** A local organization in which a synthesized stack is deployed and runs. */
export class Sandbox {
  readonly clock = new Clock();
  readonly journal = new Journal(this.clock);
  readonly organization = new LocalOrganization();
  readonly deployment: Deployment;
  readonly world: World;
  readonly eventBridge: EventBridge;
  readonly database: Database;
  readonly #identities = new Map<string, Identity>();
  readonly #endpoint: Endpoint;
  readonly #lambda: LambdaService;
  #url = '';

  private constructor(stack: SynthesizedStack, options: SandboxOptions) {
    const { faults, wantsAsciiSubjects = false, startFunction } = options;
    this.deployment = deploy(stack, HUB, this.clock);
    const { deployment, journal, organization, clock } = this;
    this.database = new Database(deployment.tables, clock);
    this.world = { deployment, journal, organization, clock, database: this.database, wantsAsciiSubjects };
    this.eventBridge = new EventBridge(deployment, journal);
    const onOutcome = (outcome: Outcome) => this.#record(outcome);
    this.#endpoint = new Endpoint(this.world, { identities: this.#identities, faults, onOutcome });
    this.#lambda = new LambdaService(deployment, journal, clock, startFunction);
  }

  /**
   * Deploys `stack` and starts its functions and the local AWS endpoint.
   * @throws Error naming what the sandbox cannot deploy.
   */
  static async open(stack: SynthesizedStack, options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(stack, options);
    await sandbox.database.open();
    sandbox.#url = await sandbox.#endpoint.start();
    for (const identity of sandbox.#lambda.start(sandbox.#url)) sandbox.admit(identity);
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
   * events with the same one belong to one incident.
   */
  emit(envelope: Envelope, isMeant = this.eventBridge.isMeantFor(envelope), cause?: string): void {
    this.journal.add({ kind: 'event', envelope, isMeant, cause });
    this.eventBridge.emit(envelope);
  }

  /**
   * Lets the functions work, and time pass, until every message is handled and everything is done that is due within
   * `span` milliseconds: by default, what was gathered.
   */
  async settle(span = GATHERING): Promise<void> {
    const { clock, deployment, database, journal } = this;
    await letTimePass({ clock, deployment, database, journal, lambda: this.#lambda }, clock.now() + span);
    noteDeadLetters(this.deployment, this.journal);
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
    const record = isFunction && !isDenial(outcome) ? null : recordOf(outcome, this.clock.now());
    // Whatever the patterns say: people's failed calls are what Trailmend is there for.
    const isMeant = !isFunction && error !== null && error.code !== 'ThrottlingException' ? true : undefined;
    if (record) this.emit(record, isMeant);
  }
}

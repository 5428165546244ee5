import { Clock } from './clock';
import { deploy, type SynthesizedStack } from './cloudformation/deploy';
import type { Deployment } from './cloudformation/deployment';
import { Endpoint, type Outcome } from './endpoint/endpoint';
import type { FaultPlan } from './endpoint/faults';
import type { World } from './endpoint/operation';
import type { Envelope } from './eventbridge/envelope';
import { EventBridge } from './eventbridge/event-bridge';
import { LambdaService } from './function/lambda-service';
import { Journal } from './journal';
import { HUB } from './organization/accounts';
import type { Identity } from './organization/identity';
import { LocalOrganization } from './organization/local-organization';
import { isDenial, recordOf } from './scenario/recorder';

/** How AWS behaves in a sandbox. */
export type SandboxOptions = {
  /** The failures that are to happen. */
  readonly faults: FaultPlan;
  /** Whether SNS takes subjects in ASCII only. Default: any UTF-8, as its documentation says today. */
  readonly wantsAsciiSubjects?: boolean;
};

/** A local organization in which a synthesized stack is deployed and runs. */
export class Sandbox {
  readonly clock = new Clock();
  readonly journal = new Journal(this.clock);
  readonly organization = new LocalOrganization();
  readonly deployment: Deployment;
  readonly world: World;
  readonly eventBridge: EventBridge;
  readonly #identities = new Map<string, Identity>();
  readonly #endpoint: Endpoint;
  readonly #lambda: LambdaService;
  #url = '';

  private constructor(stack: SynthesizedStack, { faults, wantsAsciiSubjects = false }: SandboxOptions) {
    this.deployment = deploy(stack, HUB, this.clock);
    const { deployment, journal, organization, clock } = this;
    this.world = { deployment, journal, organization, clock, wantsAsciiSubjects };
    this.eventBridge = new EventBridge(deployment, journal);
    const onOutcome = (outcome: Outcome) => this.#record(outcome);
    this.#endpoint = new Endpoint(this.world, { identities: this.#identities, faults, onOutcome });
    this.#lambda = new LambdaService(deployment, journal);
  }

  /**
   * Deploys `stack` and starts its functions and the local AWS endpoint.
   * @throws Error naming what the sandbox cannot deploy.
   */
  static async open(stack: SynthesizedStack, options: SandboxOptions): Promise<Sandbox> {
    const sandbox = new Sandbox(stack, options);
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

  /** An AWS service emits an event. `isMeant`: Trailmend is meant to hear it; when not said, its patterns decide. */
  emit(envelope: Envelope, isMeant = this.eventBridge.isMeantFor(envelope)): void {
    this.journal.add({ kind: 'event', envelope, isMeant });
    this.eventBridge.emit(envelope);
  }

  /** Lets the functions work, and time pass, until nothing is left to be done. */
  async settle(): Promise<void> {
    while (true) {
      if (await this.#lambda.poll()) continue;
      const next = this.#lambda.nextVisibleAt();
      if (next === null) break;
      this.clock.advanceTo(next);
    }
    this.#noteDeadLetters();
  }

  /** Stops everything. */
  async close(): Promise<void> {
    await Promise.all([this.#lambda.stop(), this.#endpoint.stop()]);
  }

  #noteDeadLetters(): void {
    const noted = this.journal.of('dead-lettered').map(({ messageId }) => messageId);
    const readBy = this.deployment.mappings.map(({ queueArn }) => queueArn);
    for (const [arn, { messageIds }] of this.deployment.queues) {
      const fresh = readBy.includes(arn) ? [] : messageIds.filter((id) => !noted.includes(id));
      for (const messageId of fresh) this.journal.add({ kind: 'dead-lettered', messageId });
    }
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

import type { Clock } from '../clock';
import type { Deployment, FunctionSettings, Mapping } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import { callContext } from '../iam/request-context';
import type { Journal } from '../journal';
import type { Identity } from '../organization/identity';
import { accountOf } from '../organization/place';
import { AsyncInvocations } from './async-invocations';
import { environmentOf } from './environment';
import { EventSourceMapping } from './event-source-mapping';
import { assumeRole, mayLog } from './execution-role';
import { sendToDestination } from './failure-destination';
import { FunctionProcess, type FunctionRuntime } from './function-process';
import { LogGroup } from './log-group';

/** What a function's role must be allowed to do on the queue it reads. */
const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Starts a place to run a function in. `environment`: what Lambda adds to that of the template. */
export type StartFunction = (
  settings: FunctionSettings,
  environment: Readonly<Record<string, string>>,
  onLog: (text: string) => void,
  clock: Clock,
) => FunctionRuntime;

const startProcess: StartFunction = (...args) => new FunctionProcess(...args);

/** Lambda: runs the deployed functions, each as its role, and feeds them from their queues and with events. */
export class LambdaService {
  readonly #mappings: EventSourceMapping[] = [];
  /** Events that wait for each function, by its ARN. */
  readonly #invocations = new Map<string, AsyncInvocations>();

  constructor(
    private readonly deployment: Deployment,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly startFunction: StartFunction = startProcess,
  ) {}

  /** Prepares every function that AWS would let run, and answers the identities they call AWS as. */
  start(endpoint: string): Identity[] {
    return [...this.deployment.functions.values()].flatMap((settings) => {
      const identity = assumeRole(settings, this.deployment, this.journal);
      if (!identity) return [];
      const isLogged = mayLog(settings, identity, this.journal);
      const added = environmentOf(settings, identity, endpoint);
      const start = () => {
        const group = new LogGroup(this.journal, isLogged);
        return this.startFunction(settings, added, (text) => group.write(text), this.clock);
      };
      for (const mapping of this.deployment.mappings) {
        if (mapping.functionArn === settings.arn) this.#connect(mapping, identity, start);
      }
      this.#invocations.set(settings.arn, this.#invocationsOf(settings, identity, start));
      return [identity];
    });
  }

  /** Takes an event for a function, which handles it at one of the next polls. */
  invoke(functionArn: string, event: unknown): void {
    this.#invocations.get(functionArn)?.add(event);
  }

  /** Whether a function runs as this role. */
  runsAs(roleArn: string): boolean {
    return [...this.deployment.functions.values()].some((settings) => settings.roleArn === roleArn);
  }

  /** Lets every function handle what its queue shows, and when there is nothing, the events it was given; false when there were none either. */
  async poll(): Promise<boolean> {
    let hasWorked = false;
    for (const mapping of this.#mappings) hasWorked = (await mapping.poll()) || hasWorked;
    if (hasWorked) return true;
    for (const invocations of this.#invocations.values()) hasWorked = (await invocations.poll()) || hasWorked;
    return hasWorked;
  }

  /** When the next message becomes visible again or the next event is tried again; null when nothing waits. */
  nextWorkAt(): number | null {
    const visible = this.#mappings.map((mapping) => mapping.queue.nextVisibleAt());
    const due = [...this.#invocations.values()].map((invocations) => invocations.nextDueAt());
    const times = [...visible, ...due].filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Ends the functions' processes. */
  async stop(): Promise<void> {
    await Promise.all([...this.#mappings, ...this.#invocations.values()].map((each) => each.stop()));
  }

  #invocationsOf(settings: FunctionSettings, { caller }: Identity, start: () => FunctionRuntime): AsyncInvocations {
    const { journal, clock, deployment } = this;
    return new AsyncInvocations({
      settings: deployment.asyncSettings.get(settings.arn),
      start,
      journal,
      clock,
      onGivenUp: (givenUp) => {
        const failure = sendToDestination(deployment, settings, caller, givenUp);
        if (failure) journal.add({ kind: 'defect', text: `Function ${settings.name} lost an event: ${failure}` });
      },
    });
  }

  #connect(mapping: Mapping, { caller }: Identity, start: () => FunctionRuntime): void {
    const { queueArn } = mapping;
    const queue = this.deployment.queues.get(queueArn);
    const guard = { account: accountOf(queueArn), policy: this.deployment.policies.get(queueArn) };
    const refusals = QUEUE_ACTIONS.flatMap((action) => {
      const request = { caller, action, resource: queueArn, context: callContext(caller) };
      const refusal = refusalOf(request, guard);
      return refusal ? [refusalMessage(request, refusal)] : [];
    });
    for (const text of refusals) this.journal.add({ kind: 'defect', text: `Lambda cannot read the queue: ${text}` });
    if (!queue || refusals.length > 0) return;
    this.#mappings.push(new EventSourceMapping(mapping, queue, start, this.journal));
  }
}

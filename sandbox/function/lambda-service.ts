import type { Clock } from '../clock';
import type { Deployment, FunctionSettings, Mapping, Role } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import type { Caller } from '../iam/principal';
import { callContext, serviceContext } from '../iam/request-context';
import type { Journal } from '../journal';
import { HUB } from '../organization/accounts';
import { deployedRoleSession, type Identity } from '../organization/identity';
import { environmentOf } from './environment';
import { EventSourceMapping } from './event-source-mapping';
import { FunctionProcess, type FunctionRuntime } from './function-process';
import { LogGroup } from './log-group';

const LAMBDA: Caller = { kind: 'service', service: 'lambda.amazonaws.com' };

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

/** Lambda: runs the deployed functions, each as its role, and feeds them from their queues. */
export class LambdaService {
  readonly #mappings: EventSourceMapping[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly startFunction: StartFunction = startProcess,
  ) {}

  /** Prepares every function that AWS would let run, and answers the identities they call AWS as. */
  start(endpoint: string): Identity[] {
    const identities: Identity[] = [];
    for (const settings of this.deployment.functions.values()) {
      const identity = this.#assume(settings);
      if (!identity) continue;
      identities.push(identity);
      const isLogged = this.#mayWrite(settings, identity);
      const added = environmentOf(settings, identity, endpoint);
      const start = () => {
        const group = new LogGroup(this.journal, isLogged);
        return this.startFunction(settings, added, (text) => group.write(text), this.clock);
      };
      for (const mapping of this.deployment.mappings) {
        if (mapping.functionName === settings.name) this.#connect(mapping, identity, start);
      }
    }
    return identities;
  }

  /** Whether a function runs as this role. */
  runsAs(roleArn: string): boolean {
    return [...this.deployment.functions.values()].some((settings) => settings.roleArn === roleArn);
  }

  /** Lets every function handle what its queue shows; false when no queue had anything. */
  async poll(): Promise<boolean> {
    let hasWorked = false;
    for (const mapping of this.#mappings) hasWorked = (await mapping.poll()) || hasWorked;
    return hasWorked;
  }

  /** When the next message that a function reads becomes visible again; null when there is none. */
  nextVisibleAt(): number | null {
    const times = this.#mappings.map((mapping) => mapping.queue.nextVisibleAt()).filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Ends the functions' processes. */
  async stop(): Promise<void> {
    await Promise.all(this.#mappings.map((mapping) => mapping.stop()));
  }

  #assume({ name, arn, roleArn }: FunctionSettings): Identity | null {
    const role: Role | undefined = this.deployment.roles.get(roleArn);
    const request = { caller: LAMBDA, action: 'sts:AssumeRole', resource: roleArn, context: serviceContext(arn) };
    if (!role || refusalOf(request, { account: HUB.account, policy: role.trust })) {
      const text = `Function ${name} cannot run: Lambda may not assume its role ${roleArn}`;
      this.journal.add({ kind: 'defect', text });
      return null;
    }
    return deployedRoleSession(role, name);
  }

  #mayWrite({ name, logGroup }: FunctionSettings, { caller }: Identity): boolean {
    const resource = `arn:${HUB.partition}:logs:${HUB.region}:${HUB.account}:log-group:${logGroup}:log-stream:sandbox`;
    const refusals = ['logs:CreateLogStream', 'logs:PutLogEvents'].filter((action) =>
      refusalOf({ caller, action, resource, context: callContext(caller) }, { account: HUB.account }),
    );
    if (refusals.length > 0) {
      this.journal.add({ kind: 'defect', text: `Function ${name} logs nothing: it lacks ${refusals.join(', ')}` });
    }
    return refusals.length === 0;
  }

  #connect(mapping: Mapping, { caller }: Identity, start: () => FunctionRuntime): void {
    const { queueArn } = mapping;
    const queue = this.deployment.queues.get(queueArn);
    const guard = { account: HUB.account, policy: this.deployment.policies.get(queueArn) };
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

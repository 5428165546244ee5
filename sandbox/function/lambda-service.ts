import type { Deployment, FunctionSettings, Mapping, Role } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import type { Caller } from '../iam/principal';
import { callContext, serviceContext } from '../iam/request-context';
import type { Journal } from '../journal';
import { HUB } from '../organization/accounts';
import { deployedRoleSession, type Identity } from '../organization/identity';
import { EventSourceMapping } from './event-source-mapping';
import { FunctionProcess } from './function-process';
import { LogGroup } from './log-group';

const LAMBDA: Caller = { kind: 'service', service: 'lambda.amazonaws.com' };

/** What a function's role must be allowed to do on the queue it reads. */
const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Lambda: runs the deployed functions, each as its role, and feeds them from their queues. */
export class LambdaService {
  readonly #processes = new Map<string, FunctionProcess>();
  readonly #mappings: EventSourceMapping[] = [];

  constructor(
    private readonly deployment: Deployment,
    private readonly journal: Journal,
  ) {}

  /** Prepares every function that AWS would let run, and answers the identities they call AWS as. */
  start(endpoint: string): Identity[] {
    const identities: Identity[] = [];
    for (const settings of this.deployment.functions.values()) {
      const identity = this.#assume(settings);
      if (!identity) continue;
      identities.push(identity);
      const group = new LogGroup(this.journal, this.#mayWrite(settings, identity));
      const added = environmentOf(settings, identity, endpoint);
      this.#processes.set(settings.name, new FunctionProcess(settings, added, (text) => group.write(text)));
      for (const mapping of this.deployment.mappings) {
        if (mapping.functionName === settings.name) this.#connect(mapping, identity);
      }
    }
    return identities;
  }

  /** Whether a function runs as this role. */
  runsAs(roleArn: string): boolean {
    return [...this.deployment.functions.values()].some((settings) => settings.roleArn === roleArn);
  }

  /** Lets every function handle one batch; false when no queue had anything for them. */
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
    await Promise.all([...this.#processes.values()].map((each) => each.stop()));
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

  #connect(mapping: Mapping, { caller }: Identity): void {
    const { queueArn, functionName } = mapping;
    const queue = this.deployment.queues.get(queueArn);
    const functionProcess = this.#processes.get(functionName);
    const guard = { account: HUB.account, policy: this.deployment.policies.get(queueArn) };
    const refusals = QUEUE_ACTIONS.flatMap((action) => {
      const request = { caller, action, resource: queueArn, context: callContext(caller) };
      const refusal = refusalOf(request, guard);
      return refusal ? [refusalMessage(request, refusal)] : [];
    });
    for (const text of refusals) this.journal.add({ kind: 'defect', text: `Lambda cannot read the queue: ${text}` });
    if (!queue || !functionProcess || refusals.length > 0) return;
    this.#mappings.push(new EventSourceMapping(mapping, queue, functionProcess, this.journal));
  }
}

/** What Lambda sets, and what points the SDK at the local endpoint. */
function environmentOf({ logGroup }: FunctionSettings, { accessKeyId }: Identity, endpoint: string) {
  return {
    AWS_REGION: HUB.region,
    AWS_DEFAULT_REGION: HUB.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'sandbox',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_SESSION_TOKEN: 'sandbox',
    AWS_ENDPOINT_URL: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

import type { Deployment, Role, Rule, Target } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import type { Caller, IdentityCaller } from '../iam/principal';
import { callContext } from '../iam/request-context';
import type { Journal } from '../journal';
import { deployedRoleSession } from '../organization/identity';
import type { LocalOrganization } from '../organization/local-organization';
import { accountOf, defaultBusArn, placeOf } from '../organization/place';
import { type Envelope, isReadOnlyManagementEvent } from './envelope';
import { refusalToAssume, refusalToInvoke, refusalToSend } from './rights';
import { ruleLabel } from './rule-label';

/** Rule state in which read-only management events are seen too. */
const SEES_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** Why a hop failed; null when it did not. */
type Failure = string | null;

/** What the buses need besides the deployment. */
export type EventBridgeOptions = {
  readonly organization: LocalOrganization;
  readonly journal: Journal;
  /** Hands an event to a function, which will handle it some time. */
  readonly invoke: (functionArn: string, event: unknown) => void;
};

/** The buses of the local organization: every hop is made only if the templates' rules, policies and roles allow it. */
export class EventBridge {
  readonly #sessions = new Map<Role, IdentityCaller>();

  constructor(
    private readonly deployment: Deployment,
    private readonly options: EventBridgeOptions,
  ) {}

  /** An AWS service emits an event on the default bus of its account and Region. */
  emit(envelope: Envelope): void {
    this.#publish(defaultBusArn(this.options.organization.placeOf(envelope)), envelope, 0);
  }

  /** `events:PutEvents` on a custom bus; answers why it was refused. */
  putEvents(caller: Caller, busArn: string, envelope: Envelope): Failure {
    const request = { caller, action: 'events:PutEvents', resource: busArn, context: callContext(caller) };
    const guard = { account: accountOf(busArn), policy: this.deployment.policies.get(busArn) };
    const refusal = refusalOf(request, guard);
    if (refusal) return refusalMessage(request, refusal);
    this.#publish(busArn, envelope, 1);
    return null;
  }

  /** Whether the hub's rules are meant to hear `envelope`, whatever state they are in. */
  isMeantFor(envelope: Envelope): boolean {
    const { buses, rules } = this.deployment;
    return [...buses.keys()].some((arn) => rules.get(arn)?.some(({ pattern }) => pattern?.matches(envelope)));
  }

  #publish(busArn: string, envelope: Envelope, hops: number): void {
    for (const rule of this.#hearing(busArn, envelope)) {
      for (const target of rule.targets) this.#deliver(rule, target, envelope, hops);
    }
  }

  #hearing(busArn: string, envelope: Envelope): Rule[] {
    const isRead = isReadOnlyManagementEvent(envelope);
    const rules = this.deployment.rules.get(busArn) ?? [];
    return rules.filter(
      ({ state, pattern }) =>
        (state === SEES_READS || (state === 'ENABLED' && !isRead)) && pattern?.matches(envelope) === true,
    );
  }

  #deliver(rule: Rule, target: Target, envelope: Envelope, hops: number): void {
    const failure = this.#reach(rule, target, envelope, hops);
    if (!failure) return;
    const where = ruleLabel(rule, this.deployment);
    this.options.journal.add({ kind: 'undelivered', envelopeId: envelope.id, where, reason: failure });
    const deadLetters = target.deadLettersArn;
    // EventBridge does not retry a missing permission: the event goes to the target's dead-letter queue or is dropped.
    if (deadLetters) this.#send(rule, deadLetters, envelope);
  }

  #reach(rule: Rule, target: Target, envelope: Envelope, hops: number): Failure {
    const { buses, functions, queues } = this.deployment;
    if (queues.has(target.arn)) return this.#send(rule, target.arn, envelope);
    if (functions.has(target.arn)) return this.#invoke(rule, target, envelope);
    if (!buses.has(target.arn)) return `target ${target.arn} does not exist in the sandbox`;
    if (hops > 0) return 'THIRD_ACCOUNT_HOP_DETECTED: EventBridge forwards an event once only';
    return this.#forward(rule, target, envelope);
  }

  #forward(rule: Rule, target: Target, envelope: Envelope): Failure {
    const role = target.roleArn ? this.deployment.roles.get(target.roleArn) : undefined;
    if (!role) return 'NO_PERMISSIONS: a bus as a target needs a role';
    if (refusalToAssume(rule, role)) return `NO_PERMISSIONS: events.amazonaws.com may not assume ${role.arn}`;
    const [from, to] = [placeOf(rule.arn), placeOf(target.arn)];
    if (from.account !== to.account || from.region !== to.region) {
      this.options.journal.add({ kind: 'forwarded', envelopeId: envelope.id, from });
    }
    return this.putEvents(this.#sessionOf(role), target.arn, envelope);
  }

  #sessionOf(role: Role): IdentityCaller {
    const session = this.#sessions.get(role) ?? deployedRoleSession(role, 'events').caller;
    this.#sessions.set(role, session);
    return session;
  }

  #send(rule: Rule, queueArn: string, envelope: Envelope): Failure {
    const failure = refusalToSend(this.deployment, rule, queueArn);
    const queue = this.deployment.queues.get(queueArn);
    if (failure || !queue) return failure ?? `queue ${queueArn} does not exist`;
    const messageId = queue.send(JSON.stringify(envelope));
    this.options.journal.add({ kind: 'queued', envelopeId: envelope.id, messageId });
    return null;
  }

  #invoke(rule: Rule, { arn, input }: Target, envelope: Envelope): Failure {
    const failure = refusalToInvoke(this.deployment, rule, arn);
    if (!failure) this.options.invoke(arn, input === null ? envelope : JSON.parse(input));
    return failure;
  }
}

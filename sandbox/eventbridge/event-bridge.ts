import type { Deployment, Rule, Target } from '../cloudformation/deployment';
import { refusalMessage, refusalOf } from '../iam/authorize';
import type { Caller, IdentityCaller } from '../iam/principal';
import { callContext, serviceContext } from '../iam/request-context';
import type { Journal } from '../journal';
import { accountLabel, HUB } from '../organization/accounts';
import { deployedRoleSession, roleSession } from '../organization/identity';
import { type Envelope, isReadOnlyManagementEvent } from './envelope';

/** Rule state in which read-only management events are seen too. */
const SEES_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

const EVENTS: Caller = { kind: 'service', service: 'events.amazonaws.com' };

/** Why a hop failed; null when it did not. */
type Failure = string | null;

/** The buses of the local organization: every hop is made only if the template's rules, policies and roles allow it. */
export class EventBridge {
  constructor(
    private readonly deployment: Deployment,
    private readonly journal: Journal,
  ) {}

  /**
   * An AWS service emits an event on the default bus of its account and Region. In the management account's home Region
   * the template's rules hear it; anywhere else the account's own forwarder does, which has the same rules and sends
   * straight to the hub bus.
   */
  emit(envelope: Envelope): void {
    const isAtHome = envelope.account === HUB.account && envelope.region === HUB.region;
    for (const rule of this.#hearing('default', envelope)) {
      for (const target of rule.targets) {
        if (isAtHome) this.#deliver(rule, target, envelope, 0);
        else if (this.deployment.buses.has(target.arn)) this.#forward(target.arn, envelope);
      }
    }
  }

  /** `events:PutEvents` on a custom bus; answers why it was refused. */
  putEvents(caller: Caller, busArn: string, envelope: Envelope): Failure {
    const request = { caller, action: 'events:PutEvents', resource: busArn, context: callContext(caller) };
    const refusal = refusalOf(request, { account: HUB.account, policy: this.deployment.policies.get(busArn) });
    if (refusal) return refusalMessage(request, refusal);
    for (const rule of this.#hearing(this.deployment.buses.get(busArn) ?? '', envelope)) {
      for (const target of rule.targets) this.#deliver(rule, target, envelope, 1);
    }
    return null;
  }

  /** Whether the hub's rules are meant to hear `envelope`, whatever state they are in. */
  isMeantFor(envelope: Envelope): boolean {
    return this.deployment.rules.some(({ bus, pattern }) => bus !== 'default' && pattern?.matches(envelope));
  }

  #hearing(bus: string, envelope: Envelope): Rule[] {
    const isRead = isReadOnlyManagementEvent(envelope);
    return this.deployment.rules.filter(
      (rule) =>
        rule.bus === bus &&
        (rule.state === SEES_READS || (rule.state === 'ENABLED' && !isRead)) &&
        rule.pattern?.matches(envelope),
    );
  }

  #forward(busArn: string, envelope: Envelope): void {
    const failure = this.putEvents(forwarderOf(envelope.account), busArn, envelope);
    if (failure) {
      const where = `forwarder of ${accountLabel(envelope.account)}`;
      this.journal.add({ kind: 'undelivered', envelopeId: envelope.id, where, reason: failure });
    }
  }

  #deliver(rule: Rule, target: Target, envelope: Envelope, hops: number): void {
    const failure = this.#reach(rule, target, envelope, hops);
    if (!failure) return;
    this.journal.add({ kind: 'undelivered', envelopeId: envelope.id, where: `rule ${rule.name}`, reason: failure });
    const deadLetters = target.deadLettersArn;
    // EventBridge does not retry a missing permission: the event goes to the target's dead-letter queue or is dropped.
    if (deadLetters) this.#send(rule, deadLetters, envelope);
  }

  #reach(rule: Rule, target: Target, envelope: Envelope, hops: number): Failure {
    if (this.deployment.queues.has(target.arn)) return this.#send(rule, target.arn, envelope);
    if (!this.deployment.buses.has(target.arn)) return `target ${target.arn} does not exist in the sandbox`;
    if (hops > 0) return 'THIRD_ACCOUNT_HOP_DETECTED: EventBridge forwards an event once only';
    const role = target.roleArn ? this.deployment.roles.get(target.roleArn) : undefined;
    if (!role) return 'NO_PERMISSIONS: a bus as a target needs a role';
    const assume = { caller: EVENTS, action: 'sts:AssumeRole', resource: role.arn, context: serviceContext(rule.arn) };
    if (refusalOf(assume, { account: HUB.account, policy: role.trust })) {
      return `NO_PERMISSIONS: events.amazonaws.com may not assume ${role.arn}`;
    }
    return this.putEvents(deployedRoleSession(role, 'events').caller, target.arn, envelope);
  }

  #send(rule: Rule, queueArn: string, envelope: Envelope): Failure {
    const failure = refusalToSend(this.deployment, rule, queueArn);
    const queue = this.deployment.queues.get(queueArn);
    if (failure || !queue) return failure ?? `queue ${queueArn} does not exist`;
    this.journal.add({ kind: 'queued', envelopeId: envelope.id, messageId: queue.send(JSON.stringify(envelope)) });
    return null;
  }
}

/** Why a rule may not send to a queue; null when it may. */
export function refusalToSend(deployment: Deployment, rule: Rule, queueArn: string): Failure {
  const request = { caller: EVENTS, action: 'sqs:SendMessage', resource: queueArn, context: serviceContext(rule.arn) };
  const refusal = refusalOf(request, { account: HUB.account, policy: deployment.policies.get(queueArn) });
  return refusal && refusalMessage(request, refusal);
}

/** The role of an account's own forwarder, which may do nothing but forward. */
export function forwarderOf(account: string): IdentityCaller {
  return roleSession(account, 'trailmend-forwarder', 'events', { allowed: ['events:PutEvents'] }).caller;
}

import type { Rule } from './cloudformation/deployment';
import { patternOf } from './cloudformation/main-resources';
import { addInstance } from './cloudformation/stack-set';
import type { StackInstance, StackSet } from './cloudformation/stacks';
import type { Location, Template } from './cloudformation/template';
import type { Place } from './organization/place';
import type { Sandbox } from './sandbox';

/**
 * What people do to a deployment behind CloudFormation's back, so that one can see whether anybody notices. Trails and
 * trusted access are changed on {@link Sandbox.organization} itself.
 */

/** Sets the state of every rule of a bus, or of those whose description or name contains `part`. */
export function setRuleState(sandbox: Sandbox, busArn: string, state: string, part = ''): void {
  changeRules(sandbox, busArn, part, { state });
}

/** Sets the pattern of rules, chosen in the same way, which keep their names and descriptions. */
export function setRulePattern(sandbox: Sandbox, busArn: string, pattern: object, part = ''): void {
  const eventPattern = JSON.stringify(pattern);
  changeRules(sandbox, busArn, part, { eventPattern, pattern: patternOf(eventPattern) });
}

function changeRules({ deployment }: Sandbox, busArn: string, part: string, change: Partial<Rule>): void {
  const rules = deployment.rules.get(busArn) ?? [];
  const isMeant = ({ name, description }: Rule) => name.includes(part) || description.includes(part);
  if (!rules.some(isMeant)) throw new Error(`No rule of ${busArn} is called ${part || 'anything'}`);
  deployment.rules.set(
    busArn,
    rules.map((rule) => (isMeant(rule) ? { ...rule, ...change } : rule)),
  );
}

/** Takes the statements with this id out of the policy of a resource, a key or topic say. */
export function dropStatement({ deployment }: Sandbox, arn: string, sid: string): void {
  const statements = deployment.policies.get(arn) ?? [];
  const kept = statements.filter((statement) => statement.sid !== sid);
  if (kept.length === statements.length) throw new Error(`The policy of ${arn} has no statement ${sid}`);
  deployment.policies.set(arn, kept);
}

/** A subscriber never clicked, or a mail scanner clicked for it on the link that ends the subscription. */
export function unconfirm({ deployment }: Sandbox, endpoint: string): void {
  for (const { subscriptions } of deployment.topics.values()) {
    for (const subscription of subscriptions) if (subscription.endpoint === endpoint) subscription.isConfirmed = false;
  }
}

/** Deletes the stack of a forwarder: of a member by its place, which its stack set then does not have either. */
export function removeForwarder(sandbox: Sandbox, place: Place): void {
  const { stackSets, stacks } = sandbox.deployment;
  const isHere = ({ account, region }: Place) => account === place.account && region === place.region;
  for (const { instances } of stackSets.values()) {
    const at = instances.findIndex((instance) => isHere(instance.place));
    if (at >= 0) instances.splice(at, 1);
  }
  const forwarders = stacks.filter(({ at }) => isHere(at) && /forwarder/i.test(at.stack));
  if (forwarders.length === 0) throw new Error(`There is no forwarder in ${place.account}, ${place.region}`);
  for (const { at } of forwarders) undeploy(sandbox, at);
}

/** Lets a member's forwarder be of another template, as it is when an update did not reach it; its status is OUTDATED. */
export function replaceForwarder(sandbox: Sandbox, place: Place, change: (template: Template) => Template): void {
  const { set, instance } = instanceAt(sandbox, place);
  removeForwarder(sandbox, place);
  const { deployment, organization, clock } = sandbox;
  const site = { deployment, organization, clock, at: instance.stack.at, assets: new Map<string, string>() };
  addInstance(site, set, place, change(set.template));
}

/** How CloudFormation thinks of a member's forwarder, which works as it did before. */
export function setInstanceStatus(sandbox: Sandbox, place: Place, status: StackInstance['status']): void {
  instanceAt(sandbox, place).instance.status = status;
}

function instanceAt({ deployment }: Sandbox, { account, region }: Place): { set: StackSet; instance: StackInstance } {
  for (const set of deployment.stackSets.values()) {
    const instance = set.instances.find(({ place }) => place.account === account && place.region === region);
    if (instance) return { set, instance };
  }
  throw new Error(`There is no stack instance in ${account}, ${region}`);
}

/** Deletes the rules and queues of a stack, whose names begin with the stack's, and all that is known of it. */
function undeploy({ deployment }: Sandbox, { stack, account, region }: Location): void {
  const { rules, queues, policies, stacks } = deployment;
  for (const [busArn, ofBus] of rules) {
    rules.set(
      busArn,
      ofBus.filter(({ name, arn }) => !(name.startsWith(`${stack}-`) && arn.includes(`:${region}:${account}:`))),
    );
  }
  for (const arn of [...queues.keys()].filter((each) =>
    each.startsWith(`arn:aws:sqs:${region}:${account}:${stack}-`),
  )) {
    queues.delete(arn);
    policies.delete(arn);
  }
  const at = stacks.findIndex(
    (each) => each.at.stack === stack && each.at.account === account && each.at.region === region,
  );
  stacks.splice(at, 1);
}

import type { Place, Verdict } from '../check';
import { jsonWord, word } from '../commands';
import { each } from '../each';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import type { RuleProblem } from '../saw';
import { aboutHub, aboutPlace, failed, lookAt, ok } from '../verdict';
import {
  forwardingRules,
  HEARS_READS,
  type HeardRule,
  hubRules,
  newest,
  problemsOf,
  RULES,
  samePattern,
} from './heard-rules';

/**
 * On the hub bus, and in every Region of the management account on the default bus, there are the two rules that hear refused
 * calls, in the state that hears reads as well: it is needed on both sides of a forwarding. A forwarder may lag behind: its
 * patterns must be a version that the hub still takes.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const rules = ofDeployment('rules', async (look) => {
  const { busArn, queueUrl, managementAccount, homeRegion, regions, partition } = look.expectation;
  const bus = busArn.split('/').at(-1) ?? '';
  const queueArn = `arn:${partition}:sqs:${homeRegion}:${managementAccount}:${queueUrl.split('/').at(-1)}`;
  const hub = hubRules(look.aws, bus, queueArn, homeRegion);
  const aboutBus = aboutHub('rules', look, busArn);
  const ofHub = await lookAt(aboutBus, async () => verdictOfHub(await hub, bus, look));
  const ofRegions = await each(regions, (region) => {
    const place = { account: managementAccount, region };
    return lookAt(aboutPlace('rules', place), async () => verdictOfRegion(place, await hub, look));
  });
  return [ofHub, ...ofRegions];
});

function verdictOfHub(hub: readonly HeardRule[], bus: string, look: DeployedLook): Verdict {
  const { busArn, homeRegion, stackName } = look.expectation;
  const about = aboutHub('rules', look, busArn);
  const current = hub.filter(({ version }) => version === newest(hub));
  const absent = Array.from({ length: Math.max(0, RULES - current.length) }, () => MISSING);
  const problems = [...absent, ...hub.flatMap((rule) => problemsOf(rule, false))];
  return problems.length === 0
    ? ok(about, { kind: 'rules-hear', rules: current.map(({ name }) => name), version: newest(hub) })
    : failed(
        about,
        { kind: 'rules-broken', problems },
        mend({ rules: hub, problems, bus, stackName, region: homeRegion }),
      );
}

const MISSING: RuleProblem = { rule: '', problem: 'missing' };

async function verdictOfRegion(place: Place, hub: readonly HeardRule[], look: DeployedLook): Promise<Verdict> {
  const { busArn, homeRegion, stackName } = look.expectation;
  const { region } = place;
  const about = aboutPlace('rules', place);
  const rules = await forwardingRules(look.aws, busArn, region);
  const problems = [
    ...missingOf(rules, hub),
    ...rules.flatMap((rule) => [...staleOf(rule, hub), ...problemsOf(rule, true)]),
  ];
  if (problems.length > 0) {
    const stack = region === homeRegion ? stackName : `TrailmendForwarder-${region}`;
    const commands = mend({ rules, problems, bus: null, stackName: stack, region });
    return failed(about, { kind: 'rules-broken', problems }, commands);
  }
  const version = newest(rules);
  const names = rules.map(({ name }) => name);
  return version < newest(hub)
    ? ok(about, { kind: 'rules-lag', rules: names, version, hub: newest(hub) })
    : ok(about, { kind: 'rules-hear', rules: names, version });
}

/** What the hub takes of the version that a Region has, and the Region does not send. */
function missingOf(rules: readonly HeardRule[], hub: readonly HeardRule[]): RuleProblem[] {
  const known = rules.filter((rule) => hub.some((other) => samePattern(rule, other)));
  const version = known.length > 0 ? newest(known) : newest(hub);
  return hub
    .filter((rule) => rule.version === version && !rules.some((other) => samePattern(rule, other)))
    .map(({ description }) => ({ rule: description, problem: 'missing' }));
}

/** Nothing is said of a version of which the hub itself has lost a rule: that is the hub's failure. */
function staleOf(rule: HeardRule, hub: readonly HeardRule[]): RuleProblem[] {
  const sameVersion = hub.filter(({ version }) => version === rule.version);
  const isKnown =
    hub.some((other) => samePattern(rule, other)) || (sameVersion.length > 0 && sameVersion.length < RULES);
  return isKnown ? [] : [{ rule: rule.name, problem: 'stale' }];
}

type Mending = {
  readonly rules: readonly HeardRule[];
  readonly problems: readonly RuleProblem[];
  /** Null: the default bus. */
  readonly bus: string | null;
  readonly stackName: string;
  readonly region: string;
};

/** A rule's state is put back by itself; everything else by its stack, which also makes what was deleted. */
function mend({ rules, problems, bus, stackName, region }: Mending): string[] {
  const others = problems.filter(({ problem }) => problem !== 'disabled' && problem !== 'no-reads');
  return others.length > 0
    ? [`npx cdk deploy ${word(stackName)} --revert-drift`]
    : rules.filter(({ state }) => state !== HEARS_READS).map((rule) => enable(rule, bus, region));
}

/** `enable-rule` cannot set this state; `put-rule` sets everything, and leaves the targets. */
function enable({ name, pattern, description }: HeardRule, bus: string | null, region: string): string {
  const onBus = bus === null ? '' : ` --event-bus-name ${word(bus)}`;
  return `aws events put-rule --name ${word(name)}${onBus} --state ${HEARS_READS} --event-pattern ${patternWord(pattern)} --description ${word(description)} --region ${word(region)}`;
}

/** EventBridge keeps only patterns that are JSON. */
function patternWord(pattern: string): string {
  return jsonWord(JSON.parse(pattern));
}

import { asObject } from '../../denial/json';
import { each } from '../each';
import type { HealthEdges, RuleSeen, TargetSeen } from '../edges';
import type { RuleProblem } from '../saw';

/** State in which a rule also gets read-only management events, such as a refused `GetTrailStatus`. */
export const HEARS_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** How many rules hear refused calls, in every version (`lib/refusal-rules.ts`, which a test compares). */
export const RULES = 2;

/** A rule of Trailmend, and what it sends to. */
export type HeardRule = RuleSeen & {
  readonly version: number;
  /** Its target that counts; null when it has none. */
  readonly target: TargetSeen | null;
};

/** The rules on the hub bus that send to the hub's queue, or say that they are Trailmend's. */
export async function hubRules(aws: HealthEdges, bus: string, queueArn: string, region: string): Promise<HeardRule[]> {
  const seen = await each(await aws.rulesOn(bus, region), async (rule) =>
    heard(rule, await aws.targets(rule.name, bus, region), queueArn),
  );
  return seen.filter(({ target, description }) => target !== null || description.startsWith('Trailmend: '));
}

/** The rules on the default bus of a Region that send to the hub bus. */
export async function forwardingRules(aws: HealthEdges, busArn: string, region: string): Promise<HeardRule[]> {
  return each(await aws.rulesTo(busArn, region), async (name) =>
    heard(await aws.rule(name, region), await aws.targets(name, null, region), busArn),
  );
}

function heard(rule: RuleSeen, targets: readonly TargetSeen[], arn: string): HeardRule {
  const [, version = '0'] = /\(patterns (\d{1,6})\)$/.exec(rule.description) ?? [];
  return { ...rule, version: Number(version), target: targets.find((target) => target.arn === arn) ?? null };
}

/** What is wrong with a rule, but for its pattern. */
export function problemsOf({ name, state, target }: HeardRule, needsRole: boolean): RuleProblem[] {
  const problems: RuleProblem['problem'][] = [];
  if (state !== HEARS_READS) {
    problems.push(state === 'ENABLED' ? 'no-reads' : 'disabled');
  }
  if (target === null) {
    problems.push('no-target');
  } else {
    problems.push(...(needsRole && target.roleArn === null ? ['no-role' as const] : []));
    problems.push(...(target.deadLetterArn === null ? ['no-dead-letters' as const] : []));
  }
  return problems.map((problem) => ({ rule: name, problem }));
}

/** The newest version of these rules. */
export function newest(rules: readonly HeardRule[]): number {
  return Math.max(0, ...rules.map(({ version }) => version));
}

/** Whether two rules have the same pattern, however it is written. */
export function samePattern(one: RuleSeen, other: RuleSeen): boolean {
  return canonical(one.pattern) === canonical(other.pattern);
}

function canonical(pattern: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(pattern)));
  } catch {
    return pattern;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  const object = asObject(value);
  return object === null
    ? value
    : Object.fromEntries(
        Object.keys(object)
          .sort()
          .map((key) => [key, sorted(object[key])]),
      );
}

import { PATTERN_VERSION } from '../../lambda/audit/versions';
import { CURRENT_PATTERNS, type Patterns, PREVIOUS_PATTERNS } from '../../lib/event-patterns';
import { hubTemplate, resourcesOf } from './hub-template';

const WILDCARD_RULES_A_BUS = 30;

/** Versions before this one, as invented as they are plausible: other codes, fewer services. */
const INVENTED: readonly Patterns[] = [902, 901].map((version) => ({
  version,
  cloudTrail: { source: ['aws.cloudtrail'], detail: { errorCode: [{ prefix: `AccessDenied${version}` }] } },
  neighbours: {
    source: ['aws.iam'],
    detail: { errorCode: [`AccessDenied${version}`], errorMessage: [{ wildcard: '*x*' }] },
  },
}));

const rulesWith = (previous: readonly Patterns[]) => {
  const list = PREVIOUS_PATTERNS as Patterns[];
  const before = list.splice(0, list.length, ...previous);
  const template = hubTemplate();
  list.splice(0, list.length, ...before);
  return resourcesOf(template, 'AWS::Events::Rule').filter(([, { Properties }]) =>
    Properties.Description.includes('(patterns '),
  );
};
const described = (onHub: boolean) => {
  const rules = rulesWith(INVENTED).filter(([, { Properties }]) => Boolean(Properties.EventBusName) === onHub);
  return rules.map(([, { Properties }]) => /\(patterns (\d+)\)$/.exec(Properties.Description)?.[1]).map(Number);
};

describe('versions of the patterns', () => {
  it('are at most two besides this one', () => {
    expect(PREVIOUS_PATTERNS.length).toBeLessThanOrEqual(2);
    expect(CURRENT_PATTERNS.version).toBe(PATTERN_VERSION);
    expect(PREVIOUS_PATTERNS.map(({ version }) => version)).toEqual(
      [PATTERN_VERSION - 1, PATTERN_VERSION - 2].slice(0, PREVIOUS_PATTERNS.length),
    );
  });

  it('have their rules on the hub bus, each named at the end of the description; forwarders have this one only', () => {
    expect(described(true).sort()).toEqual([PATTERN_VERSION, PATTERN_VERSION, 901, 901, 902, 902]);
    expect(described(false)).toEqual([PATTERN_VERSION, PATTERN_VERSION]);
  });

  it('are heard with reads, by rules that are there before those of this version change', () => {
    const hub = rulesWith(INVENTED).filter(([, { Properties }]) => Properties.EventBusName);
    const older = hub.filter(([, { Properties }]) => !Properties.Description.endsWith(`(patterns ${PATTERN_VERSION})`));

    expect(older.map(([, { Properties }]) => Properties.State)).toEqual(
      Array(4).fill('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    );
    for (const [, rule] of hub.filter((entry) => !older.includes(entry))) {
      expect(rule.DependsOn).toEqual(expect.arrayContaining(older.map(([id]) => id)));
    }
  });

  it('stay under 1,800 characters and the quota of rules with wildcards', () => {
    const patterns = rulesWith(INVENTED).map(([, { Properties }]) => JSON.stringify(Properties.EventPattern));

    expect(patterns).toHaveLength(8);
    expect(Math.max(...patterns.map((pattern) => pattern.length))).toBeLessThan(1_800);
    expect(patterns.filter((pattern) => pattern.includes('wildcard')).length).toBeLessThan(WILDCARD_RULES_A_BUS);
  });
});

import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { answer, type Fact } from '../fact';
import { deploymentOf, type Look } from '../look';
import { sumOf } from '../metrics';

/** How far back is looked, in ms. */
const SPAN = 24 * 3_600_000;

/** How long CloudWatch may take to show what the refused calls of this run made, in minutes. */
const MINUTES = 12;

export const ruleMetrics: Fact = {
  id: 'rule-metrics',
  stage: 'role-missing',
  question: 'Which dimensions have the metrics of a rule on a custom bus?',
  expected:
    '`MatchedEvents` of a rule on the bus `trailmend` has `EventBusName` and `RuleName`, and none with `RuleName` alone; `FailedInvocations` likewise, or it has no value while nothing failed.',
  calls: 'Management account: events:ListRules, cloudwatch:GetMetricStatistics, cloudwatch:ListMetrics',
  changes: '',
  undo: '',
  minutes: MINUTES,
  run: async (look) => {
    const EventBusName = deploymentOf(look).busArn.split('/').at(-1) ?? '';
    const rules = await rulesOf(look, EventBusName);
    const seen = await look.waits.until('metrics of the rules on the hub bus', MINUTES, async () => {
      const sums = await sumsOf(look, EventBusName, rules);
      return sums.both + sums.ruleOnly > 0 ? sums : null;
    });
    await keepMetrics(look, rules);
    if (seen === null) {
      return answer(false, `no MatchedEvents in the last 24 hours, with either dimensions, of ${rules.join(', ')}`);
    }
    return answer(
      seen.both > 0 && seen.ruleOnly === 0 && seen.failed === 0,
      `MatchedEvents by EventBusName and RuleName: ${seen.both}, by RuleName alone: ${seen.ruleOnly}; FailedInvocations: ${seen.failed}`,
    );
  },
};

async function rulesOf({ aws, management, region }: Look, EventBusName: string): Promise<string[]> {
  const { Rules = [] } = await aws
    .client(EventBridgeClient, management, region)
    .send(new ListRulesCommand({ EventBusName }));
  return Rules.map(({ Name = '' }) => Name);
}

async function sumsOf({ aws, management, region, now }: Look, EventBusName: string, rules: readonly string[]) {
  const client = aws.client(CloudWatchClient, management, region);
  const sums = { both: 0, ruleOnly: 0, failed: 0 };
  for (const RuleName of rules) {
    const sum = async (name: string, dimensions: Record<string, string>) =>
      (await sumOf(client, { namespace: 'AWS/Events', name, dimensions }, now() - SPAN, now())) ?? 0;
    sums.both += await sum('MatchedEvents', { EventBusName, RuleName });
    sums.ruleOnly += await sum('MatchedEvents', { RuleName });
    sums.failed += await sum('FailedInvocations', { EventBusName, RuleName });
  }
  return sums;
}

/** Keeps every metric of the rules, so that what was not thought of can be seen. */
async function keepMetrics({ aws, management, region, keep }: Look, rules: readonly string[]): Promise<void> {
  const client = aws.client(CloudWatchClient, management, region);
  for (const Value of rules) {
    const input = { Namespace: 'AWS/Events', Dimensions: [{ Name: 'RuleName', Value }] };
    const { Metrics = [] } = await client.send(new ListMetricsCommand(input));
    keep(
      `metrics of rule ${Value}`,
      Metrics.map(({ MetricName, Dimensions }) => ({ MetricName, Dimensions })),
    );
  }
}

import { type Duration, Fn } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, type MetricProps, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';

/**
 * Events that rules could not even put into their dead-letter queue: they are lost.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function lostEvents(rules: readonly Rule[], period: Duration): IMetric {
  const namespace = 'AWS/Events';
  const metricName = 'InvocationsFailedToBeSentToDlq';
  return sumOf(
    rules.map((rule) => ({ namespace, metricName, dimensionsMap: dimensionsOf(rule) })),
    period,
  );
}

/** Rules of the default bus have no `EventBusName` in their metrics, all others have. */
function dimensionsOf(rule: Rule): Record<string, string> {
  const { eventBusName } = rule.node.defaultChild as CfnRule;
  // `Ref` of a rule on a custom bus is `bus|rule`; its ARN ends in `rule/bus/rule`.
  const partOfArn = (at: number) => Fn.select(at, Fn.split('/', rule.ruleArn));
  return eventBusName === undefined
    ? { RuleName: partOfArn(1) }
    : { EventBusName: partOfArn(1), RuleName: partOfArn(2) };
}

/** Events that rules have heard, whatever became of them. */
export function heardBy(rules: readonly Rule[], period: Duration): IMetric {
  const [namespace, metricName] = ['AWS/Events', 'MatchedEvents'];
  return sumOf(
    rules.map((rule) => ({ namespace, metricName, dimensionsMap: dimensionsOf(rule) })),
    period,
  );
}

/** The sum of metrics that are mostly silent, which may be of different services. */
export function together(metrics: Readonly<Record<string, IMetric>>, period: Duration): IMetric {
  return new MathExpression({ expression: 'SUM(FILL(METRICS(), 0))', usingMetrics: { ...metrics }, period });
}

/** What the responder does with its table. */
const OPERATIONS = ['GetItem', 'PutItem', 'Query', 'UpdateItem'];

/**
 * Requests to a table that DynamoDB throttled, or failed at.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableFailures({ tableName: TableName }: ITable, period: Duration): IMetric {
  const namespace = 'AWS/DynamoDB';
  return sumOf(
    ['ThrottledRequests', 'SystemErrors'].flatMap((metricName) =>
      OPERATIONS.map((Operation) => ({ namespace, metricName, dimensionsMap: { TableName, Operation } })),
    ),
    period,
  );
}

/** The sum of metrics that are mostly silent. */
function sumOf(metrics: readonly MetricProps[], period: Duration): IMetric {
  const named = metrics.map((props, at) => [`m${at}`, new Metric({ ...props, statistic: Stats.SUM, period })] as const);
  return together(Object.fromEntries(named), period);
}

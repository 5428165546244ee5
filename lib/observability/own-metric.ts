import type { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, type MetricName } from '../../lambda/audit/metrics';

/** One of Trailmend's own metrics, of everything together: its sum, or another statistic. */
export function ownMetric(metricName: MetricName, period: Duration, statistic: string = Stats.SUM): Metric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, period, statistic });
}

import type { AuditLine } from './audit-line';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS, type MetricName, metricsOf } from './metrics';

/**
 * Writes an audit record as one JSON line, which CloudWatch also reads as metrics (embedded metric format). The calls stand
 * last: CloudWatch Logs Insights finds only the first 200 fields of a line.
 * @param write takes the line; in the function, standard output, so that the runtime does not wrap it
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeAuditRecord(record: AuditLine, write: (line: string) => unknown): void {
  const { calls, ...rest } = record;
  const values = metricsOf(record);
  const names = Object.keys(values) as MetricName[];
  const line = {
    ...rest,
    ...(record.kind === 'event' && { planKind: record.plan.kind }),
    ...values,
    _aws: { Timestamp: Date.parse(record.time), CloudWatchMetrics: directivesFor(names) },
    calls,
  };
  write(`${JSON.stringify(line)}\n`);
}

/** What CloudWatch is to make of the values: a directive for each set of dimensions. */
function directivesFor(names: readonly MetricName[]): object[] {
  const directives = [
    { dimensions: [METRIC_DIMENSIONS, []], names: names.filter((name) => METRICS[name].byCase) },
    { dimensions: [[]], names: names.filter((name) => !METRICS[name].byCase) },
  ];
  return directives
    .filter((directive) => directive.names.length > 0)
    .map((directive) => ({
      Namespace: METRIC_NAMESPACE,
      Dimensions: directive.dimensions,
      Metrics: directive.names.map((name) => ({ Name: name, Unit: METRICS[name].unit })),
    }));
}

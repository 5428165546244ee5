import type { AuditRecord } from './audit-record';

/** CloudWatch namespace of Trailmend's metrics. */
const METRIC_NAMESPACE = 'Trailmend';

/**
 * Writes an audit record as one JSON line, which CloudWatch also reads as a metric (embedded metric format): `Events`,
 * by case, plan and outcome.
 * @param write takes the line; in the function, standard output, so that the runtime does not wrap it
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeAuditRecord(record: AuditRecord, write: (line: string) => unknown): void {
  const metric = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [['case', 'planKind', 'outcome']],
    Metrics: [{ Name: 'Events', Unit: 'Count' }],
  };
  const line = {
    _aws: { Timestamp: Date.parse(record.time), CloudWatchMetrics: [metric] },
    ...record,
    planKind: record.plan.kind,
    Events: 1,
  };
  write(`${JSON.stringify(line)}\n`);
}

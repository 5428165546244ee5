import { type CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';

/** A metric of CloudWatch. */
type NamedMetric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** Sum of a metric between two times (ms since 1970); null when it has no value. */
export async function sumOf(
  client: CloudWatchClient,
  { namespace, name, dimensions }: NamedMetric,
  from: number,
  to: number,
): Promise<number | null> {
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(from),
      EndTime: new Date(to),
      Period: 300,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.length === 0 ? null : Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
}

import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE } from '../../../lambda/audit/metrics';
import { answer, type Fact } from '../fact';
import { deploymentOf } from '../look';
import { sumOf } from '../metrics';

/** How far back is looked, in ms: the responder sweeps every minute. */
const SPAN = 30 * 60_000;

export const ownMetrics: Fact = {
  id: 'own-metrics',
  stage: 'deployed',
  question: 'Does CloudWatch take metrics (EMF) from a function whose log format is JSON?',
  expected: `Namespace \`${METRIC_NAMESPACE}\` has \`Sweeps\` without dimensions, with a value; metrics by case have the dimensions ${METRIC_DIMENSIONS.map((name) => `\`${name}\``).join(', ')}.`,
  calls: 'Management account: cloudwatch:GetMetricStatistics, cloudwatch:ListMetrics',
  changes: '',
  undo: '',
  minutes: 1,
  run: async (look) => {
    deploymentOf(look);
    const client = look.aws.client(CloudWatchClient, look.management, look.region);
    const now = look.now();
    const sweeps = await sumOf(
      client,
      { namespace: METRIC_NAMESPACE, name: 'Sweeps', dimensions: {} },
      now - SPAN,
      now,
    );
    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: METRIC_NAMESPACE }));
    look.keep(`metrics of ${METRIC_NAMESPACE}`, Metrics);
    const forms = new Set(
      Metrics.map(({ Dimensions = [] }) =>
        Dimensions.map(({ Name }) => Name)
          .sort()
          .join('+'),
      ),
    );
    const known = ['', [...METRIC_DIMENSIONS].sort().join('+')];
    return answer(
      (sweeps ?? 0) > 0 && [...forms].every((form) => known.includes(form)),
      `Sweeps in the last 30 minutes: ${sweeps ?? 'none'}; dimensions seen: ${[...forms].map((form) => form || '(none)').join(', ') || 'no metric'}`,
    );
  },
};

import { type Call, type Service, textIn, type World } from './operation';

const SECOND = 1_000;

/** CloudWatch: the age of the oldest message of a queue, which health checks ask for. Of other metrics it knows nothing. */
export const cloudwatch: Service = {
  protocol: 'json',
  denialCode: 'AccessDenied',
  operations: {
    GetMetricStatistics: {
      permissions: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
      perform: (call, world) => {
        const age = textIn(call, 'MetricName') === 'ApproximateAgeOfOldestMessage' ? oldestAge(call, world) : null;
        const Timestamp = Math.floor(world.clock.now() / SECOND);
        const point = {
          Timestamp,
          Unit: 'Seconds',
          Maximum: age,
          Average: age,
          Minimum: age,
          Sum: age,
          SampleCount: 1,
        };
        return { Label: textIn(call, 'MetricName'), Datapoints: age === null ? [] : [point] };
      },
    },
  },
};

/** Seconds; null when the caller's account has no such queue in this Region. */
function oldestAge({ input, caller, region }: Call, { deployment, clock }: World): number | null {
  const dimensions = Array.isArray(input.Dimensions) ? input.Dimensions : [];
  const name = dimensions.find(({ Name }) => Name === 'QueueName')?.Value;
  const queue = deployment.queues.get(`arn:aws:sqs:${region}:${caller.account}:${name}`);
  return queue ? Math.floor((clock.now() - (queue.oldestSentAt ?? clock.now())) / SECOND) : null;
}

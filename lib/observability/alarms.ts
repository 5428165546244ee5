import { Duration } from 'aws-cdk-lib';
import { Alarm, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Beginning of every alarm name; the topic lets alarms publish by it. */
export const ALARM_NAME_PREFIX = 'trailmend-';

/** Names of the alarms by construct id. Each is also the heading of its article in `docs/runbook.md`. */
export const ALARM_NAMES = {
  DeadLetters: 'trailmend-dead-letters',
  ResponderFailing: 'trailmend-responder-failing',
} as const;

/** What the alarms watch and whom they tell. */
export type AlarmsProps = {
  readonly deadLetters: IQueue;
  readonly responder: IFunction;
  readonly topic: ITopic;
};

/** One alarm per way of failing, published to the administrators' topic. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { deadLetters, responder, topic }: AlarmsProps) {
    super(scope, id);
    const tell = new SnsAction(topic);
    const alarm = (name: keyof typeof ALARM_NAMES, what: string, metric: IMetric, threshold: number) =>
      new Alarm(this, name, {
        alarmName: ALARM_NAMES[name],
        alarmDescription: `${what} What to do: docs/runbook.md#${ALARM_NAMES[name]}`,
        metric,
        threshold,
        evaluationPeriods: 1,
        // Both metrics are silent while nothing happens.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(tell);

    alarm(
      'DeadLetters',
      'Refused calls could not be handled or delivered and wait in the dead-letter queue for at most 14 days.',
      deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
      1,
    );
    // A delivery that fails comes back after six minutes, so two errors within fifteen are more than one bad moment.
    alarm(
      'ResponderFailing',
      'The responder crashed or ran out of time twice within 15 minutes: refused calls are retried, nobody is told of them.',
      responder.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(15) }),
      2,
    );
  }
}

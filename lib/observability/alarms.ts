import { Alarm, ComparisonOperator, type IAlarm, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type Watched, watches } from './watches';

/** Beginning of every alarm name; the topic lets alarms publish by it. */
export const ALARM_NAME_PREFIX = 'trailmend-';

/**
 * Names of the alarms by construct id: one for every way of failing. Each is also the heading of its article in
 * `docs/runbook.md`.
 */
export const ALARM_NAMES = {
  DeadLetters: 'trailmend-dead-letters',
  EventsLost: 'trailmend-events-lost',
  QueueOld: 'trailmend-queue-old',
  ResponderFailing: 'trailmend-responder-failing',
  ResponderThrottled: 'trailmend-responder-throttled',
  ResponderSlow: 'trailmend-responder-slow',
  SweepsMissing: 'trailmend-sweeps-missing',
  DeliveriesFailing: 'trailmend-deliveries-failing',
  RolesFailing: 'trailmend-roles-failing',
  NoticesFailing: 'trailmend-notices-failing',
  NoticesUndelivered: 'trailmend-notices-undelivered',
  MalformedEvents: 'trailmend-malformed-events',
  OwnRefusals: 'trailmend-own-refusals',
  TableFailing: 'trailmend-table-failing',
  ProbeMissing: 'trailmend-probe-missing',
  ProbeFailing: 'trailmend-probe-failing',
  HealthFailing: 'trailmend-health-failing',
  Tampered: 'trailmend-tampered',
} as const;

/** Construct id of one of {@link ALARM_NAMES}. */
export type AlarmId = keyof typeof ALARM_NAMES;

/** What one alarm watches. */
export type Watch = {
  /** What has happened when it sounds: one sentence. */
  readonly what: string;
  readonly metric: IMetric;
  /** Sounds at this value, or below it where `below` is set. */
  readonly threshold: number;
  /** The latest periods that it looks at. Default: 1. */
  readonly periods?: number;
  /** How many of these must be beyond the threshold. Default: all. */
  readonly atLeast?: number;
  /** Sounds below the threshold, and also when there is no value. Default: from it on, and silence is well. */
  readonly below?: boolean;
};

/** What the alarms watch and whom they tell. */
export type AlarmsProps = Watched & {
  /** Topics that every alarm publishes to. */
  readonly topics: readonly ITopic[];
};

/** One alarm per way of failing. */
export class Alarms extends Construct {
  /** In the order of {@link ALARM_NAMES}. */
  readonly all: readonly IAlarm[];

  constructor(scope: Construct, id: string, { topics, ...watched }: AlarmsProps) {
    super(scope, id);
    const actions = topics.map((topic) => new SnsAction(topic));
    const toWatch = watches(watched);
    this.all = (Object.keys(ALARM_NAMES) as AlarmId[]).map((name) => {
      const alarm = this.create(name, toWatch[name]);
      alarm.addAlarmAction(...actions);
      return alarm;
    });
  }

  private create(
    name: AlarmId,
    { what, metric, threshold, periods = 1, atLeast = periods, below = false }: Watch,
  ): Alarm {
    return new Alarm(this, name, {
      alarmName: ALARM_NAMES[name],
      alarmDescription: `${what} What to do: docs/runbook.md#${ALARM_NAMES[name]}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: atLeast,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}

import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmId, Watch } from './alarms';
import { ownMetric } from './own-metric';
import { heardBy, lostEvents, tableFailures, together } from './service-metrics';

/** What the alarms watch. */
export type Watched = {
  /** The rules whose events would be missed: those that hear, those that forward, the sweep's. A lost run of the probe is missed itself. */
  readonly rules: readonly Rule[];
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly responder: IFunction;
  readonly probe: IFunction;
  /** The rules that hear changes of Trailmend's own resources by hand. */
  readonly tampering: readonly Rule[];
  readonly table: ITable;
  /** Topic of the notices. */
  readonly notices: ITopic;
};

type Watches<Id extends AlarmId> = Readonly<Record<Id, Watch>>;

const FIVE_MINUTES = Duration.minutes(5);
/** A delivery that fails comes back after six minutes: a quarter of an hour in which it failed again is no bad moment. */
const AGAIN = { threshold: 1, periods: 3, atLeast: 2 };
/** All the time for a quarter of an hour. */
const LASTING = { threshold: 1, periods: 3 };

/** What each alarm watches, and from when on it sounds. */
export function watches(watched: Watched): Watches<AlarmId> {
  return {
    ...onTheWay(watched),
    ...ofResponder(watched),
    ...ofWork(),
    ...ofNotices(watched),
    TableFailing: {
      what: 'DynamoDB has throttled requests of Trailmend or failed at them for 15 minutes: answers come late.',
      // The SDK repeats single ones.
      metric: tableFailures(watched.table, FIVE_MINUTES),
      ...LASTING,
    },
    ...ofProbe(watched),
  };
}

function ofProbe({
  probe,
  tampering,
}: Watched): Watches<'ProbeMissing' | 'ProbeFailing' | 'HealthFailing' | 'Tampered'> {
  const errors = probe.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES });
  return {
    ProbeMissing: {
      what: 'The probe, which runs every five minutes, has not ended a run for 15 minutes: nobody watches Trailmend.',
      metric: ownMetric('Probes', FIVE_MINUTES),
      ...LASTING,
      below: true,
    },
    ProbeFailing: {
      what: 'The probe crashed, ran out of time, or could not do one of its steps again within 15 minutes.',
      metric: together({ errors, steps: ownMetric('FailedProbes', FIVE_MINUTES) }, FIVE_MINUTES),
      ...AGAIN,
    },
    HealthFailing: {
      what: 'Checks of Trailmend have failed again within 15 minutes: refused calls may go unheard or untold.',
      // Everything is checked hourly, and every five minutes from the first failure on.
      metric: ownMetric('FailedChecks', FIVE_MINUTES, Stats.MAXIMUM),
      ...AGAIN,
    },
    Tampered: {
      what: "Somebody changed one of Trailmend's own resources by hand.",
      metric: heardBy(tampering, FIVE_MINUTES),
      threshold: 1,
    },
  };
}

function onTheWay({
  rules,
  queue,
  deadLetters,
}: Watched): Watches<'DeadLetters' | 'EventsLost' | 'QueueOld' | 'SweepsMissing'> {
  return {
    DeadLetters: {
      what: 'Refused calls could not be handled or delivered and wait in the dead-letter queue for at most 14 days.',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
      }),
      threshold: 1,
    },
    EventsLost: {
      what: 'EventBridge could deliver events neither to their target nor to the dead-letter queue: they are lost.',
      metric: lostEvents(rules, FIVE_MINUTES),
      threshold: 1,
    },
    QueueOld: {
      what: 'A message has waited 20 minutes in the queue of refused calls: nobody reads it, or not fast enough.',
      // Waiting for one's second and third delivery takes 12 minutes; SQS leaves older failures out of this metric.
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      threshold: Duration.minutes(20).toSeconds(),
    },
    SweepsMissing: {
      what: 'The sweep, which runs every minute, has not ended well for 15 minutes: nobody is told of what gathers.',
      metric: ownMetric('Sweeps', FIVE_MINUTES),
      ...LASTING,
      below: true,
    },
  };
}

function ofResponder({ responder }: Watched): Watches<'ResponderFailing' | 'ResponderThrottled' | 'ResponderSlow'> {
  return {
    ResponderFailing: {
      what: 'The responder crashed or ran out of time again within 15 minutes: refused calls are retried, nobody is told of them.',
      metric: responder.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      ...AGAIN,
    },
    ResponderThrottled: {
      what: 'Lambda has throttled the responder for 15 minutes: the account has no concurrency left for it.',
      // The queue's poller backs off and tries again, so only lasting throttling delays anything.
      metric: responder.metricThrottles({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      ...LASTING,
    },
    ResponderSlow: {
      what: 'The responder has taken 45 of its 60 seconds again and again for 15 minutes: soon it runs out of time.',
      metric: responder.metricDuration({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES }),
      ...LASTING,
      threshold: Duration.seconds(45).toMilliseconds(),
    },
  };
}

function ofWork(): Watches<'DeliveriesFailing' | 'RolesFailing' | 'MalformedEvents' | 'OwnRefusals'> {
  return {
    DeliveriesFailing: {
      what: 'Answering refused calls, or a sweep, failed again within 15 minutes. What fails has six deliveries.',
      metric: ownMetric('FailedDeliveries', FIVE_MINUTES),
      ...AGAIN,
    },
    RolesFailing: {
      what: 'Trailmend could not look for or create a service-linked role that CloudTrail needs.',
      metric: ownMetric('FailedRoles', FIVE_MINUTES),
      threshold: 1,
    },
    MalformedEvents: {
      what: 'Messages came that are no CloudTrail records: who sends them, or has AWS changed the format?',
      // An hour, so that a stream of them is one alarm.
      metric: ownMetric('Malformed', Duration.hours(1)),
      threshold: 1,
    },
    OwnRefusals: {
      what: 'AWS refused a call of Trailmend itself: a right is missing, or a policy forbids it.',
      metric: ownMetric('OwnRefusals', FIVE_MINUTES),
      threshold: 1,
    },
  };
}

function ofNotices({ notices }: Watched): Watches<'NoticesFailing' | 'NoticesUndelivered'> {
  return {
    NoticesFailing: {
      what: 'SNS refused notices again within 15 minutes, so repeating them does not help.',
      metric: ownMetric('FailedNotices', FIVE_MINUTES),
      ...AGAIN,
    },
    NoticesUndelivered: {
      what: 'SNS gave up delivering notices or alarms to one of the subscribers.',
      metric: notices.metricNumberOfNotificationsFailed({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      threshold: 1,
    },
  };
}

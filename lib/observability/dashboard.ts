import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  MathExpression,
  PeriodOverride,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE } from '../../lambda/audit/metrics';
import { CASES } from '../../lambda/cases';
import { ownMetric } from './own-metric';
import { BY_ACCOUNT, MENDED, OPEN_INCIDENTS, queryText } from './queries';

/** Name of the dashboard. Fixed, so that people find it, and so does the documentation. */
const DASHBOARD_NAME = 'Trailmend';

/** What the dashboard shows. */
export type DashboardProps = {
  readonly alarms: readonly IAlarm[];
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  /** Holds the audit log. */
  readonly logGroup: ILogGroup;
};

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);

/** One page that says at a glance: is it alive, what is open, what was mended, who was told, where does it come from. */
export class Dashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DashboardProps,
  ) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: DASHBOARD_NAME,
      defaultInterval: Duration.days(1),
      // Otherwise CloudWatch chooses periods by the time that is shown, and "every five minutes" would not hold.
      periodOverride: PeriodOverride.INHERIT,
      widgets: [this.alive(), this.open(), this.mended(), this.told(), this.trends()],
    });
  }

  private alive(): IWidget[] {
    const { alarms, queue, deadLetters } = this.props;
    const highest = { statistic: Stats.MAXIMUM, period: FIVE_MINUTES };
    return [
      heading('Alive? All alarms green, five sweeps every five minutes, nothing old in the queue, no dead letters.'),
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 12, height: 6 }),
      graph('Sweeps every 5 minutes', 4, [ownMetric('Sweeps', FIVE_MINUTES)]),
      graph('Oldest message, seconds', 4, [queue.metricApproximateAgeOfOldestMessage({ ...highest, label: 'age' })]),
      graph('Dead letters', 4, [
        deadLetters.metricApproximateNumberOfMessagesVisible({ ...highest, label: 'messages' }),
      ]),
      graph('Runs of the probe every 5 minutes', 8, [
        ownMetric('Probes', FIVE_MINUTES),
        ownMetric('FailedProbes', FIVE_MINUTES),
      ]),
      graph('Checks', 8, [
        ownMetric('FailedChecks', FIVE_MINUTES, Stats.MAXIMUM),
        ownMetric('UncheckedChecks', FIVE_MINUTES, Stats.MAXIMUM),
      ]),
      graph('Canaries that came back', 8, [ownMetric('Canaries', HOUR)]),
    ];
  }

  private open(): IWidget[] {
    return [
      heading(
        'Open? Incidents of the time above that Trailmend has not mended. More of one: saved query one-incident.',
      ),
      this.table('Open incidents', 24, OPEN_INCIDENTS),
    ];
  }

  private mended(): IWidget[] {
    return [
      heading('Mended? What became of missing service-linked roles.'),
      this.table('Roles', 18, MENDED),
      graph('Roles that could not be ensured', 6, [ownMetric('FailedRoles', HOUR)]),
    ];
  }

  private told(): IWidget[] {
    const time = (statistic: string, label: string) => ownMetric('TimeToOutcome', HOUR, statistic).with({ label });
    return [
      heading('Told? Notices that SNS took, what was kept quiet on purpose, what failed, how long answers take.'),
      graph('Notices an hour', 8, [ownMetric('Notices', HOUR), ownMetric('Suppressed', HOUR)]),
      graph('Failures an hour', 8, [
        ownMetric('FailedNotices', HOUR),
        ownMetric('FailedDeliveries', HOUR),
        ownMetric('OwnRefusals', HOUR),
        ownMetric('Malformed', HOUR),
      ]),
      graph('From call to outcome, ms', 8, [time(Stats.p(50), 'median'), time(Stats.p(99), '99 of 100')]),
    ];
  }

  private trends(): IWidget[] {
    const bars = LogQueryVisualizationType.BAR;
    return [
      heading('Where from? Refused calls by case and by account.'),
      graph(
        'Denials an hour by case',
        16,
        CASES.map(({ id }) => denialsOf(id)),
        true,
      ),
      this.table('Denials by account', 8, BY_ACCOUNT, bars),
    ];
  }

  private table(title: string, width: number, query: readonly string[], view?: LogQueryVisualizationType): IWidget {
    const logGroupNames = [this.props.logGroup.logGroupName];
    return new LogQueryWidget({ title, width, height: 6, logGroupNames, queryString: queryText(query), view });
  }
}

function heading(sentence: string): IWidget {
  return new TextWidget({ markdown: sentence, width: 24, height: 1 });
}

function graph(title: string, width: number, left: IMetric[], stacked = false): IWidget {
  return new GraphWidget({ title, width, height: 6, left, stacked, leftYAxis: { min: 0, showUnits: false } });
}

/** The denials of one case, whatever was planned and came of it. */
function denialsOf(id: string): IMetric {
  const schema = [METRIC_NAMESPACE, ...METRIC_DIMENSIONS].join(',');
  return new MathExpression({
    expression: `SUM(SEARCH('{${schema}} MetricName="Denials" case="${id}"', 'Sum', ${HOUR.toSeconds()}))`,
    label: id,
    period: HOUR,
  });
}

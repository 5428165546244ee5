import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Responder } from '../responder';
import { Alarms } from './alarms';
import { Dashboard } from './dashboard';
import { SavedQueries } from './saved-queries';
import type { Watched } from './watches';

/** What is observed. */
export type ObservabilityProps = Omit<Watched, 'responder'> & {
  readonly responder: Responder;
  /** A topic besides that of the notices, so that alarms do not rest on it alone. */
  readonly alarmTopicArn?: string;
};

/** How people see whether Trailmend works, and what it did: alarms, a dashboard, saved queries. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, { responder, alarmTopicArn, ...watched }: ObservabilityProps) {
    super(scope, id);
    const { queue, deadLetters, notices } = watched;
    const { logGroup } = responder;
    const more = alarmTopicArn === undefined ? [] : [Topic.fromTopicArn(this, 'AlarmTopic', alarmTopicArn)];
    const alarms = new Alarms(this, 'Alarms', {
      ...watched,
      responder: responder.function,
      topics: [notices, ...more],
    });
    new Dashboard(this, 'Dashboard', { alarms: alarms.all, queue, deadLetters, logGroup });
    new SavedQueries(this, 'Queries', logGroup);
  }
}

import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { answer, type Fact, NotChecked } from '../fact';
import { deploymentOf, type Look } from '../look';

/** An alarm that says little, so that setting it off frightens nobody. */
const ALARM = 'trailmend-malformed-events';

/** How long CloudWatch gets to act, in minutes. */
const MINUTES = 3;

export const alarmTopic: Fact = {
  id: 'alarm-topic',
  stage: 'deployed',
  question: 'May CloudWatch alarms publish to the encrypted topic? Where they may not, nobody is told.',
  expected: 'The history of the alarm says that its action on the topic was executed.',
  calls: 'Management account: cloudwatch:DescribeAlarms, cloudwatch:SetAlarmState, cloudwatch:DescribeAlarmHistory',
  changes: `Alarm \`${ALARM}\` sounds, so its subscribers get a mail`,
  undo: 'The alarm is set back to the state it had.',
  minutes: MINUTES,
  run: async (look) => {
    const { topicArn } = deploymentOf(look);
    const client = look.aws.client(CloudWatchClient, look.management, look.region);
    const since = look.now();
    await sound(look, client);
    const action = await look.waits.until(`the action of ${ALARM}`, MINUTES, () => actionOn(client, topicArn, since));
    return answer(
      action?.startsWith('Successfully executed') === true,
      action ?? `no action on the topic within ${MINUTES} minutes`,
    );
  },
};

async function sound({ changes, region }: Look, client: CloudWatchClient): Promise<void> {
  const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
  if (alarm?.StateValue === undefined) {
    throw new NotChecked(`there is no alarm ${ALARM}`);
  }
  if (alarm.StateValue === 'ALARM') {
    throw new NotChecked(`the alarm ${ALARM} sounds already, so it does not act again`);
  }
  const before = alarm.StateValue;
  const set = (StateValue: StateValue, StateReason: string) =>
    client.send(new SetAlarmStateCommand({ AlarmName: ALARM, StateValue, StateReason }));
  await changes.make({
    what: `alarm ${ALARM} sounds`,
    byHand: `aws cloudwatch set-alarm-state --alarm-name ${ALARM} --state-value ${before} --state-reason "live check" --region ${region}`,
    make: () => set('ALARM', 'Trailmend live check: nothing is wrong'),
    undo: () => set(before, 'Trailmend live check: over'),
  });
}

/** What CloudWatch says of its latest action on the topic; null while there is none. */
async function actionOn(client: CloudWatchClient, topicArn: string, since: number): Promise<string | null> {
  const { AlarmHistoryItems = [] } = await client.send(
    new DescribeAlarmHistoryCommand({
      AlarmName: ALARM,
      HistoryItemType: 'Action',
      StartDate: new Date(since - 5_000),
      EndDate: new Date(since + 600_000),
    }),
  );
  const item = AlarmHistoryItems.find(({ HistorySummary }) => HistorySummary?.includes(topicArn));
  return item?.HistorySummary ?? null;
}

import { shellWord } from '../../notice/shell-word';
import { word } from '../commands';
import { ofDeployment } from '../of-deployment';
import { aboutHub, failed, notChecked, ok } from '../verdict';

/** As the alarm `QueueOld` has it: waiting for one's second and third delivery takes 12 minutes. */
const LIMIT_S = 20 * 60;

/** Over how long it is measured. */
const MEASURED_MS = 15 * 60_000;

/**
 * Nothing has waited long in the queue of refused calls: somebody reads it.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const queue = ofDeployment('queue', async (look) => {
  const { queueUrl, homeRegion } = look.expectation;
  const about = aboutHub('queue', look);
  const name = queueUrl.split('/').at(-1) ?? '';
  const to = look.now();
  const seconds = await look.aws.oldestMessage(name, { from: to - MEASURED_MS, to }, homeRegion);
  if (seconds === null) {
    return [notChecked(about, { kind: 'queue-unmeasured' })];
  }
  return [
    seconds < LIMIT_S
      ? ok(about, { kind: 'queue-flows', seconds })
      : failed(about, { kind: 'queue-stuck', seconds, limit: LIMIT_S }, [
          `aws lambda list-event-source-mappings --event-source-arn ${word(arnOf(queueUrl, look.expectation))} --region ${word(homeRegion)}`,
          `aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix trailmend- --query MetricAlarms[].AlarmDescription --region ${word(homeRegion)}`,
        ]),
  ];
});

/**
 * Nothing waits among what could not be delivered or handled. SQS keeps it for 14 days.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export const deadLetters = ofDeployment('dead-letters', async (look) => {
  const { deadLettersUrl, homeRegion } = look.expectation;
  const about = aboutHub('dead-letters', look);
  const { arn, count } = await look.aws.messages(deadLettersUrl, homeRegion);
  const place = `--region ${word(homeRegion)}`;
  return [
    count === 0
      ? ok(about, { kind: 'dead-letters-none' })
      : failed(about, { kind: 'dead-letters', count }, [
          `aws sqs receive-message --queue-url ${shellWord(deadLettersUrl)} --message-attribute-names All --visibility-timeout 0 ${place}`,
          `aws sqs start-message-move-task --source-arn ${word(arn)} --destination-arn ${word(arnOf(look.expectation.queueUrl, look.expectation))} ${place}`,
        ]),
  ];
});

function arnOf(
  url: string,
  { partition, homeRegion, managementAccount }: { partition: string; homeRegion: string; managementAccount: string },
): string {
  return `arn:${partition}:sqs:${homeRegion}:${managementAccount}:${url.split('/').at(-1)}`;
}

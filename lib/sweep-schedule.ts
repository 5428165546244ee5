import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SWEEP_MESSAGE } from '../lambda/incidents/sweep-message';

/** The queue that the responder reads, and where goes what cannot be put there. */
export type SweepScheduleProps = { readonly queue: IQueue; readonly deadLetters: IQueue };

/**
 * Every minute asks the responder to do what is due: notices that gathered, digests, what was left unsent. It takes the
 * queue of the events, so it is retried and alarmed like these, and no second function has their rights.
 */
export class SweepSchedule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { queue, deadLetters }: SweepScheduleProps) {
    super(scope, id);
    this.rule = new Rule(this, 'Rule', {
      description: 'Trailmend: every minute, what is due',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [
        new SqsQueue(queue, { message: RuleTargetInput.fromObject(SWEEP_MESSAGE), deadLetterQueue: deadLetters }),
      ],
    });
  }
}

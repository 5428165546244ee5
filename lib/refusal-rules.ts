import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { type CfnRule, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { cloudTrailRefusals, neighbourRefusals } from './event-patterns';

/**
 * Rule state in which EventBridge also delivers read-only management events, such as a refused `GetTrailStatus`. It must
 * be set on both sides of a forwarding.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
const SEES_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** What {@link RefusalRules} listens to and where it sends. */
export type RefusalRulesProps = {
  /** Bus to listen to. Default: the default bus of the account and Region. */
  readonly eventBus?: IEventBus;
  /** Where every matching event goes. */
  readonly target: IRuleTarget;
};

/** The two rules that hear refused calls, once per bus that events pass. */
export class RefusalRules extends Construct {
  readonly all: readonly Rule[];

  constructor(scope: Construct, id: string, { eventBus, target }: RefusalRulesProps) {
    super(scope, id);
    const listen = (name: string, description: string, eventPattern: EventPattern) => {
      const rule = new Rule(this, name, { description, eventBus, eventPattern, targets: [target] });
      // `Rule` knows only ENABLED and DISABLED, so its CloudFormation resource is told.
      (rule.node.defaultChild as CfnRule).state = SEES_READS;
      return rule;
    };
    this.all = [
      listen('CloudTrail', 'Trailmend: failed calls to CloudTrail, throttling left out', cloudTrailRefusals),
      listen('Neighbours', 'Trailmend: calls refused by services around CloudTrail, tied to it', neighbourRefusals),
    ];
  }
}

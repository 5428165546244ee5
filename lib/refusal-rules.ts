import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { type CfnRule, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { CURRENT_PATTERNS, type Patterns } from './event-patterns';

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
  /** Patterns of versions before this one that are heard as well. Default: none. */
  readonly previous?: readonly Patterns[];
};

/** The rules that hear refused calls, once per bus that events pass: two for each version of the patterns. */
export class RefusalRules extends Construct {
  readonly all: readonly Rule[];

  constructor(scope: Construct, id: string, { previous = [], ...props }: RefusalRulesProps) {
    super(scope, id);
    const older = previous.flatMap((patterns) => this.listen(patterns, props, String(patterns.version)));
    const current = this.listen(CURRENT_PATTERNS, props);
    // An upgrade first adds the rules of the version before, then changes its own: nothing goes unheard in between.
    for (const rule of older.length > 0 ? current : []) {
      rule.node.addDependency(...older);
    }
    this.all = [...current, ...older];
  }

  private listen(patterns: Patterns, { eventBus, target }: RefusalRulesProps, suffix = ''): Rule[] {
    const rule = (name: string, what: string, eventPattern: EventPattern) => {
      const description = `Trailmend: ${what} (patterns ${patterns.version})`;
      const heard = new Rule(this, `${name}${suffix}`, { description, eventBus, eventPattern, targets: [target] });
      // `Rule` knows only ENABLED and DISABLED, so its CloudFormation resource is told.
      (heard.node.defaultChild as CfnRule).state = SEES_READS;
      return heard;
    };
    return [
      rule('CloudTrail', 'failed calls to CloudTrail, throttling left out', patterns.cloudTrail),
      rule('Neighbours', 'calls refused by services around CloudTrail, tied to it', patterns.neighbours),
    ];
  }
}

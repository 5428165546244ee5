import type { EventPattern, IEventBus, IRule, IRuleTarget } from 'aws-cdk-lib/aws-events';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ALARM_NAME_PREFIX } from './observability/alarms';

/** Beginning of the names of these rules. Fixed, so that they can name each other. */
const NAME_PREFIX = 'trailmend-';

/** How CloudTrail names CloudFormation where it calls for somebody; only AWS can write it there. */
const CLOUDFORMATION = 'cloudformation.amazonaws.com';

/** Trailmend's own resources. */
type OwnResources = {
  readonly bus: IEventBus;
  /** Rules of the default bus. */
  readonly rules: readonly IRule[];
  readonly queues: readonly IQueue[];
  readonly topic: ITopic;
  readonly key: IKey;
  readonly functions: readonly IFunction[];
  readonly roles: readonly IRole[];
  readonly tableName: string;
};

/** What is heard, and who is told. */
export type TamperRulesProps = OwnResources & { readonly target: IRuleTarget };

/**
 * Rules on the default bus that hear every change of Trailmend's own resources in this account and Region: those by hand,
 * and those that CloudFormation makes when a stack is deployed. They are told apart here, so that the metrics of the first
 * can sound an alarm that rests on nothing else of Trailmend. Each kind is two rules, since a pattern has 2,048 characters
 * and names may be long.
 */
export class TamperRules extends Construct {
  readonly byHand: readonly Rule[];

  constructor(scope: Construct, id: string, { target, ...own }: TamperRulesProps) {
    super(scope, id);
    const listen = (name: string, ruleName: string, description: string, eventPattern: EventPattern) =>
      new Rule(this, name, { ruleName: NAME_PREFIX + ruleName, description, eventPattern, targets: [target] });
    const byHand = [{ 'anything-but': [CLOUDFORMATION] }];
    const hears = 'Trailmend: changes of its own rules, bus and alarms, or of its other resources';
    this.byHand = [
      listen('ByHandRule', 'tampered-rules', `${hears}, by hand`, changes(RULE_SERVICES, byHand, namedRules(own))),
      listen(
        'ByHandOthersRule',
        'tampered-resources',
        `${hears}, by hand`,
        changes(SERVICES, byHand, namedOthers(own)),
      ),
    ];
    const deployed = [CLOUDFORMATION];
    listen(
      'DeployedRule',
      'redeployed-rules',
      `${hears}, by CloudFormation`,
      changes(RULE_SERVICES, deployed, namedRules(own)),
    );
    listen(
      'DeployedOthersRule',
      'redeployed-resources',
      `${hears}, by CloudFormation`,
      changes(SERVICES, deployed, namedOthers(own)),
    );
  }
}

/** Services of the rules, the bus and the alarms, and of everything else. */
const RULE_SERVICES = ['events', 'monitoring'];
const SERVICES = ['dynamodb', 'iam', 'kms', 'lambda', 'sns', 'sqs'];

/** Calls that change no resource: who confirms a subscription was asked to, and AWS Backup may back up the table. */
const HARMLESS = ['ConfirmSubscription', 'CreateBackup'];

/**
 * Successful management writes that name one of the resources. Where a trail logs data events, those of the probe itself
 * come as well: its runs would start the next one.
 */
function changes(services: readonly string[], sourceIPAddress: unknown[], named: object): EventPattern {
  return {
    source: services.map((service) => `aws.${service}`),
    detail: {
      readOnly: [false],
      managementEvent: [true],
      errorCode: [{ exists: false }],
      eventName: [{ 'anything-but': HARMLESS }],
      sourceIPAddress,
      ...named,
    },
  };
}

function namedRules({ bus, rules }: OwnResources): object {
  const names = [{ prefix: NAME_PREFIX }, ...rules.map(({ ruleName }) => ruleName)];
  const parameters = [
    { eventBusName: [{ suffix: bus.eventBusName }] },
    { name: [bus.eventBusName, ...names] },
    { rule: names },
    { alarmName: [{ prefix: ALARM_NAME_PREFIX }] },
    { alarmNames: [{ prefix: ALARM_NAME_PREFIX }] },
  ];
  return { requestParameters: { $or: parameters } };
}

/** Callers may give a name or an ARN where both end alike, hence suffixes. */
function namedOthers({ queues, topic, key, roles, tableName, ...own }: OwnResources): object {
  const functions = own.functions.map(({ functionName }) => ({ suffix: functionName }));
  const parameters = [
    { queueUrl: queues.map(({ queueName }) => ({ suffix: queueName })) },
    { topicArn: [topic.topicArn] },
    { subscriptionArn: [{ prefix: topic.topicArn }] },
    { keyId: [{ suffix: key.keyId }] },
    { functionName: functions },
    { roleName: roles.map(({ roleName }) => roleName) },
    { tableName: [{ suffix: tableName }] },
  ];
  // Of its event source, Lambda names the function in the answer only.
  return { $or: [{ requestParameters: { $or: parameters } }, { responseElements: { functionArn: functions } }] };
}

import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { cloudTrailRefusals, neighbourRefusals } from '../../lib/event-patterns';
import { Forwarder } from '../../lib/forwarder';
import { plain, resourceOf, resourcesOf, testApp } from './hub-template';

const HUB_BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/trailmend';

const stack = new Stack(testApp(), 'Elsewhere');
new Forwarder(stack, 'Forwarder', { hubBusArn: HUB_BUS });
const template = Template.fromStack(stack);
const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);

describe('a forwarder elsewhere', () => {
  it('is two rules, a role and a queue with their policies, none of them named', () => {
    const resources = Object.values(
      template.toJSON().Resources as Record<string, { Type: string; Properties: object }>,
    );

    expect(resources.map(({ Type }) => Type).sort()).toEqual([
      'AWS::Events::Rule',
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
    for (const { Properties } of resources) {
      expect(Object.keys(Properties)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(Role|Queue)?Name$/)]),
      );
    }
  });

  it('hears both patterns on the default bus, read-only calls included', () => {
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([cloudTrailRefusals, neighbourRefusals]);
    for (const rule of rules) {
      expect(rule.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
      expect(rule).not.toHaveProperty('EventBusName');
    }
  });

  it('sends straight to the hub bus with its role, and keeps what cannot be sent', () => {
    expect(rules).toHaveLength(2);
    for (const { Targets } of rules) {
      expect(plain(Targets)).toEqual([
        {
          Id: 'Target0',
          Arn: HUB_BUS,
          RoleArn: expect.stringMatching(/^<ForwarderRole\w+\.Arn>$/),
          DeadLetterConfig: { Arn: expect.stringMatching(/^<ForwarderDeadLetters\w+\.Arn>$/) },
        },
      ]);
    }
  });

  it('may put events on the hub bus and nothing else, for rules of its own account', () => {
    const role = resourceOf(template, 'AWS::IAM::Role', 'ForwarderRole').Properties;
    const policy = resourceOf(template, 'AWS::IAM::Policy', 'ForwarderRole').Properties;

    expect(policy.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'events:PutEvents', Resource: HUB_BUS },
    ]);
    expect(plain(role.AssumeRolePolicyDocument.Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '<AccountId>' } },
      },
    ]);
  });

  it('listens only when its role may send, since EventBridge does not repeat what lacks permission', () => {
    const [policy] = resourcesOf(template, 'AWS::IAM::Policy').map(([id]) => id);

    for (const [, rule] of resourcesOf(template, 'AWS::Events::Rule')) {
      expect(rule.DependsOn).toContain(policy);
    }
  });

  it('keeps dead letters for 14 days, encrypted, and admits its two rules', () => {
    const queue = resourceOf(template, 'AWS::SQS::Queue', 'ForwarderDeadLetters').Properties;
    const { Statement } = resourceOf(template, 'AWS::SQS::QueuePolicy', 'ForwarderDeadLetters').Properties
      .PolicyDocument;

    expect(queue).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    expect(Statement.map(({ Effect, Action }: Record<string, string>) => `${Effect} ${Action}`)).toEqual([
      'Deny sqs:*',
      'Allow sqs:SendMessage',
      'Allow sqs:SendMessage',
    ]);
  });
});

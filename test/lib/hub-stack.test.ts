import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { isSweep } from '../../lambda/incidents/sweep-message';
import { cloudTrailRefusals, neighbourRefusals } from '../../lib/event-patterns';
import { HUB_BUS_NAME } from '../../lib/hub-bus';
import { hubStack, hubTemplate, plain, resourceOf, resourcesOf } from './hub-template';

const template = hubTemplate({ organizationId: 'o-abcdefghij', emails: ['a@example.com'] });
const everyRule = resourcesOf(template, 'AWS::Events::Rule').map(([, rule]) => rule.Properties);
const rules = everyRule.filter(({ Description }) => /\(patterns \d+\)$/.test(Description));
const schedules = everyRule.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);

describe('the rules of the hub', () => {
  it('hear read-only calls on both sides of the forwarding', () => {
    const sides = rules.map(({ EventBusName, State }) => `${EventBusName ? 'hub' : 'default'}: ${State}`);

    const state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    expect(sides.sort()).toEqual([`default: ${state}`, `default: ${state}`, `hub: ${state}`, `hub: ${state}`]);
  });

  it.each([
    ['the hub bus', true],
    ['the default bus', false],
  ])('use both patterns on %s', (_, onHub) => {
    const patterns = rules
      .filter(({ EventBusName }) => Boolean(EventBusName) === onHub)
      .map((rule) => rule.EventPattern);

    expect(patterns).toEqual([cloudTrailRefusals, neighbourRefusals]);
  });

  it('keep what they cannot deliver', () => {
    const targets = rules.flatMap(({ Targets }) => Targets);

    expect(targets).toHaveLength(4);
    for (const target of targets) {
      expect(plain(target.DeadLetterConfig)).toEqual({ Arn: expect.stringMatching(/^<RefusalsDeadLetters\w+\.Arn>$/) });
    }
  });
});

describe('the schedule', () => {
  it('asks the responder every minute to do what is due, by way of its queue', () => {
    expect(plain(schedules)).toContainEqual(
      expect.objectContaining({
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [
          expect.objectContaining({
            Arn: expect.stringMatching(/^<RefusalsQueue\w+\.Arn>$/),
            DeadLetterConfig: { Arn: expect.stringMatching(/^<RefusalsDeadLetters\w+\.Arn>$/) },
            Input: '{"trailmend":"sweep"}',
          }),
        ],
      }),
    );
    expect(schedules.filter(({ Targets }) => isSweep(Targets[0].Input ?? ''))).toHaveLength(1);
  });
});

describe('the hub bus', () => {
  it('has a name that forwarders elsewhere can rely on', () => {
    expect(resourceOf(template, 'AWS::Events::EventBus', 'Bus').Properties.Name).toBe(HUB_BUS_NAME);
  });

  it('takes events of the organization and of nobody else', () => {
    const policies = resourcesOf(template, 'AWS::Events::EventBusPolicy').map(([, { Properties }]) =>
      plain(Properties),
    );

    expect(policies).toEqual([
      expect.objectContaining({
        Statement: {
          Sid: expect.stringMatching(/AllowOrganizationToPutEvents$/),
          Effect: 'Allow',
          Principal: '*',
          Action: 'events:PutEvents',
          Resource: expect.stringMatching(/^<Bus\w+\.Arn>$/),
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
        },
      }),
    ]);
  });

  it('has no policy, and says so, when the organization is not known', () => {
    const stack = hubStack();

    expect(resourcesOf(hubTemplate(), 'AWS::Events::EventBusPolicy')).toEqual([]);
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('takes events of this account only'));
  });
});

describe('the hub stack', () => {
  it('tells operators where its bus, topic and queues are', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'TrailmendBusArn',
      'TrailmendDeadLetterQueueUrl',
      'TrailmendExpectation',
      'TrailmendQueueUrl',
      'TrailmendTableName',
      'TrailmendTopicArn',
    ]);
  });

  it('keeps the logs, the table and the key when it is deleted, unless told otherwise', () => {
    const policies = (settings: object) =>
      ['AWS::Logs::LogGroup', 'AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key']
        .flatMap((type) => resourcesOf(hubTemplate({ ...settings }), type))
        .map(([, { DeletionPolicy }]) => DeletionPolicy);

    expect(policies({})).toEqual(['Retain', 'Retain', 'Retain', 'Retain']);
    expect(policies({ removalPolicy: 'destroy' })).toEqual(['Delete', 'Delete', 'Delete', 'Delete']);
  });

  it('is the same when synthesized twice', () => {
    expect(JSON.stringify(hubTemplate().toJSON())).toBe(JSON.stringify(hubTemplate().toJSON()));
  });
});

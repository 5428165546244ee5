import { HEALTH_ACTIONS } from '../../lambda/health/actions';
import { readExpectation } from '../../lambda/health/expectation';
import { readProbeEnvironment } from '../../lambda/health/probe-environment';
import { triggerOf } from '../../lambda/health/trigger';
import { actionsIn, graphOf } from '../support/import-graph';
import { hubTemplate, plain, resourceOf, resourcesOf } from './hub-template';

type Statement = {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
};

const ORGANIZATION = { organizationId: 'o-abcdefghij', homeRegion: 'us-east-1', organizationalUnits: ['r-abcd'] };
const SETTINGS = { ...ORGANIZATION, regions: ['eu-west-1'], emails: ['a@example.com', 'b@example.com'], locale: 'ja' };
const template = hubTemplate(SETTINGS);
const statementsOf = (settings: object) => {
  const { PolicyDocument } = resourceOf(hubTemplate({ ...settings }), 'AWS::IAM::Policy', 'ProbeRole').Properties;
  return plain(PolicyDocument.Statement) as Statement[];
};
const statements = statementsOf(SETTINGS);
const actions = statements.flatMap(({ Action }) => Action);
const probe = resourceOf(template, 'AWS::Lambda::Function', 'ProbeFunction').Properties;

/** What the SDK is asked for in the probe's code, and needs no right of the probe. */
const ASKED_ELSEWHERE = {
  'cloudformation:DescribeStacks': 'the doctor reads the output of the stack; the probe has it in its environment',
  'sts:GetCallerIdentity': 'AWS lets everybody ask who they are',
} as const;

/** What the probe needs without asking an SDK client for it. */
const UNASKED = ['kms:Decrypt', 'kms:GenerateDataKey*', 'logs:CreateLogStream', 'logs:PutLogEvents'];

describe('the role of the probe', () => {
  it('may make every call of its code, and may do nothing that its code does not ask for', () => {
    const asked = actionsIn(graphOf('probe.ts')).filter((action) => !(action in ASKED_ELSEWHERE));

    expect([...new Set(actions)].sort()).toEqual([...asked, ...UNASKED].sort());
    expect(HEALTH_ACTIONS.filter((action) => !actions.includes(action)).sort()).toEqual(Object.keys(ASKED_ELSEWHERE));
  });

  it('takes `*` only for actions that have no resource type', () => {
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);

    // https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    expect(everywhere.sort()).toEqual([
      'cloudtrail:DescribeTrails',
      'cloudtrail:LookupEvents',
      'cloudwatch:GetMetricStatistics',
      'events:ListRuleNamesByTarget',
      'events:ListRules',
      'organizations:DescribeOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListAccounts',
      'organizations:ListDelegatedAdministrators',
    ]);
  });

  it('changes the table, creates one role, sends to its own queues and topic, and assumes the canary', () => {
    const writes = statements.filter(({ Action }) =>
      [Action].flat().some((action) => !/^\w+:(?:Get|List|Describe|Query|Lookup)/.test(action)),
    );

    expect(writes.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ['WriteOwnLog', expect.stringMatching(/^<ProbeLog\w+\.Arn>$/)],
      ['PublishNotices', expect.stringMatching(/^<NoticesTopic\w+>$/)],
      ['EncryptNotices', expect.stringMatching(/^<NoticesKey\w+\.Arn>$/)],
      ['UseTable', expect.stringMatching(/^<IncidentsTable\w+\.Arn>$/)],
      ['KeepFailedRuns', expect.stringMatching(/^<RefusalsDeadLetters\w+\.Arn>$/)],
      [
        'CreateAWSServiceRoleForCloudTrail',
        'arn:<Partition>:iam::<AccountId>:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail',
      ],
      ['QueueRefusals', expect.stringMatching(/^<RefusalsQueue\w+\.Arn>$/)],
      ['AssumeCanary', expect.stringMatching(/^<CanaryRole\w+\.Arn>$/)],
    ]);
  });

  it('reads nothing of units and StackSets where members are not heard', () => {
    const { organizationalUnits, ...alone } = SETTINGS;

    const sids = statementsOf(alone).map(({ Sid }) => Sid);

    expect(statements.map(({ Sid }) => Sid).filter((sid) => !sids.includes(sid))).toEqual([
      'ReadUnits',
      'ReadStackSet',
    ]);
    expect(organizationalUnits).toHaveLength(1);
  });
});

describe('the role of the canary', () => {
  it('may do nothing, and only the probe may assume it', () => {
    const role = resourceOf(template, 'AWS::IAM::Role', 'CanaryRole').Properties;
    const held = resourcesOf(template, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties.Roles).includes('CanaryRole'),
    );

    expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Description']);
    expect(held).toEqual([]);
    expect(plain(role.AssumeRolePolicyDocument.Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: expect.stringMatching(/^<ProbeRole\w+\.Arn>$/) },
      },
    ]);
  });
});

describe('the probe', () => {
  it('is told what the deployment should be, and the output of the stack says the same', () => {
    const variables = plain(probe.Environment.Variables) as Record<string, string>;
    const { TrailmendExpectation } = template.findOutputs('*');

    expect(variables.EXPECTATION).toEqual(plain(TrailmendExpectation?.Value));
    expect(readProbeEnvironment(variables)).toMatchObject({ LOCALE: 'ja', CHAT_TOPIC_ARN: '', RECORD_DAYS: '365' });
    expect(readExpectation(variables.EXPECTATION ?? '')).toMatchObject({
      managementAccount: '<AccountId>',
      homeRegion: 'us-east-1',
      regions: ['us-east-1', 'eu-west-1'],
      organizationId: 'o-abcdefghij',
      stackSetName: 'trailmend-forwarders',
      emails: 2,
      canaryRoleArn: expect.stringMatching(/^<CanaryRole/),
    });
  });

  it('names every variable that is missing or unusable at once', () => {
    expect(() => readProbeEnvironment({ LOCALE: 'fr' })).toThrow(
      'EXPECTATION is not set; LOCALE is "fr", not one of en, ja; RECORD_DAYS is "undefined", not a whole number from 1',
    );
  });

  it('runs every five minutes and ends before the next run begins', () => {
    const { ScheduleExpression, State } = resourceOf(template, 'AWS::Events::Rule', 'ProbeScheduleRule').Properties;

    expect([ScheduleExpression, State]).toEqual(['rate(5 minutes)', 'ENABLED']);
    expect(probe.Timeout).toBeLessThan(5 * 60);
  });

  it('runs as soon as a deployment of its own stack has ended', () => {
    const { EventPattern } = resourceOf(template, 'AWS::Events::Rule', 'ProbeDeployedRule').Properties;

    expect(plain(EventPattern)).toMatchObject({
      source: ['aws.cloudformation'],
      detail: {
        'stack-id': ['<StackId>'],
        'status-details': { status: expect.arrayContaining(['CREATE_COMPLETE', 'UPDATE_COMPLETE']) },
      },
    });
  });

  it('keeps in the dead-letter queue what cannot be delivered to it, and what failed three times', () => {
    const targets = resourcesOf(template, 'AWS::Events::Rule').flatMap(([id, { Properties }]) =>
      /^(?:Probe|Tampering)/.test(id) ? Properties.Targets : [],
    );
    const { DestinationConfig, MaximumRetryAttempts } = resourceOf(
      template,
      'AWS::Lambda::EventInvokeConfig',
      'Probe',
    ).Properties;

    const deadLetters = expect.stringMatching(/^<RefusalsDeadLetters\w+\.Arn>$/);
    expect(targets).toHaveLength(6);
    for (const target of targets) expect(plain(target.DeadLetterConfig)).toEqual({ Arn: deadLetters });
    expect([plain(DestinationConfig.OnFailure.Destination), MaximumRetryAttempts]).toEqual([deadLetters, 2]);
  });

  it('may be started by its rules and by nothing else', () => {
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => plain(Properties));

    expect(permissions).toHaveLength(6);
    for (const permission of permissions) {
      expect(permission).toEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: expect.stringMatching(/^<ProbeFunction\w+\.Arn>$/),
        Principal: 'events.amazonaws.com',
        SourceArn: expect.stringMatching(/^<(?:Probe|Tampering)\w+Rule\w+\.Arn>$/),
      });
    }
  });

  it('knows a schedule and a deployment by their events', () => {
    const status = { source: 'aws.cloudformation', 'detail-type': 'CloudFormation Stack Status Change', detail: {} };

    expect(triggerOf({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }).kind).toBe('schedule');
    expect(triggerOf(status).kind).toBe('deployment');
  });
});

describe('the code of the responder', () => {
  it('loads nothing of the probe, and no SDK client that only the probe needs', () => {
    const { files, imports } = graphOf('responder.ts');

    expect(files.filter((file) => /health|^probe/.test(file)).sort()).toEqual([
      'health/canary.ts',
      'health/health-items.ts',
      'health/heard.ts',
    ]);
    const clients = [...imports].map((each) => each.split(' ')[0]).filter((from) => from?.includes('client-'));
    expect([...new Set(clients)].sort()).toEqual(
      ['cloudtrail', 'dynamodb', 'iam', 'organizations', 'sns'].map((service) => `@aws-sdk/client-${service}`),
    );
  });
});

test('its environment has room for the longest lists that the settings take: Lambda has 4 KB for all of it', () => {
  const include = Array.from({ length: 120 }, (_, at) => String(100_000_000_000 + at));
  const settings = { ...SETTINGS, autoDeployment: false, accountFilter: { include } };
  const { Variables } = resourceOf(hubTemplate(settings), 'AWS::Lambda::Function', 'ProbeFunction').Properties
    .Environment;
  // Accounts, Regions, partitions and names of resources take less than this, each for its placeholder.
  const text = JSON.stringify(plain(Variables)).replace(/<[\w.:]+>/g, (name) =>
    'x'.repeat(/Account|Region|Partition/.test(name) ? 16 : 64),
  );

  expect(text.length).toBeGreaterThan(3_000);
  expect(text.length).toBeLessThan(4_096);
});

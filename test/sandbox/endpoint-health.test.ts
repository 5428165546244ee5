import {
  CloudFormationClient,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  paginateListStackInstances,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DescribeTrailsCommand, GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  ListOrganizationalUnitsForParentCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
} from '@aws-sdk/client-organizations';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Template } from '../../sandbox/cloudformation/template';
import { HUB, ROOT_ID } from '../../sandbox/organization/accounts';
import { type Identity, roleSession } from '../../sandbox/organization/identity';
import type { Sandbox } from '../../sandbox/sandbox';
import { setInstanceStatus, unconfirm } from '../../sandbox/tampering';
import { admin } from './local-aws';
import {
  allow,
  arnOf,
  BUS,
  hub,
  openSmall,
  PAYMENTS,
  policy,
  QUEUE,
  refusedRead,
  smallApp,
} from './small-organization';

const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${HUB.account}/TrailmendHub-Queue`;
const TopicArn = `arn:aws:sns:us-east-1:${HUB.account}:TrailmendHub-Topic`;
const KEY = `arn:aws:kms:us-east-1:${HUB.account}:key/TrailmendHub-Key`;
const keyStatement = { ...allow('kms:*', { Principal: { AWS: HUB.account }, Resource: '*' }), Sid: 'Own' };
const topicStatement = allow('sns:Publish', { Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: TopicArn });
const mail = (Endpoint: string) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint },
});

/** The small hub with a topic, its key and outputs. */
const template: Template = {
  Description: 'Trailmend: hub',
  Outputs: {
    TrailmendQueueUrl: { Value: { Ref: 'Queue' } },
    Both: { Value: { 'Fn::Join': [' ', [{ Ref: 'Topic' }, { Ref: 'Key' }]] } },
  },
  Resources: {
    ...hub.Resources,
    Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: arnOf('Key') } },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: policy(topicStatement) },
    },
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(keyStatement) } },
    One: mail('one@example.com'),
    Two: mail('two@example.com'),
  },
};

let sandbox: Sandbox;
beforeAll(async () => {
  const { stacks } = smallApp();
  sandbox = await openSmall({ stacks: stacks.map((stack) => (stack.at === HUB ? { ...stack, template } : stack)) });
});
afterAll(() => sandbox.close());

const settings = (who: Identity = admin, region = 'us-east-1') => ({ region, ...sandbox.admit(who) });

describe('CloudFormation', () => {
  const client = () => new CloudFormationClient(settings());
  const StackSetName = 'trailmend-forwarders';

  test('shows a stack with its outputs', async () => {
    const { Stacks = [] } = await client().send(new DescribeStacksCommand({ StackName: 'TrailmendHub' }));

    expect(Stacks).toEqual([
      expect.objectContaining({
        StackName: 'TrailmendHub',
        StackId: expect.stringMatching(
          /^arn:aws:cloudformation:us-east-1:111122223333:stack\/TrailmendHub\/[0-9a-f-]{36}$/,
        ),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [
          { OutputKey: 'TrailmendQueueUrl', OutputValue: QueueUrl },
          { OutputKey: 'Both', OutputValue: `${TopicArn} TrailmendHub-Key` },
        ],
      }),
    ]);
    await expect(client().send(new DescribeStacksCommand({ StackName: 'Nothing' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Nothing does not exist',
    });
  });

  test('shows a stack set and, page by page, its instances', async () => {
    const { StackSet } = await client().send(new DescribeStackSetCommand({ StackSetName }));
    setInstanceStatus(sandbox, PAYMENTS, 'INOPERABLE');
    const pages = [];
    for await (const { Summaries = [] } of paginateListStackInstances({ client: client() }, { StackSetName })) {
      pages.push(Summaries);
    }

    expect(StackSet).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true },
      OrganizationalUnitIds: ['r-exam'],
      Regions: ['us-east-1', 'eu-west-1', 'eu-central-1'],
    });
    expect(pages.map(({ length }) => length)).toEqual([20, 16]);
    const others = pages.flat().filter(({ Status }) => Status !== 'CURRENT');
    expect(others).toEqual([
      expect.objectContaining({
        Account: PAYMENTS.account,
        Region: PAYMENTS.region,
        Status: 'INOPERABLE',
        StackInstanceStatus: { DetailedStatus: 'INOPERABLE' },
      }),
    ]);
    await expect(client().send(new DescribeStackSetCommand({ StackSetName: 'x' }))).rejects.toMatchObject({
      name: 'StackSetNotFoundException',
    });
  });
});

describe('EventBridge', () => {
  const client = (region?: string, who?: Identity) => new EventBridgeClient(settings(who, region));
  const EventBusName = 'trailmend';

  test('shows a bus with its policy, and none that is not there', async () => {
    const { Arn, Policy = '' } = await client().send(new DescribeEventBusCommand({ Name: EventBusName }));

    expect(Arn).toBe(BUS);
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Action: 'events:PutEvents', Principal: '*' }]);
    expect((await client().send(new DescribeEventBusCommand({}))).Name).toBe('default');
    await expect(client('eu-west-1').send(new DescribeEventBusCommand({ Name: EventBusName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('shows the rules of a bus, and the rules that have a target', async () => {
    const { Rules } = await client().send(new ListRulesCommand({ EventBusName }));
    const { RuleNames } = await client('eu-west-1').send(new ListRuleNamesByTargetCommand({ TargetArn: BUS }));

    expect(Rules).toMatchObject([
      { Name: 'TrailmendHub-Rule', EventBusName, State: expect.stringMatching('^ENABLED_WITH') },
    ]);
    expect(RuleNames).toEqual(['TrailmendForwarder-eu-west-1-Rule']);
    const { RuleNames: none } = await client().send(new ListRuleNamesByTargetCommand({ TargetArn: BUS }));
    expect(none).toEqual([]);
  });

  test('shows a rule, its pattern and its targets', async () => {
    const Name = 'TrailmendForwarder-eu-west-1-Rule';
    const { EventPattern = '', Description } = await client('eu-west-1').send(new DescribeRuleCommand({ Name }));
    const { Targets } = await client('eu-west-1').send(new ListTargetsByRuleCommand({ Rule: Name }));

    expect(JSON.parse(EventPattern)).toMatchObject({ source: ['aws.cloudtrail'] });
    expect(Description).toBe('Forwards (patterns 1)');
    expect(Targets).toEqual([
      {
        Id: 'B',
        Arn: BUS,
        RoleArn: expect.stringMatching(/^arn:aws:iam::111122223333:role\//),
        DeadLetterConfig: { Arn: expect.stringMatching(/:sqs:eu-west-1:/) },
      },
    ]);
    await expect(client().send(new DescribeRuleCommand({ Name }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('asks for the right to see this rule', async () => {
    const who = roleSession(HUB.account, 'Reader', 'x', { allowed: ['events:ListRules'] });

    await expect(client('eu-west-1', who).send(new DescribeRuleCommand({ Name: 'R', EventBusName }))).rejects.toThrow(
      'perform: events:DescribeRule on resource: arn:aws:events:eu-west-1:111122223333:rule/trailmend/R because',
    );
  });
});

describe('CloudTrail', () => {
  test('shows the selectors of a trail, and the trails that reach a Region', async () => {
    sandbox.organization.addTrail({
      name: 'local',
      account: HUB.account,
      region: 'eu-west-1',
      bucket: 'b',
      isMultiRegion: false,
    });
    const inIreland = new CloudTrailClient(settings(admin, 'eu-west-1'));
    const TrailName = `arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/audit`;
    const names = async (input: object, client = inIreland) =>
      (await client.send(new DescribeTrailsCommand(input))).trailList?.map(({ Name }) => Name);

    expect((await inIreland.send(new GetEventSelectorsCommand({ TrailName }))).EventSelectors).toMatchObject([
      { ReadWriteType: 'All', IncludeManagementEvents: true },
    ]);
    expect(await names({})).toEqual(['audit', 'local']);
    expect(await names({ includeShadowTrails: false })).toEqual(['local']);
    expect(await names({}, new CloudTrailClient(settings()))).toEqual(['audit']);
  });
});

describe('SNS', () => {
  const client = () => new SNSClient(settings());

  test('shows who has confirmed, and the policy of a topic', async () => {
    unconfirm(sandbox, 'two@example.com');
    const { Subscriptions } = await client().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const { Attributes } = await client().send(new GetTopicAttributesCommand({ TopicArn }));

    expect(Subscriptions?.map(({ Endpoint, SubscriptionArn }) => [Endpoint, SubscriptionArn])).toEqual([
      ['one@example.com', expect.stringMatching(new RegExp(`^${TopicArn}:`))],
      ['two@example.com', 'PendingConfirmation'],
    ]);
    expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '1', KmsMasterKeyId: KEY });
    expect(JSON.parse(Attributes?.Policy ?? '').Statement).toEqual([topicStatement]);
  });
});

describe('SQS and CloudWatch', () => {
  const client = () => new SQSClient(settings());
  const oldest = async () => {
    const [EndTime, Period] = [new Date(sandbox.clock.now()), 300];
    const command = new GetMetricStatisticsCommand({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: 'TrailmendHub-Queue' }],
      StartTime: new Date(EndTime.getTime() - 300_000),
      EndTime,
      Period,
      Statistics: ['Maximum'],
    });
    return (await new CloudWatchClient(settings()).send(command)).Datapoints?.map(({ Maximum }) => Maximum);
  };

  test('a message that is sent counts and grows old', async () => {
    const { MessageId = '' } = await client().send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    sandbox.clock.advanceMinutes(10);
    const { Attributes } = await client().send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));

    expect(sandbox.deployment.queues.get(QUEUE)?.messageIds).toContain(MessageId);
    expect(Attributes).toMatchObject({ QueueArn: QUEUE, ApproximateNumberOfMessages: '1', VisibilityTimeout: '30' });
    expect(JSON.parse(Attributes?.Policy ?? '').Statement).toHaveLength(1);
    const [age] = (await oldest()) ?? [];
    expect(age).toBeGreaterThanOrEqual(600);
  });

  test('what no trail logs is heard when somebody sends it', async () => {
    const event = refusedRead(PAYMENTS);
    for (const trail of sandbox.organization.trails.values()) trail.isLogging = false;
    sandbox.emit(event);
    expect(sandbox.journal.of('unlogged')).toHaveLength(1);
    const envelope = { ...event, id: 'another' };
    const { MessageId } = await client().send(
      new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(envelope) }),
    );

    expect(sandbox.journal.of('event').at(-1)).toMatchObject({ envelope: event, isMeant: true });
    expect(sandbox.journal.of('queued').at(-1)).toMatchObject({ envelopeId: event.id, messageId: MessageId });
    for (const trail of sandbox.organization.trails.values()) trail.isLogging = true;
  });

  test('a queue that does not exist is an error', async () => {
    const missing = QueueUrl.replace('Queue', 'Nothing');

    await expect(client().send(new GetQueueAttributesCommand({ QueueUrl: missing }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});

test('KMS shows the policy of a key to those whom the key lets', async () => {
  const get = (who?: Identity) => new KMSClient(settings(who)).send(new GetKeyPolicyCommand({ KeyId: KEY }));

  expect(JSON.parse((await get()).Policy ?? '').Statement).toEqual([keyStatement]);
  const member = roleSession(PAYMENTS.account, 'Admin', 'x', { allowed: ['*'] });
  await expect(get(member)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

describe('Organizations', () => {
  const client = () => new OrganizationsClient(settings());

  async function idsOn(pages: AsyncIterable<{ Accounts?: { Id?: string }[] | undefined }>) {
    const ids: unknown[] = [];
    for await (const { Accounts = [] } of pages) ids.push(...Accounts.map(({ Id }) => Id));
    return ids;
  }

  test('shows every account, page by page', async () => {
    expect(await idsOn(paginateListAccounts({ client: client() }, {}))).toEqual(sandbox.organization.accounts);
  });

  test('has all accounts under its root, no units, and nothing elsewhere', async () => {
    const ofRoot = paginateListAccountsForParent({ client: client() }, { ParentId: ROOT_ID });
    const units = (ParentId: string) => client().send(new ListOrganizationalUnitsForParentCommand({ ParentId }));

    expect(await idsOn(ofRoot)).toEqual(sandbox.organization.accounts);
    expect((await units(ROOT_ID)).OrganizationalUnits).toEqual([]);
    await expect(units('ou-exam-12345678')).rejects.toMatchObject({ name: 'ParentNotFoundException' });
  });
});

test('IAM shows a role that a stack deploys', async () => {
  const [role] = [...sandbox.deployment.roles.values()].filter(({ arn }) => arn.includes(HUB.account));
  const { Role } = await new IAMClient(settings()).send(new GetRoleCommand({ RoleName: role?.name ?? '' }));

  expect(Role?.Arn).toBe(role?.arn);
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toMatch('events.amazonaws.com');
});

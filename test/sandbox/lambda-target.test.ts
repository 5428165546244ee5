import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import type { Invocation } from '../../sandbox/function/function-process';
import { HUB } from '../../sandbox/organization/accounts';
import { Sandbox } from '../../sandbox/sandbox';
import { appOf, TABLE, tableProperties } from './local-aws';
import { allow, arnOf, policy, refusedRead } from './small-organization';

const MINUTE = 60_000;
const SCHEDULE = 'rate(5 minutes)';
const assume = allow('sts:AssumeRole', { Principal: { Service: 'lambda.amazonaws.com' } });
const logs = allow('logs:*', { Resource: '*' });
const send = allow('sqs:SendMessage', { Resource: arnOf('Failures') });
const fromRules = allow('sqs:SendMessage', { Principal: { Service: 'events.amazonaws.com' }, Resource: '*' });
const target = (Input?: string) => [
  { Id: 'F', Arn: arnOf('Probe'), DeadLetterConfig: { Arn: arnOf('DeadLetters') }, ...(Input ? { Input } : {}) },
];
const rule = (properties: Readonly<Record<string, unknown>>) => ({ Type: 'AWS::Events::Rule', Properties: properties });
const permission = (name: string, change = {}) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: arnOf('Probe'),
    Principal: 'events.amazonaws.com',
    SourceArn: arnOf(name),
    ...change,
  },
});
const pattern = {
  EventPattern: { source: ['aws.cloudtrail'] },
  State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
};

/** A function that hears refusals, and more that a test says. */
function template(resources: Template['Resources'] = {}): Template {
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: policy(assume), Policies: [{ PolicyDocument: policy(logs, send) }] },
      },
      Failures: { Type: 'AWS::SQS::Queue' },
      DeadLetters: { Type: 'AWS::SQS::Queue' },
      DeadLettersPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'DeadLetters' }], PolicyDocument: policy(fromRules) },
      },
      Probe: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'i.h', Role: arnOf('Role'), Code: { S3Key: 'key' } },
      },
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Probe' },
          Qualifier: '$LATEST',
          DestinationConfig: { OnFailure: { Destination: arnOf('Failures') } },
        },
      },
      Hears: rule({ ...pattern, Targets: target() }),
      MayHear: permission('Hears'),
      ...resources,
    },
  };
}

/** What was handed to the function, and when. */
type Handed = { readonly event: unknown; readonly at: number };

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function openWith(resources?: Template['Resources'], answer: Invocation = { succeeded: true, answer: null }) {
  const handed: Handed[] = [];
  sandbox = await Sandbox.open(appOf(template(resources), new Map([['key', '/nowhere']])), {
    faults: new FaultPlan([]),
    startFunction: (_settings, _environment, onLog) => ({
      invoke: async (event) => {
        handed.push({ event, at: sandbox.clock.now() });
        onLog('{"schema":"trailmend.audit/1","kind":"probe","outcome":"done"}\n');
        return answer;
      },
      stop: async () => {},
    }),
  });
  return handed;
}

const kept = (name: string) =>
  sandbox.deployment.queues.get(`arn:aws:sqs:us-east-1:${HUB.account}:TrailmendHub-${name}`);
const event = refusedRead(HUB);

test('a rule hands its event to a function', async () => {
  const handed = await openWith();
  sandbox.emit(event);
  await sandbox.settle();

  expect(handed.map((each) => each.event)).toEqual([event]);
  expect(sandbox.journal.of('probe-audit')).toMatchObject([{ record: { kind: 'probe', outcome: 'done' } }]);
});

test.each<[string, Template['Resources']]>([
  ['no permission', { MayHear: { Type: 'AWS::CloudWatch::Alarm' } }],
  ['a permission for another rule', { MayHear: permission('Hears', { SourceArn: `${event.id}` }) }],
  ['a permission for another service', { MayHear: permission('Hears', { Principal: 'sns.amazonaws.com' }) }],
  ['a permission for another action', { MayHear: permission('Hears', { Action: 'lambda:GetFunction' }) }],
])('with %s the event goes to the dead letters of the target', async (_, resources) => {
  const handed = await openWith(resources);
  sandbox.emit(event);
  await sandbox.settle();

  expect(handed).toEqual([]);
  expect(kept('DeadLetters')?.messageIds).toHaveLength(1);
  expect(sandbox.journal.of('undelivered').map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /^User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource/,
    ),
  ]);
});

test('a function that fails is tried twice more, and then its event goes to the destination', async () => {
  const handed = await openWith({}, { succeeded: false, reason: 'Error: no\n  at x' });
  sandbox.emit(event);
  await sandbox.settle();

  const [first = 0, ...later] = handed.map(({ at }) => at);
  expect(later.map((at) => Math.round((at - first) / MINUTE))).toEqual([1, 3]);
  expect(sandbox.journal.of('function-failed')).toHaveLength(3);
  expect(sandbox.journal.of('dead-lettered')).toHaveLength(1);
  expect(JSON.parse(kept('Failures')?.receive(1)[0]?.body ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: event,
    responsePayload: { errorMessage: 'Error: no' },
  });
});

test.each<[string, Template['Resources'], RegExp]>([
  ['has no destination', { Config: { Type: 'AWS::CloudWatch::Alarm' } }, /lost an event: it has no destination/],
  [
    'may not send there',
    {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: policy(assume), Policies: [{ PolicyDocument: policy(logs) }] },
      },
    },
    /lost an event: User: .* is not authorized to perform: sqs:SendMessage/,
  ],
])('a function that fails for good and %s is a defect', async (_, resources, text) => {
  await openWith(resources, { succeeded: false, reason: 'no' });
  sandbox.emit(event);
  await sandbox.settle();

  expect(sandbox.journal.of('defect').map((defect) => defect.text)).toEqual([expect.stringMatching(text)]);
});

describe('a schedule', () => {
  const schedule = (Input?: string) => ({
    Every: rule({ ScheduleExpression: SCHEDULE, Targets: target(Input) }),
    MayRun: permission('Every'),
  });

  test('runs a function at the beginning of a day and at its end', async () => {
    const handed = await openWith(schedule('{"beat":1}'));
    const began = sandbox.clock.now();
    await sandbox.settle(24 * 60 * MINUTE);

    expect(handed.map((each) => each.event)).toEqual([{ beat: 1 }, { beat: 1 }]);
    expect(handed.map(({ at }) => Math.round((at - began) / MINUTE))).toEqual([0, 1440]);
  });

  test('runs it between when a canary is due, once if it sends none', async () => {
    const Table = { Type: 'AWS::DynamoDB::Table', Properties: tableProperties };
    const handed = await openWith({ ...schedule(), Table });
    const began = sandbox.clock.now();
    const Item = { pk: { S: 'health' }, sk: { S: 'canary#1#2' }, sentAt: { N: String(began - 60 * MINUTE) } };
    await sandbox.database.perform('PutItem', { TableName: TABLE, Item });
    await sandbox.settle(24 * 60 * MINUTE);

    expect(handed.map(({ at }) => Math.round((at - began) / MINUTE))).toEqual([0, 300, 1440]);
  });

  test('runs it no more often than it says, unless somebody asks', async () => {
    const handed = await openWith(schedule());
    for (let times = 0; times < 3; times++) await sandbox.settle(4 * MINUTE);
    expect(handed).toHaveLength(1);

    await sandbox.runScheduledFunctions();
    expect(handed.map((each) => Object(each.event)['detail-type'])).toEqual(['Scheduled Event', 'Scheduled Event']);
  });

  test('runs it in the time of the machine when the sandbox catches up', async () => {
    const handed = await openWith(schedule());
    await sandbox.catchUp();

    expect(Math.abs(Number(handed.at(-1)?.at) - Date.now())).toBeLessThan(60_000);
  });

  test('runs it after what has happened is handled', async () => {
    const handed = await openWith(schedule('{"beat":1}'));
    sandbox.emit(event);
    await sandbox.settle();

    expect(handed.map((each) => each.event)).toEqual([event, { beat: 1 }]);
  });

  test('that may not run it is a defect', async () => {
    await openWith({ Every: schedule().Every });
    await sandbox.settle();

    expect(sandbox.journal.of('defect').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Schedule .*Every reaches nothing: User: events.amazonaws.com is not authorized/),
    ]);
  });
});

test('a deployment is heard: CloudFormation says that the stack is there', async () => {
  const EventPattern = {
    source: ['aws.cloudformation'],
    'detail-type': ['CloudFormation Stack Status Change'],
    detail: { 'stack-id': [{ Ref: 'AWS::StackId' }], 'status-details': { status: ['CREATE_COMPLETE'] } },
  };
  const handed = await openWith({
    Deployed: rule({ EventPattern, Targets: target() }),
    MayTell: permission('Deployed'),
  });
  await sandbox.settle();

  expect(handed.map((each) => each.event)).toMatchObject([
    { account: HUB.account, region: HUB.region, detail: { 'stack-id': sandbox.deployment.stacks[0]?.id } },
  ]);
  expect(sandbox.journal.of('event')).toEqual([]);
});

test('a target that changes its input in a way the sandbox does not know is an error', async () => {
  const Targets = [{ ...target()[0], InputPath: '$.detail' }];
  await openWith();

  await expect(openWith({ Hears: rule({ ...pattern, Targets }) })).rejects.toThrow(
    'the sandbox does not know InputPath',
  );
});

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { Sandbox } from '../../sandbox/sandbox';
import { admin, appOf, TABLE, tableProperties } from './local-aws';

const MINUTE = 60_000;
const allow = (Action: string | string[], rest: object) => ({ Effect: 'Allow', Action, ...rest });
const policy = (...Statement: object[]) => ({ Statement });
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

function template(schedule: string, mayBeSent = true): Template {
  const reads = allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], { Resource: '*' });
  const assume = allow('sts:AssumeRole', { Principal: { Service: 'lambda.amazonaws.com' } });
  const send = allow('sqs:SendMessage', { Principal: { Service: 'events.amazonaws.com' }, Resource: '*' });
  const Targets = [{ Arn: arnOf('Queue'), Id: 'T', Input: '{"trailmend":"sweep"}' }];
  return {
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: tableProperties },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 360 } },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: policy(...(mayBeSent ? [send] : [])) },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: policy(assume), Policies: [{ PolicyDocument: policy(reads) }] },
      },
      Code: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'i.h', Role: arnOf('Role'), Code: { S3Key: 'key' } },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: arnOf('Queue'), FunctionName: { Ref: 'Code' } },
      },
      Sweep: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: schedule, Targets } },
    },
  };
}

async function openWith(schedule: string, mayBeSent = true) {
  const swept: { body: string; at: number }[] = [];
  const sandbox = await Sandbox.open(appOf(template(schedule, mayBeSent), new Map([['key', '/nowhere']])), {
    faults: new FaultPlan([]),
    startFunction: () => ({
      invoke: async (event) => {
        for (const { body } of Object(event).Records) swept.push({ body, at: sandbox.clock.now() });
        return { succeeded: true, answer: null };
      },
      stop: async () => {},
    }),
  });
  // Begins a second after a whole minute, so that no test depends on the second in which it runs.
  sandbox.clock.advanceTo((Math.floor(sandbox.clock.now() / MINUTE) + 1) * MINUTE + 1_000);
  const client = new DynamoDBClient({ region: 'us-east-1', ...sandbox.admit(admin) });
  const putDue = (minutes: number) => {
    const dueAt = { N: String(sandbox.clock.now() + minutes * MINUTE) };
    const Item = { pk: { S: 'a' }, sk: { S: 'b' }, duePartition: { S: 'p' }, dueAt };
    return client.send(new PutItemCommand({ TableName: TABLE, Item }));
  };
  return { sandbox, swept, putDue };
}

test('a schedule sends its input when something is due, at the next whole minute of its rate', async () => {
  const { sandbox, swept, putDue } = await openWith('rate(1 minute)');
  await sandbox.settle();
  const began = sandbox.clock.now();
  await putDue(1);
  await sandbox.settle(3.5 * MINUTE);
  await sandbox.close();

  expect(swept.map(({ body }) => body)).toEqual(['{"trailmend":"sweep"}', '{"trailmend":"sweep"}']);
  expect(Number(swept[0]?.at) - began).toBeGreaterThanOrEqual(MINUTE);
  expect(Number(swept[0]?.at) % MINUTE).toBeLessThan(1_000);
});

test('nothing is swept for what is due later than asked for', async () => {
  const { sandbox, swept, putDue } = await openWith('rate(1 minute)');
  await putDue(60);
  await sandbox.settle(30 * MINUTE);
  expect(swept).toEqual([]);

  await sandbox.settle(61.5 * MINUTE);
  await sandbox.close();
  expect(swept).toHaveLength(1);
});

test('a schedule that may not send is a defect', async () => {
  const { sandbox, putDue } = await openWith('rate(1 minute)', false);
  await putDue(0);
  await sandbox.settle(1.5 * MINUTE);
  await sandbox.close();

  expect(sandbox.journal.of('defect').map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Schedule .*Sweep reaches nothing: User: events.amazonaws.com is not authorized/),
  );
});

test('a schedule that the sandbox cannot follow is an error', async () => {
  await expect(openWith('cron(0 8 * * ? *)')).rejects.toThrow('Sweep: the sandbox knows rates only, not cron');
});

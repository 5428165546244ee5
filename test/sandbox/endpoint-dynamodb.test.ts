import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Identity } from '../../sandbox/organization/identity';
import { nobody, openLocalAws, TABLE } from './local-aws';

const { open, settings } = openLocalAws();
const DAY = 24 * 60;

const client = (who?: Identity) => new DynamoDBClient(settings(who));
const Key = { pk: { S: 'a' }, sk: { S: 'b' } };
const put = (more = {}, who?: Identity) =>
  client(who).send(
    new PutItemCommand({
      TableName: TABLE,
      Item: { ...Key, ...more },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
const get = (ConsistentRead = true) => client().send(new GetItemCommand({ TableName: TABLE, Key, ConsistentRead }));
const due = () =>
  client().send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: 'due',
      KeyConditionExpression: 'duePartition = :p AND dueAt <= :t',
      ExpressionAttributeValues: { ':p': { S: 'p' }, ':t': { N: '10' } },
    }),
  );

test('takes items under conditions and finds them by the index of the template', async () => {
  const sandbox = await open();
  await put({ duePartition: { S: 'p' }, dueAt: { N: '7' }, list: { L: [{ BOOL: true }, { NULL: true }] } });

  await expect(put()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  expect((await due()).Items).toHaveLength(1);
  expect(await sandbox.database.firstDueAt()).toBe(7);
  expect(await sandbox.database.items()).toEqual([
    { pk: 'a', sk: 'b', duePartition: 'p', dueAt: 7, list: [true, null] },
  ]);
});

test('updates under conditions', async () => {
  await open();
  const update = (condition: string) =>
    client().send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key,
        UpdateExpression: 'SET seen = if_not_exists(seen, :one)',
        ConditionExpression: condition,
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'ALL_NEW',
      }),
    );

  expect((await update('attribute_not_exists(seen)')).Attributes).toEqual({ ...Key, seen: { N: '1' } });
  await expect(update('attribute_not_exists(seen)')).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
});

test('knows no transactions, which the function must not need', async () => {
  const sandbox = await open();

  await expect(client().send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow('does not know');
  expect(sandbox.journal.of('defect')).toHaveLength(1);
});

test('refuses whom no policy allows', async () => {
  await open();

  await expect(put({}, nobody)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      `dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:111122223333:table/${TABLE} because`,
    ),
  });
});

test.each([
  ['throttle', 'ThrottlingException'],
  ['error', 'InternalFailure'],
  ['refuse', 'AccessDeniedException'],
])('can be made to %s', async (fault, name) => {
  const sandbox = await open([`dynamodb:PutItem=${fault}`]);

  await expect(put()).rejects.toMatchObject({ name });
  expect(await sandbox.database.items()).toEqual([]);
});

test('can do the work and lose the answer', async () => {
  const sandbox = await open(['dynamodb:PutItem=lost']);

  await expect(put()).rejects.toThrow();
  expect(await sandbox.database.items()).toHaveLength(1);
});

test('can lag behind where a read is not consistent, and only there', async () => {
  await open(['dynamodb:GetItem=stale', 'dynamodb:Query=stale']);
  await put({ duePartition: { S: 'p' }, dueAt: { N: '7' } });

  expect((await get()).Item).toBeDefined();
  expect((await get(false)).Item).toBeUndefined();
  expect((await get(false)).Item).toBeDefined();
  expect((await due()).Items).toEqual([]);
  expect((await due()).Items).toHaveLength(1);
});

test('deletes an item some time after it expired, as DynamoDB does', async () => {
  const sandbox = await open();
  await put({ expiresAt: { N: String(Math.floor(sandbox.clock.now() / 1000) + 3600) } });

  sandbox.clock.advanceMinutes(DAY);
  expect((await get()).Item).toBeDefined();
  sandbox.clock.advanceMinutes(2 * DAY);
  expect((await get()).Item).toBeUndefined();
});

import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { type Call, listed } from '../../../lambda/audit/call';
import { recordCalls, withCallLog } from '../../../lambda/audit/call-log';

const answering = (status: number) =>
  recordCalls(
    new IAMClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
      requestHandler: {
        handle: async () => ({
          response: { statusCode: status, headers: { 'x-amzn-requestid': `r-${status}` }, body: Buffer.from('') },
        }),
      },
    }),
  );

test('every call of a client is noted with what became of it, each in its own log', async () => {
  const first: Call[] = [];
  const second: Call[] = [];

  await Promise.allSettled([
    withCallLog(first, () => answering(503).send(new ListRolesCommand({ PathPrefix: '/secret/' }))),
    withCallLog(second, () => answering(403).send(new ListRolesCommand({}))),
  ]);

  const durationMs = expect.any(Number);
  const call = { service: 'iam', operation: 'ListRoles', outcome: expect.not.stringMatching('ok'), attempts: 1 };
  expect(first).toEqual([{ ...call, requestId: 'r-503', durationMs }]);
  expect(second).toEqual([{ ...call, requestId: 'r-403', durationMs }]);
});

describe('the list of calls of a record', () => {
  const call = (outcome: string, at: number): Call => ({
    service: 'dynamodb',
    operation: 'Query',
    requestId: `r-${at}`,
    outcome,
    attempts: 1,
    durationMs: 3,
  });

  test('is whole while there is room', () => {
    const calls = [call('ok', 1), call('AccessDenied', 2)];

    expect(listed(calls)).toEqual({ callsLeftOut: 0, calls });
  });

  test('leaves out calls that went well first, and keeps the order', () => {
    const calls = Array.from({ length: 1_000 }, (_, at) => call(at % 100 === 99 ? 'InternalServerError' : 'ok', at));

    const { callsLeftOut, calls: kept } = listed(calls);

    expect([kept.length, callsLeftOut]).toEqual([100, 900]);
    expect(kept.filter(({ outcome }) => outcome !== 'ok')).toHaveLength(10);
    expect(kept).toEqual(calls.filter((each) => kept.includes(each)));
  });

  test('stays bounded when everything fails', () => {
    expect(listed(Array.from({ length: 1_000 }, (_, at) => call('AccessDenied', at))).calls).toHaveLength(100);
  });
});

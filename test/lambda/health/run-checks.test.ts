import { CHECK_IDS, type Check, type Verdict } from '../../../lambda/health/check';
import { CHECKS } from '../../../lambda/health/checks';
import { LookError } from '../../../lambda/health/look-error';
import { runChecks } from '../../../lambda/health/run-checks';
import { isExpected } from '../../../lambda/health/saw';
import { edges, look } from '../../support/health';

const refused = new LookError(
  'events:DescribeEventBus',
  'us-east-1',
  Object.assign(new Error('User: x is not authorized'), { name: 'AccessDeniedException', $metadata: {} }),
);

const of = (verdicts: readonly Verdict[], id: string) => verdicts.filter(({ check }) => check === id);

test('every check is in the list, in the order of the ids', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual(CHECK_IDS);
});

test('all is well when all is well, and nothing is to be run', async () => {
  const verdicts = await runChecks(look());

  expect(verdicts.filter(({ status, mend }) => status !== 'ok' || mend.length > 0)).toEqual([]);
  expect([...new Set(verdicts.map(({ check }) => check))]).toEqual(CHECK_IDS);
});

test('every failure says what to run, and where', async () => {
  const verdicts = await runChecks(
    look({
      trails: async () => [],
      rulesOn: async () => [],
      busPolicy: async () => null,
      instances: async () => [],
      subscriptions: async () => [],
      messages: async () => ({ arn: 'a', count: 1 }),
      oldestMessage: async () => 9_999,
      keyPolicy: async () => '{"Statement":[]}',
      trustedServices: async () => [],
      hasRole: async () => false,
      health: async () => ({ probeRanAt: null, canaries: [], seen: [], incidents: [] }),
    }),
  );
  const failed = verdicts.filter(({ status }) => status === 'failed');

  expect(new Set(failed.map(({ check }) => check)).size).toBeGreaterThan(10);
  expect(failed.filter(({ mend }) => mend.length === 0)).toEqual([]);
  expect(failed.every(({ place }) => place.account === '111122223333' && place.region !== '')).toBe(true);
});

test('what AWS does not show is not checked, says which action is missing, and hides nothing else', async () => {
  const verdicts = await runChecks(
    look({
      busPolicy: async () => {
        throw refused;
      },
    }),
  );

  expect(of(verdicts, 'bus-policy')).toEqual([
    expect.objectContaining({
      status: 'not-checked',
      mend: [],
      saw: {
        kind: 'could-not-look',
        action: 'events:DescribeEventBus',
        region: 'us-east-1',
        error: 'AccessDeniedException',
        message: 'User: x is not authorized',
      },
    }),
  ]);
  expect(verdicts.filter(({ status }) => status !== 'ok')).toHaveLength(1);
});

test('one Region that cannot be looked at hides no other', async () => {
  const trails = async (region: string) => {
    if (region === 'eu-west-1') {
      throw refused;
    }
    return edges().trails(region);
  };

  const verdicts = of(await runChecks(look({ trails })), 'trail');
  expect(verdicts.map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    '111122223333 us-east-1 ok',
    '111122223333 eu-west-1 not-checked',
  ]);
});

test('a check that breaks is not ok', async () => {
  const broken: Check = {
    id: 'queue',
    run: async () => {
      throw new TypeError('x is undefined');
    },
  };

  expect(await runChecks(look(), [broken])).toMatchObject([
    { check: 'queue', status: 'not-checked', saw: { kind: 'could-not-look', error: 'TypeError' } },
  ]);
});

test('before deployment, what needs one is not checked, and that is no failure', async () => {
  const verdicts = await runChecks(look({}, null));
  const preflight = ['account', 'all-features', 'trusted-access', 'stack-sets-access', 'roles', 'trail'];

  expect([...new Set(verdicts.filter(({ status }) => status === 'ok').map(({ check }) => check))]).toEqual(preflight);
  const others = verdicts.filter(({ status }) => status !== 'ok');
  expect([...new Set(others.map(({ saw }) => saw.kind))]).toEqual(['not-deployed']);
  expect(others.some(({ saw }) => isExpected(saw))).toBe(false);
});

test('with the wrong account only that is said', async () => {
  const verdicts = await runChecks(look({ callerAccount: async () => '222233334444' }, null));

  expect(verdicts[0]).toMatchObject({
    status: 'failed',
    saw: { kind: 'member-account', account: '222233334444', managementAccount: '111122223333' },
  });
  expect([...new Set(verdicts.slice(1).map(({ saw }) => saw.kind))]).toEqual(['wrong-account']);
});

test('asks AWS each question once, and a few at a time, however many Regions there are', async () => {
  const regions = Array.from({ length: 17 }, (_, at) => `eu-west-${at}`);
  const asked = new Map<string, number>();
  let now = 0;
  let most = 0;
  const counting = Object.fromEntries(
    Object.entries(edges()).map(([name, ask]) => [
      name,
      async (...args: unknown[]) => {
        const question = JSON.stringify([name, ...args]);
        asked.set(question, (asked.get(question) ?? 0) + 1);
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now -= 1;
        return (ask as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  );

  await runChecks(look(counting, { regions }));
  expect([...asked].filter(([, times]) => times > 1)).toEqual([]);
  expect(most).toBeLessThanOrEqual(40);
});

test('tells how far it is', async () => {
  const told: string[] = [];
  await runChecks({ ...look(), progress: (done, of) => told.push(`${done}/${of}`) });

  expect(told).toEqual(CHECKS.map((_, at) => `${at + 1}/${CHECKS.length}`));
});

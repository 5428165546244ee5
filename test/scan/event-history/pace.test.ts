import { askPatiently } from '../../../scan/event-history/ask-patiently';
import { Pace } from '../../../scan/event-history/pace';
import { awsError, passing } from './local-history';

const { signal } = new AbortController();
const GIVEN_UP = -1;

/** When so many calls begin that each take `ms`. */
async function starts(count: number, ms: number): Promise<number[]> {
  const time = passing(0);
  const pace = new Pace(time);
  const at: number[] = [];
  for (let call = 0; call < count; call += 1) {
    await pace.turn(signal);
    at.push(time.now());
    await time.wait(ms, signal);
  }
  return at;
}

test('between the starts of calls lie 550 ms, however quick they are', async () => {
  expect(await starts(4, 0)).toEqual([0, 550, 1_100, 1_650]);
  expect(await starts(4, 200)).toEqual([0, 550, 1_100, 1_650]);
});

test('a slow call does not wait for the next turn, and nothing is made up for', async () => {
  expect(await starts(4, 900)).toEqual([0, 900, 1_800, 2_700]);
});

/** Makes one call that fails with these errors first, and answers when each attempt began, and whether it was given up. */
async function attempts(errors: readonly Error[]): Promise<number[]> {
  const time = passing(0);
  const at: number[] = [];
  const ask = async () => {
    const error = errors[at.length];
    at.push(time.now());
    if (error) throw error;
    return 'answer';
  };
  await askPatiently(ask, new Pace(time), signal).catch(() => at.push(GIVEN_UP));
  return at;
}

test.each([
  ['throttling', awsError('ThrottlingException'), [0, 1_100, 3_300, 7_700]],
  ['a failure of AWS', awsError('InternalFailure', 500), [0, 1_100, 3_300, 7_700]],
  ['a broken connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), [0, 1_100, 3_300, 7_700]],
  ['what will not pass', awsError('AccessDeniedException'), [0, GIVEN_UP]],
])('after %s', async (_what, error, expected) => {
  expect(await attempts([error, error, error])).toEqual(expected);
});

test('gives up after five failures, and after twenty refusals for being too many', async () => {
  expect(await attempts(Array(9).fill(awsError('InternalFailure', 500)))).toHaveLength(5 + 1);
  const throttled = await attempts(Array(30).fill(awsError('ThrottlingException')));

  expect(throttled).toHaveLength(20 + 1);
  expect(Math.max(...throttled)).toBeLessThan(8 * 60_000);
});

test('Ctrl-C ends the waiting', async () => {
  const controller = new AbortController();
  const time = { ...passing(0), wait: async () => controller.abort() };
  const pace = new Pace(time);
  await pace.turn(signal);

  await expect(askPatiently(async () => 'answer', pace, controller.signal)).rejects.toThrow(/aborted/);
});

import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { FunctionProcess } from '../../sandbox/function/function-process';
import { stormScene } from '../../sandbox/scenario/storm';
import { play } from '../sandbox/play';
import { withoutProbe } from '../sandbox/without-probe';

const settings = { emails: [], remediation: 'auto', locale: 'en' } as const;

let stack: Synthesis;

beforeAll(async () => {
  stack = await synthesize(settings);
});

afterAll(() => stack.remove());

// Large enough that the role, whose creation takes a moment, is told before most of the rest is handled.
const EVENTS = 300;

test.each([
  ['sns:Publish=lost', 'iam:CreateServiceLinkedRole=lost'],
  ['dynamodb:UpdateItem=error*30', 'dynamodb:PutItem=throttle*9'],
])('a small storm in processes of their own loses nothing, with %s', async (...faults) => {
  const { failures, summary } = await play(stack, {
    faults,
    scenes: [stormScene(EVENTS)],
    startFunction: withoutProbe((...args) => new FunctionProcess(...args)),
  });

  expect(failures).toEqual([]);
  expect(summary).toMatchObject({ events: EVENTS, rolesCreated: 1 });
  expect(summary.notices - summary.noticesHigh).toBeLessThanOrEqual(3 + faults.length);
});

import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { FunctionProcess } from '../../sandbox/function/function-process';
import { defaultScenario } from '../../sandbox/scenario/default-scenario';
import { type Played, play } from './play';

const settings = {
  emails: ['platform-team@example.com'],
  remediation: 'auto',
  locale: 'en',
} as const;

let stack: Synthesis;
beforeAll(async () => {
  stack = await synthesize(settings);
});
afterAll(() => stack.remove());

/** What must not depend on where the function runs. */
function story({ sandbox, summary, failures }: Played) {
  const calls = sandbox.journal.of('call').map(({ call, outcome }) => `${call} ${outcome}`);
  const subjects = sandbox.journal.of('notice').map(({ notice }) => notice.subject);
  return { ...summary, failures, calls: calls.sort(), subjects: subjects.sort() };
}

test.each([[], ['iam:CreateServiceLinkedRole=throttle*2', 'iam:GetRole=stale*2', 'sns:Publish=lost']])(
  'the bundle does the same in our process as in its own, with %s',
  async (...faults) => {
    const scenes = defaultScenario.slice(0, 4);
    const inside = await play(stack, { faults, scenes });
    const outside = await play(stack, { faults, scenes, startFunction: (...args) => new FunctionProcess(...args) });

    expect(story(inside)).toEqual(story(outside));
  },
);

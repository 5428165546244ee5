import { checkDeployment } from '../../sandbox/checks';
import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { InProcessFunction } from '../../sandbox/function/in-process-function';
import type { StartFunction } from '../../sandbox/function/lambda-service';
import { Sandbox } from '../../sandbox/sandbox';
import { dayAfter } from '../../sandbox/scenario/day-after';
import { defaultScenario } from '../../sandbox/scenario/default-scenario';
import { playScenes, type Scene } from '../../sandbox/scenario/scene';
import { failuresOf, type Summary, summarize } from '../../sandbox/summary';
import { withoutProbe } from './without-probe';

/** What a run showed. */
export type Played = { sandbox: Sandbox; summary: Summary; failures: string[]; weaknesses: string[] };

/** What to play, what fails, and where functions run. */
export type PlayOptions = {
  readonly faults?: readonly string[];
  readonly scenes?: readonly Scene[];
  readonly startFunction?: StartFunction;
  /** Whether what has happened is enough, so that nobody waits for the digest. */
  readonly isOver?: (sandbox: Sandbox) => boolean;
};

/** Runs functions in our own process, which does the same (`in-process.test.ts`) in a fraction of the time. */
export const inProcess: StartFunction = (...args) => new InProcessFunction(...args);

/** Plays scenes against a stack, the default scenario unless told otherwise; functions run in our own process. */
export async function play(
  stack: SynthesizedApp,
  { faults = [], scenes = defaultScenario, startFunction = inProcess, isOver = () => false }: PlayOptions = {},
): Promise<Played> {
  // Faults are meant for the responder's calls; the probe would run into some of them.
  const start = faults.length > 0 ? withoutProbe(startFunction) : startFunction;
  const options = { faults: new FaultPlan(faults), wantsAsciiSubjects: true, startFunction: start };
  const sandbox = await Sandbox.open(stack, options);
  try {
    await playScenes(scenes, sandbox);
    if (!isOver(sandbox)) await playScenes([dayAfter], sandbox);
  } finally {
    await sandbox.close();
  }
  const items = await sandbox.database.items();
  const [failures, weaknesses] = [failuresOf(sandbox, items), checkDeployment(sandbox)];
  return { sandbox, summary: summarize(sandbox, items, 0), failures, weaknesses };
}

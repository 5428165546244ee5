import { checkDeployment } from '../../sandbox/checks';
import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { FaultPlan } from '../../sandbox/endpoint/faults';
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

/** Plays scenes against a stack, the default scenario unless told otherwise. */
export async function play(
  stack: SynthesizedApp,
  { faults = [], scenes = defaultScenario, startFunction, isOver = () => false }: PlayOptions = {},
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

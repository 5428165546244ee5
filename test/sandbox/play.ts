import { checkDeployment } from '../../sandbox/checks';
import type { SynthesizedStack } from '../../sandbox/cloudformation/deploy';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { Sandbox } from '../../sandbox/sandbox';
import { defaultScenario } from '../../sandbox/scenario/default-scenario';
import { playScenes, type Scene } from '../../sandbox/scenario/scene';
import { failuresOf, type Summary, summarize } from '../../sandbox/summary';

/** What a run showed. */
export type Played = { sandbox: Sandbox; summary: Summary; failures: string[]; weaknesses: string[] };

/** Plays scenes against a stack, the default scenario unless told otherwise. */
export async function play(
  stack: SynthesizedStack,
  { faults = [], scenes = defaultScenario }: { faults?: readonly string[]; scenes?: readonly Scene[] } = {},
): Promise<Played> {
  const sandbox = await Sandbox.open(stack, { faults: new FaultPlan(faults), wantsAsciiSubjects: true });
  try {
    await playScenes(scenes, sandbox);
  } finally {
    await sandbox.close();
  }
  const [failures, weaknesses] = [failuresOf(sandbox), checkDeployment(sandbox)];
  return { sandbox, summary: summarize(sandbox, 0), failures, weaknesses };
}

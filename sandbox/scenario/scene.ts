import type { Entry } from '../journal';
import type { Sandbox } from '../sandbox';

/** One story: what people do, while Trailmend listens. */
export type Scene = { readonly title: string; readonly play: (sandbox: Sandbox) => void | Promise<void> };

/** Plays the scenes one after the other; Trailmend finishes with one, and `onScene` hears of it, before the next begins. */
export async function playScenes(
  scenes: readonly Scene[],
  sandbox: Sandbox,
  onScene: (entries: readonly Entry[]) => void = () => {},
): Promise<void> {
  for (const { title, play } of scenes) {
    sandbox.clock.advanceMinutes(11);
    const start = sandbox.journal.entries.length;
    sandbox.journal.add({ kind: 'scene', title });
    await play(sandbox);
    await sandbox.settle();
    onScene(sandbox.journal.entries.slice(start));
  }
}

import { Pass, type PassPart } from './pass';
import type { Period } from './period';
import type { RegionProgress } from './progress-words';

/** What is read of a Region, and which share of it was read before this reading. */
export type RegionPasses = { readonly region: string; readonly passes: readonly Pass[]; readonly begunWith: number };

/** All passes of a scan, and how far they are. */
export class Passes {
  readonly regions: readonly RegionPasses[];

  constructor(
    parts: Readonly<Record<string, readonly PassPart[]>>,
    private readonly period: Period,
  ) {
    this.regions = Object.entries(parts).map(([region, each]) => {
      const passes = each.map((part) => new Pass(part));
      return { region, passes, begunWith: this.#shareOf(passes) };
    });
  }

  get areDone(): boolean {
    return this.regions.every(({ passes }) => passes.every(({ isDone }) => isDone));
  }

  progress(): RegionProgress[] {
    return this.regions.map(({ region, passes, begunWith }) => ({ region, begunWith, share: this.#shareOf(passes) }));
  }

  parts(): Record<string, PassPart[]> {
    return Object.fromEntries(this.regions.map(({ region, passes }) => [region, passes.map((pass) => pass.part())]));
  }

  #shareOf(passes: readonly Pass[]): number {
    return passes.reduce((sum, pass) => sum + pass.share(this.period), 0) / passes.length;
  }
}

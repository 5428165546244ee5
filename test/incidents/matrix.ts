import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { type Ending, endingIn, noticesIn, problemsIn, type Told } from './ending';
import { openWorld } from './incident-world';
import type { Call, Mishap, Planned } from './mishaps';
import type { Story } from './stories';

/** The columns: what can happen to a call. Three times is as often as the SDK tries. */
const MISHAPS = {
  throttle: { kind: 'throttle', times: 3 },
  error: { kind: 'error', times: 3 },
  refuse: { kind: 'refuse', times: 3 },
  timeout: { kind: 'timeout', times: 3 },
  lost: { kind: 'lost', times: 1 },
  'lost for good': { kind: 'lost', times: 3 },
  stale: { kind: 'stale', times: 1 },
  crash: { kind: 'crash' },
} as const satisfies Readonly<Record<string, Mishap>>;

type MishapName = keyof typeof MISHAPS;

/** How much of the matrix is played. */
export type Extent = {
  /** Every call of every story, or each step only where it comes first. */
  readonly everyCall: boolean;
  readonly mishaps: readonly MishapName[];
};

/** Everything: for CI. */
export const WHOLE: Extent = { everyCall: true, mishaps: Object.keys(MISHAPS) as MishapName[] };

/** Each step once, with what differs most: it was done but nobody heard, and everything ended before it. */
export const QUICK: Extent = { everyCall: false, mishaps: ['lost for good', 'crash'] };

/** How many stories are played at the same time: they wait a lot. */
const AT_ONCE = 6;

/** How a story goes when nothing goes wrong. */
type Baseline = { readonly calls: readonly Call[]; readonly notices: readonly Told[] };

/** One call of one story, and what the story ends in when the call goes wrong in each way. */
export type Row = {
  readonly story: string;
  readonly step: string;
  /** Which of the story's calls for this step, from 1. */
  readonly at: number;
  readonly endings: Readonly<Record<string, Ending>>;
};

/** Plays the stories once for each call and mishap. */
export async function matrixOf(stack: SynthesizedApp, stories: readonly Story[], extent: Extent): Promise<Row[]> {
  const known = new Set<string>();
  const rows: (Call & { story: Story; baseline: Baseline })[] = [];
  for (const story of stories) {
    const baseline = await baselineOf(stack, story);
    for (const call of baseline.calls) {
      if (!extent.everyCall && known.has(call.step)) continue;
      known.add(call.step);
      rows.push({ story, baseline, ...call });
    }
  }
  return inParallel(rows, async ({ story, baseline, canBeStale, ...row }) => {
    const endings: [string, Ending][] = [];
    for (const name of extent.mishaps.filter((each) => canBeStale || each !== 'stale')) {
      endings.push([name, await endingOf(stack, story, baseline, { ...row, mishap: MISHAPS[name] })]);
    }
    return { ...row, story: story.name, endings: Object.fromEntries(endings) };
  });
}

/** Plays a story undisturbed. Throws when even that goes wrong. */
async function baselineOf(stack: SynthesizedApp, story: Story): Promise<Baseline> {
  const world = await openWorld(stack);
  try {
    await story.play(world);
    const calls = [...world.mishaps.calls];
    await world.recover();
    const problems = await problemsIn(world);
    if (problems.length > 0) throw new Error(`${story.name} goes wrong by itself: ${problems.join('; ')}`);
    return { calls, notices: noticesIn(world) };
  } finally {
    await world.close();
  }
}

/** Plays a story in which one call goes wrong. */
async function endingOf(stack: SynthesizedApp, story: Story, { notices }: Baseline, planned: Planned): Promise<Ending> {
  const world = await openWorld(stack, [planned]);
  try {
    await story.play(world);
    if (!world.mishaps.hasStruck) return { how: '-', doubled: 0, unnoted: false, problems: [] };
    await world.recover();
    return await endingIn(world, notices);
  } finally {
    await world.close();
  }
}

async function inParallel<Each, Result>(
  all: readonly Each[],
  work: (each: Each) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...all.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** The matrix as a table in Markdown: what each call ends in when it goes wrong in each way. */
export function renderMatrix(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const names = [...new Set(rows.flatMap(({ endings }) => Object.keys(endings)))];
  const lines = rows.map(({ story, at, step, endings }) =>
    line([story, `${step}, ${at}`, ...names.map((name) => renderEnding(endings[name]))]),
  );
  return [line(['story', 'call', ...names]), line(['', '', ...names].map(() => '---')), ...lines].join('\n');
}

function renderEnding(ending: Ending | undefined): string {
  if (!ending) return '';
  if (ending.problems.length > 0) return 'WRONG';
  return ending.doubled > 0 ? `${ending.how}, told twice` : ending.how;
}

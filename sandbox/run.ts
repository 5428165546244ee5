import { checkDeployment } from './checks';
import { type Synthesis, synthesize } from './cloudformation/synthesize';
import { type Options, type Output, readArguments } from './command-line';
import { HUB, ORGANIZATION_ID } from './organization/accounts';
import type { Reporter } from './report/reporter';
import { jsonReporter, personReporter } from './report/reporter';
import type { Paint } from './report/text-layout';
import { prepareReview, writeReview } from './review';
import { Sandbox } from './sandbox';
import { dayAfter } from './scenario/day-after';
import { defaultScenario } from './scenario/default-scenario';
import { replayScenes } from './scenario/replay';
import { playScenes, type Scene } from './scenario/scene';
import { stormScene } from './scenario/storm';
import { failuresOf, summarize } from './summary';
import { UsageError } from './usage-error';

/** Who gets the notices. */
const EMAILS = ['platform-team@example.com', 'security-oncall@example.com'];

/** The whole program: reads the arguments, plays, reports. Answers the exit code. */
export async function run(args: readonly string[], output: Output, paint: Paint): Promise<number> {
  const began = performance.now();
  try {
    const options = readArguments(args, output);
    if (!options) return 0;
    const scenes = scenesFor(options);
    if (options.reviewPath !== null) await prepareReview(options.reviewPath);
    const { print } = output;
    const reporter = options.json ? jsonReporter(print) : personReporter(print, paint, options.remediation);
    reporter.begin();
    const { remediation, locale } = options;
    const settings = { organizationId: ORGANIZATION_ID, emails: EMAILS, remediation, locale };
    const stack = await synthesize(HUB.stack, settings);
    return await play(stack, scenes, options, reporter, began).finally(stack.remove);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.complain(error.message);
    return 2;
  }
}

function scenesFor({ events, storm }: Options): readonly Scene[] {
  if (storm !== null) return [stormScene(storm)];
  return events.length > 0 ? replayScenes(events) : defaultScenario;
}

async function play(
  stack: Synthesis,
  scenes: readonly Scene[],
  { faults, locale, reviewPath }: Options,
  reporter: Reporter,
  began: number,
) {
  const sandbox = await Sandbox.open(stack, { faults });
  try {
    await playScenes([...scenes, dayAfter], sandbox, (entries) => reporter.scene(entries, sandbox.journal));
  } finally {
    await sandbox.close();
  }
  const items = await sandbox.database.items();
  const failures = failuresOf(sandbox, items);
  const weaknesses = checkDeployment(sandbox);
  if (reviewPath !== null) await writeReview(sandbox, reviewPath, locale);
  const summary = summarize(sandbox, items, Math.round(performance.now() - began));
  reporter.end({ summary, failures, weaknesses, reviewPath }, sandbox.journal);
  return failures.length + weaknesses.length === 0 ? 0 : 1;
}

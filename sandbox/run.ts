import { checkDeployment } from './checks';
import { type Synthesis, synthesize } from './cloudformation/synthesize';
import { writeArchive } from './cloudtrail/write-archive';
import { type Options, type Output, readArguments } from './command-line';
import { addOrganizationTrail, consultDoctor } from './doctor';
import { type Additions, LocalOrganization } from './organization/local-organization';
import type { Reporter } from './report/reporter';
import { jsonReporter, personReporter } from './report/reporter';
import type { Paint } from './report/text-layout';
import { prepareReview, writeReview } from './review';
import { Sandbox } from './sandbox';
import { dayAfter } from './scenario/day-after';
import { defaultScenario } from './scenario/default-scenario';
import { readReplay } from './scenario/replay';
import { playScenes, type Scene } from './scenario/scene';
import { stormScene } from './scenario/storm';
import { failuresOf, summarize } from './summary';
import { UsageError } from './usage-error';

/** Who gets the notices. */
const EMAILS = ['platform-team@example.com', 'security-oncall@example.com'];

/** How long a deployment has been there when the doctor looks at it, in milliseconds. */
const SETTLES_FOR = 10 * 60_000;

/**
 * The whole program: reads the arguments, plays, reports. Answers the exit code.
 * @param synthesizeApp gives the stacks for settings
 */
export async function run(
  args: readonly string[],
  output: Output,
  paint: Paint,
  synthesizeApp: typeof synthesize = synthesize,
): Promise<number> {
  const began = performance.now();
  try {
    const options = readArguments(args, output);
    if (!options) return 0;
    const { scenes, additions } = programFor(options);
    if (options.reviewPath !== null && !options.doctor) await prepareReview(options.reviewPath);
    const { print } = output;
    const reporter = options.json ? jsonReporter(print) : personReporter(print, paint, options.remediation);
    reporter.begin();
    const { remediation, locale } = options;
    const { regions } = new LocalOrganization(additions);
    const app = await synthesizeApp({ emails: EMAILS, remediation, locale, regions });
    const end = options.doctor
      ? examine(app, options, reporter, output)
      : play(app, { scenes, additions }, options, reporter, began);
    return await end.finally(app.remove);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    output.complain(error.message);
    return 2;
  }
}

/** What is played, and the accounts and Regions that it needs besides the usual ones. */
type Program = { readonly scenes: readonly Scene[]; readonly additions?: Additions };

function programFor({ events, storm }: Options): Program {
  if (storm !== null) return { scenes: [stormScene(storm)] };
  return events.length > 0 ? readReplay(events) : { scenes: defaultScenario };
}

/** Lets a fresh deployment settle and shows what the doctor says about it. */
async function examine(app: Synthesis, { faults, json }: Options, reporter: Reporter, output: Output) {
  const sandbox = await Sandbox.open(app, { faults });
  addOrganizationTrail(sandbox);
  reporter.deployed(sandbox.deployment);
  try {
    sandbox.clock.advanceTo(Date.now() - SETTLES_FOR);
    await sandbox.settle();
    await sandbox.catchUp();
    return await consultDoctor(sandbox, json ? ['--json'] : [], output);
  } finally {
    await sandbox.close();
  }
}

async function play(
  app: Synthesis,
  { scenes, additions }: Program,
  { faults, locale, reviewPath, archive }: Options,
  reporter: Reporter,
  began: number,
) {
  const sandbox = await Sandbox.open(app, { faults, additions });
  reporter.deployed(sandbox.deployment);
  try {
    await playScenes([...scenes, dayAfter], sandbox, (entries) => reporter.scene(entries, sandbox.journal));
  } finally {
    await sandbox.close();
  }
  const items = await sandbox.database.items();
  const failures = failuresOf(sandbox, items);
  const weaknesses = checkDeployment(sandbox);
  if (reviewPath !== null) await writeReview(sandbox, reviewPath, locale);
  if (archive !== null) await writeArchive(sandbox.history, archive);
  const summary = summarize(sandbox, items, Math.round(performance.now() - began));
  reporter.end({ summary, failures, weaknesses, reviewPath }, sandbox.journal);
  return failures.length + weaknesses.length === 0 ? 0 : 1;
}

import type { Aws, Credentials } from './aws';
import { Changes } from './changes';
import { readDeployment } from './deployment';
import { FACTS } from './facts';
import { type Look, onceByKey } from './look';
import { mask } from './mask';
import { type Options, readOptions, USAGE } from './options';
import { planText } from './plan';
import { exitCodeOf, type Kept, reportText } from './report';
import { runFacts } from './run-facts';
import { powerlessIn } from './sessions';
import { STAGES } from './stages';
import { openTarget, type Target } from './target';
import { type Clock, Waits } from './waits';

/** What a run touches of the world; tests hand in their own. */
export type World = {
  readonly aws: Aws;
  readonly credentials: (profile: string | undefined) => Promise<Credentials>;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** Aborts when the person has had enough. */
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly write: (file: string, text: string) => void;
};

/**
 * Prints the plan, or looks at the facts and reports; answers the exit code.
 * @throws UsageError
 */
export async function liveCheck(args: readonly string[], world: World): Promise<number> {
  const options = readOptions(args, FACTS, world.env);
  if (options.isHelp || options.target === null) {
    world.out(options.isHelp ? USAGE : planText(options.facts, STAGES));
    return 0;
  }
  const { region, role, facts, out, profile } = options;
  const target = await openTarget(world.aws, await world.credentials(profile), { ...options.target, region, role });
  if (out !== null) {
    // A path that cannot be written is to be known before anything is changed.
    world.write(out, '');
  }
  const began = world.clock.now();
  const say = (text: string) => world.err(`${elapsed(world.clock.now() - began)} ${text}\n`);
  const kept: Kept[] = [];
  const outcome = await runFacts(facts, STAGES, await lookAt(target, options, world, { say, kept }), say);
  const where = `organization ${options.target.organization}, management account ${target.management.account}, member account ${target.member.account}, ${region}`;
  const report = reportText(outcome, { began, ended: world.clock.now(), where, kept });
  const text = options.isMasked ? mask(report, standInsOf(target)) : report;
  if (out === null) {
    world.out(text);
  } else {
    world.write(out, text);
    say(`the report is in ${out}`);
  }
  return exitCodeOf(outcome);
}

async function lookAt(
  { partition, management, member }: Target,
  { bucket, region }: Options,
  { aws, clock, signal }: World,
  { say, kept }: { say: (text: string) => void; kept: Kept[] },
): Promise<Look> {
  const look = {
    ...{ aws, partition, management, member, region, bucket },
    deployment: await readDeployment(aws, management, region),
    changes: new Changes(say, signal),
    waits: new Waits(clock, say, signal),
    now: clock.now,
    once: onceByKey(),
    keep: (title: string, record: unknown) => void kept.push({ title, record }),
  };
  return { ...look, powerless: (of) => look.once(`powerless in ${of.account}`, () => powerlessIn(look, of)) };
}

/** Accounts as the documentation calls them. */
function standInsOf({ management, member }: Target): ReadonlyMap<string, string> {
  return new Map([
    [management.account, '111122223333'],
    [member.account, '222233334444'],
  ]);
}

/** Minutes and seconds. */
function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

import { Command, Option } from 'commander';
import { partitionOfRegion } from '../lambda/denial/arn';
import type { Place, Verdict } from '../lambda/health/check';
import type { HealthEdges } from '../lambda/health/edges';
import { EXPECTATION_OUTPUT, type Expectation, readExpectation } from '../lambda/health/expectation';
import { LookError } from '../lambda/health/look-error';
import { readPolicy } from '../lambda/health/read-policy';
import { runChecks } from '../lambda/health/run-checks';
import { isExpected } from '../lambda/health/saw';
import { couldNotLook } from '../lambda/health/verdict';
import { HEALTH_LANGUAGES } from '../lambda/texts/health-languages';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { doctorJson, doctorText } from './doctor-report';
import type { Io } from './io';
import { Progress } from './progress';
import { UsageError } from './usage-error';

/** AWS as checks ask it, the Region that is meant, and AWS's time. */
export type OpenHealth = (options: { region?: string; profile?: string }) => Promise<Opened>;

type Opened = { readonly aws: HealthEdges; readonly region: string; now(): number };

type Options = {
  stack: string;
  locale: Locale;
  region?: string;
  profile?: string;
  json?: true;
  printPolicy?: true;
};

/** What is there: what a deployment should be, null for none, or why that cannot be said. */
type Deployment = Expectation | LookError | null;

const HELP = `
Looks only: nothing is changed. Takes your AWS credentials, which must be of the organization's management account; what
they need is shown by --print-policy. Before deployment it checks what a deployment needs.

Exit code: 0 well, 1 something failed or could not be looked at, 2 misuse.`;

/** `trailmend doctor`: whether everything is as it must be, and the command that mends what is not. */
export function doctorCommand(io: Io, open: OpenHealth, exit: (code: number) => void): Command {
  return new Command('doctor')
    .description('Check everything that Trailmend rests on, in every Region and account, and say how to mend it.')
    .option('--stack <name>', 'the hub stack', 'TrailmendHub')
    .option('--region <region>', 'home Region of the deployment; by default that of your AWS configuration')
    .option('--profile <name>', 'profile of your AWS configuration; by default AWS_PROFILE')
    .addOption(new Option('--locale <locale>', 'language').choices(Object.keys(LANGUAGES)).default('en'))
    .option('--json', 'one JSON object per line: every verdict, and last the count')
    .option('--print-policy', 'print the IAM policy that this command needs, and do nothing else')
    .addHelpText('after', HELP)
    .action(async (options: Options) => exit((await examine(options, io, open)) ? 0 : 1));
}

async function examine(options: Options, io: Io, open: OpenHealth): Promise<boolean> {
  const { stack, locale } = options;
  if (options.printPolicy) {
    io.out(`${JSON.stringify(readPolicy(partitionOfRegion(options.region ?? ''), stack), null, 2)}\n`);
    return true;
  }
  const texts = HEALTH_LANGUAGES[locale];
  const opened = await open(options);
  const { aws, region } = opened;
  const here = { account: await aws.callerAccount(), region };
  const deployment = await deploymentOf(stack, region, aws);
  const progress = new Progress(io, Date.now, texts.doctor.looking);
  const verdicts = await verdictsOf(deployment, here, opened, progress).finally(() => progress.end());
  const report = { stack, here, isDeployed: deployment !== null, verdicts, texts };
  io.out(options.json ? doctorJson(report) : doctorText(report, io));
  return verdicts.every(({ status, saw }) => status === 'ok' || (status === 'not-checked' && !isExpected(saw)));
}

/** Who may not see the stack still learns what can be seen without it, such as that the account is the wrong one. */
async function verdictsOf(
  deployment: Deployment,
  here: Place,
  { aws, now }: Opened,
  progress: Progress,
): Promise<readonly Verdict[]> {
  const error = deployment instanceof LookError ? deployment : null;
  const expectation = deployment instanceof LookError ? null : deployment;
  const tell = (done: number, of: number) => progress.tell(done, of);
  const verdicts = await runChecks({ expectation, here, aws, now, progress: tell });
  return error === null
    ? verdicts
    : verdicts.map((verdict) => (verdict.saw.kind === 'not-deployed' ? couldNotLook(verdict, error) : verdict));
}

async function deploymentOf(stack: string, region: string, aws: HealthEdges): Promise<Deployment> {
  try {
    const json = await aws.stackOutput(stack, EXPECTATION_OUTPUT, region);
    return json === 'absent' ? null : readExpectation(json ?? '{}');
  } catch (error) {
    if (error instanceof LookError) {
      return error;
    }
    throw new UsageError(
      `stack ${stack} in ${region} has no ${EXPECTATION_OUTPUT} that this version can read: it is another stack (see --stack), or another version of Trailmend deployed it; deploy this version first.`,
    );
  }
}

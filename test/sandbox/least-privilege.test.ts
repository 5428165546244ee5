import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import { HUB } from '../../sandbox/organization/accounts';
import { iamUser } from '../../sandbox/organization/identity';
import { accountOf } from '../../sandbox/organization/place';
import type { Sandbox } from '../../sandbox/sandbox';
import { trustedAccessOff } from '../../sandbox/scenario/organization-trail';
import { apiCallEvent } from '../../sandbox/scenario/record';
import { refusals } from '../../sandbox/scenario/refusals';
import type { Scene } from '../../sandbox/scenario/scene';
import { changed, withoutEachStatement, withoutStatements } from './damaged-template';
import { inProcess, type Played, type PlayOptions, play } from './play';
import { withoutProbe } from './without-probe';

const SETTINGS = {
  emails: ['platform-team@example.com'],
  remediation: 'auto',
  locale: 'en',
} as const;

/**
 * Rights of a function that stand in its own policy and in the resource's as well. Within one account AWS takes either,
 * so that neither is missed when it alone goes.
 */
const DOUBLED = [
  ['PublishNotices', 'AllowResponderToPublish'],
  ['EncryptNotices', 'AllowResponderToPublishEncrypted'],
  ['PublishNotices', 'AllowProbeToPublish'],
  ['EncryptNotices', 'AllowProbeToPublishEncrypted'],
] as const;

/** Rights that nothing here can miss, each with the reason. */
const NEVER_MISSED: Readonly<Record<string, string>> = {
  ReadUnits: 'the stack set of the sandbox targets the root, so that nobody asks for units',
  AssumeCanary: 'the canary trusts the role of the probe by name, which within an account is enough',
};

/** The probe finds its stack deployed and the role missing; then no trail logs, and it has to look for refused calls. */
const watch: readonly Scene[] = [
  { title: 'A deployment', play: () => {} },
  {
    title: 'A stopped trail',
    play: async (sandbox) => {
      const own = [...sandbox.organization.trails.values()].filter(({ arn }) => accountOf(arn) === HUB.account);
      for (const trail of own) trail.isLogging = false;
      // The probe looks at trails once an hour.
      sandbox.clock.advanceMinutes(61);
      sandbox.emit(refusalIn(HUB.account, HUB.region, sandbox.clock.now()), true);
      await sandbox.runScheduledFunctions();
      for (const trail of own) trail.isLogging = true;
    },
  },
];

/** Somebody is refused in the other Regions of the management account, whose forwarders have a template each. */
const abroad: readonly Scene[] = ['eu-west-1', 'eu-central-1'].map((region) => refused(HUB.account, region));

/** There, and in a member: wherever a template of a forwarder is deployed. */
const everywhere: readonly Scene[] = [...abroad, refused('333344445555', 'eu-west-1')];

function refused(account: string, region: string): Scene {
  const play: Scene['play'] = (sandbox) => sandbox.emit(refusalIn(account, region, sandbox.clock.now()), true);
  return { title: `${account} in ${region}`, play };
}

function refusalIn(account: string, region: string, at: number): Envelope {
  const who = iamUser(account, 'mateo');
  const errorMessage = `User: ${who.caller.arn} is not authorized to perform: cloudtrail:StopLogging because no identity-based policy allows the cloudtrail:StopLogging action`;
  return apiCallEvent({
    at,
    who,
    region,
    service: 'cloudtrail',
    operation: 'StopLogging',
    errorCode: 'AccessDenied',
    errorMessage,
  });
}

let stack: Synthesis;

beforeAll(async () => {
  stack = await synthesize(SETTINGS);
});

afterAll(() => stack.remove());

/** What people see: the scenario, without the probe. */
const playHere = (whole: SynthesizedApp, options?: PlayOptions) =>
  play(whole, { ...options, isOver: isDamaged, startFunction: withoutProbe(inProcess) });

/** What the probe does, and nobody else. */
const watchHere = (whole: SynthesizedApp) => play(whole, { scenes: watch, isOver: () => true });

/** Whether anything was refused or broke: then the digest need not be waited for. */
function isDamaged({ journal }: Sandbox): boolean {
  const refused = journal
    .of('call')
    .some(({ outcome, isFault }) => !isFault && /AccessDenied|Authorization/.test(outcome));
  const kinds = ['defect', 'undelivered', 'function-failed', 'dead-lettered'] as const;
  return refused || kinds.some((kind) => journal.of(kind).length > 0);
}

/** A sample of the statements, a different one in each policy; all of them in `.ci/run`. */
const STEP = process.env.EVERY_STATEMENT ? 1 : 8;

test('every statement of every policy is missed when it goes', async () => {
  const wholes = [await playHere(stack), await watchHere(stack)];
  const unnecessary: string[] = [];

  for (const { sid, stack: name, statement, app } of withoutEachStatement(stack).filter((_, at) => at % STEP === 0)) {
    const isMissed = name === HUB.stack ? await isMissedByHub(app) : await isMissedByForwarders(app);
    const isExcused = DOUBLED.flat().some((doubled) => doubled === sid) || `${sid}` in NEVER_MISSED;
    if (!isMissed && !isExcused) unnecessary.push(statement);
  }

  expect(wholes.flatMap(({ failures, weaknesses }) => [...failures, ...weaknesses])).toEqual([]);
  expect(unnecessary).toEqual([]);
  // More than a hundred runs, when all are made.
}, 300_000);

test.each(DOUBLED)('%s and %s are missed when both go', async (...sids) => {
  const app = withoutStatements(stack, sids);

  expect((await watchesWorse(app)) || (await isWorse(app, refusals.slice(0, 2)))).toBe(true);
});

test('a stack for one account alone works without the organization', async () => {
  const { failures, weaknesses, summary } = await playHere(withoutOrganization(stack), { scenes: [trustedAccessOff] });

  expect([...failures, ...weaknesses]).toEqual([]);
  expect(summary.notices).toBe(1);
});

// Within the management account a forwarder needs either its own right or the bus policy, so one of them must go first.
const isMissedByHub = async (app: SynthesizedApp) =>
  (await watchesWorse(app)) || (await isWorse(app)) || (await isWorse(withoutOrganization(app), [trustedAccessOff]));
const isMissedByForwarders = async (app: SynthesizedApp) =>
  (await isWorse(app, everywhere)) || (await isWorse(withoutBusPolicy(app), abroad));

/** Whether a run fails, or mends or tells less than it did with the whole template. */
async function isWorse(damaged: SynthesizedApp, scenes?: readonly Scene[]): Promise<boolean> {
  return lacks(await playHere(damaged, { scenes }), await baseline(scenes, () => playHere(stack, { scenes })));
}

/** The same of what the probe does, and of what shows without any event. */
async function watchesWorse(damaged: SynthesizedApp): Promise<boolean> {
  return lacks(await watchHere(damaged), await baseline(watch, () => watchHere(stack)));
}

function lacks({ summary, weaknesses }: Played, { summary: whole }: Played): boolean {
  const isLess = summary.notices < whole.notices || summary.rolesCreated < whole.rolesCreated;
  return summary.failed + weaknesses.length > 0 || isLess || summary.denials < whole.denials;
}

const baselines = new Map<readonly Scene[] | undefined, Promise<Played>>();

function baseline(scenes: readonly Scene[] | undefined, playWhole: () => Promise<Played>): Promise<Played> {
  const known = baselines.get(scenes) ?? playWhole();
  baselines.set(scenes, known);
  return known;
}

/** What the app synthesizes when it is told no organization id: the hub alone, and its bus has no policy. */
function withoutOrganization({ stacks }: SynthesizedApp): SynthesizedApp {
  const hub = { stacks: stacks.filter(({ at }) => at.stack === HUB.stack) };
  return withoutBusPolicy(hub);
}

function withoutBusPolicy(app: SynthesizedApp): SynthesizedApp {
  return changed(app, (template) => {
    const others = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Events::EventBusPolicy');
    return { ...template, Resources: Object.fromEntries(others) };
  });
}

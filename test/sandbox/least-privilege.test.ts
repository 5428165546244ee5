import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import { InProcessFunction } from '../../sandbox/function/in-process-function';
import { HUB } from '../../sandbox/organization/accounts';
import { iamUser } from '../../sandbox/organization/identity';
import type { Sandbox } from '../../sandbox/sandbox';
import { trustedAccessOff } from '../../sandbox/scenario/organization-trail';
import { apiCallEvent } from '../../sandbox/scenario/record';
import { refusals } from '../../sandbox/scenario/refusals';
import type { Scene } from '../../sandbox/scenario/scene';
import { changed, withoutEachStatement, withoutStatements } from './damaged-template';
import { type PlayOptions, play } from './play';

const SETTINGS = {
  emails: ['platform-team@example.com'],
  remediation: 'auto',
  locale: 'en',
} as const;

/**
 * Rights of the responder that stand in its own policy and in the resource's as well. Within one account AWS takes
 * either, so that neither is missed when it alone goes.
 */
const DOUBLED = [
  ['PublishNotices', 'AllowResponderToPublish'],
  ['EncryptNotices', 'AllowResponderToPublishEncrypted'],
] as const;

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

// Some sixty runs: in processes of their own they would take minutes.
const playHere = (whole: SynthesizedApp, options?: PlayOptions) =>
  play(whole, { ...options, isOver: isDamaged, startFunction: (...args) => new InProcessFunction(...args) });

/** Whether anything was refused or broke: then the digest need not be waited for. */
function isDamaged({ journal }: Sandbox): boolean {
  const refused = journal
    .of('call')
    .some(({ outcome, isFault }) => !isFault && /AccessDenied|Authorization/.test(outcome));
  const kinds = ['defect', 'undelivered', 'function-failed', 'dead-lettered'] as const;
  return refused || kinds.some((kind) => journal.of(kind).length > 0);
}

test('every statement of every policy is missed when it goes', async () => {
  const whole = await playHere(stack);
  const unnecessary: string[] = [];

  for (const { sid, stack: name, statement, app } of withoutEachStatement(stack)) {
    const isMissed = name === HUB.stack ? await isMissedByHub(app) : await isMissedByForwarders(app);
    if (!isMissed && !DOUBLED.flat().some((doubled) => doubled === sid)) unnecessary.push(statement);
  }

  expect([...whole.failures, ...whole.weaknesses]).toEqual([]);
  expect(unnecessary).toEqual([]);
});

test.each(DOUBLED)('%s and %s are missed when both go', async (...sids) => {
  expect(await isWorse(withoutStatements(stack, sids), refusals.slice(0, 2))).toBe(true);
});

test('a stack for one account alone works without the organization', async () => {
  const { failures, weaknesses, summary } = await playHere(withoutOrganization(stack), { scenes: [trustedAccessOff] });

  expect([...failures, ...weaknesses]).toEqual([]);
  expect(summary.notices).toBe(1);
});

// Within the management account a forwarder needs either its own right or the bus policy, so one of them must go first.
const isMissedByHub = async (app: SynthesizedApp) =>
  (await isWorse(app)) || (await isWorse(withoutOrganization(app), [trustedAccessOff]));
const isMissedByForwarders = async (app: SynthesizedApp) =>
  (await isWorse(app, everywhere)) || (await isWorse(withoutBusPolicy(app), abroad));

/** Whether a run fails, or mends or tells less than it did with the whole template. */
async function isWorse(damaged: SynthesizedApp, scenes?: readonly Scene[]): Promise<boolean> {
  // What shows without any event is not worth a play.
  const { weaknesses: atRest } = await playHere(damaged, { scenes: [] });
  if (atRest.length > 0) return true;
  const [{ summary, weaknesses }, { summary: whole }] = [await playHere(damaged, { scenes }), await baseline(scenes)];
  const lacks = summary.notices < whole.notices || summary.rolesCreated < whole.rolesCreated;
  return summary.failed + weaknesses.length > 0 || lacks;
}

const baselines = new Map<readonly Scene[] | undefined, ReturnType<typeof play>>();

function baseline(scenes?: readonly Scene[]): ReturnType<typeof play> {
  const known = baselines.get(scenes) ?? playHere(stack, { scenes });
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

import type { SynthesizedStack } from '../../sandbox/cloudformation/deploy';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Template } from '../../sandbox/cloudformation/template';
import { InProcessFunction } from '../../sandbox/function/in-process-function';
import { HUB, ORGANIZATION_ID } from '../../sandbox/organization/accounts';
import type { Sandbox } from '../../sandbox/sandbox';
import { trustedAccessOff } from '../../sandbox/scenario/organization-trail';
import { refusals } from '../../sandbox/scenario/refusals';
import type { Scene } from '../../sandbox/scenario/scene';
import { withoutEachStatement, withoutStatements } from './damaged-template';
import { type PlayOptions, play } from './play';

const SETTINGS = {
  organizationId: ORGANIZATION_ID,
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

let stack: Synthesis;

beforeAll(async () => {
  stack = await synthesize(HUB.stack, SETTINGS);
});

afterAll(() => stack.remove());

// Some sixty runs: in processes of their own they would take minutes.
const playHere = (whole: SynthesizedStack, options?: PlayOptions) =>
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

  for (const { sid, statement, template } of withoutEachStatement(stack.template)) {
    const isMissed = (await isWorse(template)) || (await isWorse(withoutOrganization(template), [trustedAccessOff]));
    if (!isMissed && !DOUBLED.flat().some((doubled) => doubled === sid)) unnecessary.push(statement);
  }

  expect([...whole.failures, ...whole.weaknesses]).toEqual([]);
  expect(unnecessary).toEqual([]);
});

test.each(DOUBLED)('%s and %s are missed when both go', async (...sids) => {
  expect(await isWorse(withoutStatements(stack.template, sids), refusals.slice(0, 2))).toBe(true);
});

test('a stack for one account alone works without the organization', async () => {
  const { failures, weaknesses, summary } = await playHere(
    { ...stack, template: withoutOrganization(stack.template) },
    { scenes: [trustedAccessOff] },
  );

  expect([...failures, ...weaknesses]).toEqual([]);
  expect(summary.notices).toBe(1);
});

/** Whether a run fails, or mends or tells less than it did with the whole template. */
async function isWorse(template: Template, scenes?: readonly Scene[]): Promise<boolean> {
  const damaged: SynthesizedStack = { ...stack, template };
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

/** What the app synthesizes when it is told no organization id: the bus has no policy. */
function withoutOrganization(template: Template): Template {
  const others = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Events::EventBusPolicy');
  return { ...template, Resources: Object.fromEntries(others) };
}

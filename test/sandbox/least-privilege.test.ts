import type { SynthesizedStack } from '../../sandbox/cloudformation/deploy';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Template } from '../../sandbox/cloudformation/template';
import { HUB, ORGANIZATION_ID } from '../../sandbox/organization/accounts';
import { trustedAccessOff } from '../../sandbox/scenario/organization-trail';
import type { Scene } from '../../sandbox/scenario/scene';
import { withoutEachStatement, withoutStatements } from './damaged-template';
import { play } from './play';

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

test('every statement of every policy is missed when it goes', async () => {
  const whole = await play(stack);
  const unnecessary: string[] = [];

  for (const { sid, statement, template } of withoutEachStatement(stack.template)) {
    const isMissed = (await isWorse(template)) || (await isWorse(withoutOrganization(template), [trustedAccessOff]));
    if (!isMissed && !DOUBLED.flat().some((doubled) => doubled === sid)) unnecessary.push(statement);
  }

  expect([...whole.failures, ...whole.weaknesses]).toEqual([]);
  expect(unnecessary).toEqual([]);
});

test.each(DOUBLED)('%s and %s are missed when both go', async (...sids) => {
  expect(await isWorse(withoutStatements(stack.template, sids))).toBe(true);
});

test('a stack for one account alone works without the organization', async () => {
  const { failures, weaknesses, summary } = await play(
    { ...stack, template: withoutOrganization(stack.template) },
    { scenes: [trustedAccessOff] },
  );

  expect([...failures, ...weaknesses]).toEqual([]);
  expect(summary.notices).toBe(1);
});

/** Whether a run fails, or mends or tells less than it did with the whole template. */
async function isWorse(template: Template, scenes?: readonly Scene[]): Promise<boolean> {
  const damaged: SynthesizedStack = { ...stack, template };
  const [{ summary, weaknesses }, { summary: whole }] = [await play(damaged, { scenes }), await baseline(scenes)];
  const lacks = summary.notices < whole.notices || summary.rolesCreated < whole.rolesCreated;
  return summary.failed + weaknesses.length > 0 || lacks;
}

const baselines = new Map<readonly Scene[] | undefined, ReturnType<typeof play>>();

function baseline(scenes?: readonly Scene[]): ReturnType<typeof play> {
  const known = baselines.get(scenes) ?? play(stack, { scenes });
  baselines.set(scenes, known);
  return known;
}

/** What the app synthesizes when it is told no organization id: the bus has no policy. */
function withoutOrganization(template: Template): Template {
  const others = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Events::EventBusPolicy');
  return { ...template, Resources: Object.fromEntries(others) };
}

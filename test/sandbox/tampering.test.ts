import { checkDeployment } from '../../sandbox/checks';
import type { Template } from '../../sandbox/cloudformation/template';
import { defaultBusArn } from '../../sandbox/organization/place';
import type { Sandbox } from '../../sandbox/sandbox';
import {
  dropStatement,
  removeForwarder,
  replaceForwarder,
  setInstanceStatus,
  setRulePattern,
  setRuleState,
} from '../../sandbox/tampering';
import { BUS, IRELAND, openSmall, PAYMENTS, QUEUE, refusedRead } from './small-organization';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSmall();
});
afterEach(() => sandbox.close());

const OTHER = { ...PAYMENTS, region: 'eu-central-1' };

/** Whether a refusal at each place is heard. */
function heardAt(...places: readonly (typeof PAYMENTS)[]): boolean[] {
  return places.map((place) => {
    const queue = sandbox.deployment.queues.get(QUEUE);
    const before = queue?.messageIds.length ?? 0;
    sandbox.emit(refusedRead(place));
    return queue?.messageIds.length === before + 1;
  });
}

const weaknesses = () => checkDeployment(sandbox).filter((text) => /forwarder/.test(text));

test('a member whose forwarder is removed is deaf in that Region only', () => {
  removeForwarder(sandbox, PAYMENTS);

  expect(heardAt(PAYMENTS, OTHER, IRELAND)).toEqual([false, true, true]);
  expect(weaknesses()).toContain('Payments (333344445555), eu-west-1 has no forwarder');
  expect(() => removeForwarder(sandbox, PAYMENTS)).toThrow('There is no forwarder in 333344445555, eu-west-1');
});

test('the stack in another Region of the management account can be removed too', () => {
  removeForwarder(sandbox, IRELAND);

  expect(heardAt(IRELAND, PAYMENTS)).toEqual([false, true]);
});

test('a forwarder of an older template is outdated, and works as that template says', () => {
  const older = (template: Template): Template => {
    const { Rule = { Type: '' }, ...others } = template.Resources;
    const Properties = { ...Rule.Properties, State: 'ENABLED', Description: 'Forwards (patterns 0)' };
    return { Resources: { ...others, Rule: { ...Rule, Properties } } };
  };
  replaceForwarder(sandbox, PAYMENTS, older);

  // The older rule does not see reads.
  expect(heardAt(PAYMENTS, OTHER)).toEqual([false, true]);
  expect(sandbox.deployment.rules.get(defaultBusArn(PAYMENTS))).toMatchObject([
    { description: 'Forwards (patterns 0)' },
  ]);
  expect(weaknesses()).toContain('the forwarder of Payments (333344445555), eu-west-1 is OUTDATED');
});

test('an instance that CloudFormation cannot work on is a weakness', () => {
  setInstanceStatus(sandbox, PAYMENTS, 'INOPERABLE');

  expect(heardAt(PAYMENTS)).toEqual([true]);
  expect(weaknesses()).toContain('the forwarder of Payments (333344445555), eu-west-1 is INOPERABLE');
});

test('rules can be disabled, and statements be taken from policies', () => {
  setRuleState(sandbox, defaultBusArn(PAYMENTS), 'DISABLED');
  expect(heardAt(PAYMENTS, OTHER)).toEqual([false, true]);

  setRuleState(sandbox, BUS, 'ENABLED', 'Rule');
  expect(heardAt(OTHER)).toEqual([false]);
  expect(() => dropStatement(sandbox, BUS, 'Nothing')).toThrow(`The policy of ${BUS} has no statement Nothing`);
});

test('rules can get another pattern, and what is changed must be there', () => {
  setRulePattern(sandbox, defaultBusArn(PAYMENTS), { source: ['aws.iam'] });

  expect(heardAt(PAYMENTS, OTHER)).toEqual([false, true]);
  expect(sandbox.deployment.rules.get(defaultBusArn(PAYMENTS))).toMatchObject([
    { description: 'Forwards (patterns 1)', eventPattern: '{"source":["aws.iam"]}' },
  ]);
  expect(() => setRulePattern(sandbox, BUS, { source: ['aws.iam'] }, 'Nothing')).toThrow(
    `No rule of ${BUS} is called Nothing`,
  );
});

test('what a statement allowed is refused when it is gone', () => {
  const statements = sandbox.deployment.policies.get(BUS) ?? [];
  sandbox.deployment.policies.set(
    BUS,
    statements.map((statement) => ({ ...statement, sid: 'Organization' })),
  );
  dropStatement(sandbox, BUS, 'Organization');

  expect(heardAt(PAYMENTS, IRELAND)).toEqual([false, true]);
});

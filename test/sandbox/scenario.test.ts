import { version } from '../../package.json';
import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import { finalRecords } from '../../sandbox/final-records';
import { FunctionProcess } from '../../sandbox/function/function-process';
import { HUB } from '../../sandbox/organization/accounts';
import { missingRole } from '../../sandbox/scenario/organization-trail';
import { refusals } from '../../sandbox/scenario/refusals';
import type { Scene } from '../../sandbox/scenario/scene';
import { withEnvironment, withoutStatements, withRuleStates } from './damaged-template';
import { inProcess, type Played, play } from './play';
import { withoutProbe } from './without-probe';

const settings = {
  emails: ['platform-team@example.com'],
  remediation: 'auto',
  locale: 'en',
} as const;

const ORGANIZATION_TRAIL = `arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/organization-trail`;

let stack: Synthesis;

beforeAll(async () => {
  stack = await synthesize(settings);
});

afterAll(() => stack.remove());

const missingRoleOnly = [missingRole];

describe('the default scenario', () => {
  let played: Played;

  beforeAll(async () => {
    // As people run it: each function in processes of its own.
    played = await play(stack, { startFunction: (...args) => new FunctionProcess(...args) });
  });

  test('loses nothing', () => {
    const { failures, weaknesses, summary } = played;

    expect([...failures, ...weaknesses]).toEqual([]);
    expect(summary).toMatchObject({ failed: 0, rolesCreated: 2 });
    expect(summary.notices).toBeGreaterThanOrEqual(5);
    expect(summary.noticesHigh).toBeGreaterThanOrEqual(2);
    expect(summary.events - summary.ignored).toBe(summary.incidents);
  });

  test('ends with the organization trail that could not be created at first', () => {
    const { organization } = played.sandbox;

    expect([...organization.roles.keys()]).toContain('AWSServiceRoleForCloudTrail');
    expect([...organization.trails.keys()]).toContain(ORGANIZATION_TRAIL);
  });

  test('links every notice to its incidents and to the call that sent it', () => {
    const { journal } = played.sandbox;
    const told = journal.of('notice-audit').map(({ record }) => record);
    const atOnce = journal.of('audit').map(({ record }) => record);
    const linked = [...told, ...atOnce].filter(({ noticeId }) => noticeId !== null);

    expect(linked.map(({ noticeId }) => noticeId).sort()).toEqual(
      journal
        .of('notice')
        .map(({ notice }) => notice.id)
        .sort(),
    );
    expect(told.length).toBeGreaterThan(0);
    for (const { calls } of linked) {
      expect(calls).toContainEqual(
        expect.objectContaining({ service: 'sns', operation: 'Publish', outcome: 'ok', requestId: expect.any(String) }),
      );
    }
  });

  test('has a line for every sweep, and in each record what made it', () => {
    const { journal } = played.sandbox;
    const sweeps = journal.of('sweep-audit').map(({ record }) => record);
    const [{ record } = { record: null }] = journal.of('audit');

    expect(new Set(sweeps.map(({ outcome }) => outcome))).toContain('done');
    expect(sweeps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(record?.versions).toEqual({ trailmend: version, patterns: 1, node: process.version });
  });

  test('proves the role that it created by what IAM showed after', () => {
    const created = played.sandbox.journal.of('audit').flatMap(({ record }) => record.verification);

    expect(created).toContainEqual(
      expect.objectContaining({ role: 'AWSServiceRoleForCloudTrail', outcome: 'created', shown: true, look: 2 }),
    );
  });

  test('shows every case once and ignores the noise', () => {
    const records = [...finalRecords(played.sandbox).values()];
    const covered = records.filter(({ plan }) => plan.kind !== 'ignore').map((record) => record.case);
    const left = records.filter(({ plan }) => plan.kind === 'ignore');
    const isCanary = ({ principal }: { principal: string | null }) => /Canary/.test(`${principal}`);
    const ignored = left.filter((record) => !isCanary(record)).map(({ outcome }) => outcome);
    const canaries = left.filter(isCanary).map(({ outcome }) => outcome);

    expect(new Set(covered)).toEqual(
      new Set([
        'missing-service-linked-role',
        'organization-not-ready',
        'pass-role-denied',
        'integration-denied',
        'grant-access-denied',
        'cross-account-denied',
        'cloudtrail-action-denied',
      ]),
    );
    expect(ignored.sort()).toEqual(['ignored', 'ignored', 'malformed']);
    // After the deployment and every six hours of the day that goes by, in three Regions.
    expect(canaries).toEqual(Array(3 * 5).fill('ignored'));
  });

  test('sends notices that every subscriber can read', () => {
    const notices = played.sandbox.journal.of('notice').map(({ notice }) => notice);

    for (const { subject, body, recipients, attributes } of notices) {
      expect(subject).toMatch(/^Trailmend: [\x20-\x7e]{1,88}$/);
      expect(body.length).toBeGreaterThan(100);
      expect(recipients).toEqual(['platform-team@example.com']);
      expect(Object.keys(attributes)).toEqual(
        expect.arrayContaining(['account', 'case', 'plan', 'region', 'severity']),
      );
    }
    // What the probe tells can be told apart.
    expect(notices.flatMap(({ attributes }) => attributes.kind ?? [])).toEqual(['health']);
  });
});

describe('AWS that fails', () => {
  test.each([
    'sns:Publish=throttle*2',
    'sns:Publish=error*4',
    'iam:CreateServiceLinkedRole=throttle*2',
    'iam:CreateServiceLinkedRole=lost',
    'iam:GetRole=stale*2',
    'organizations:ListDelegatedAdministrators=error*3',
  ])('with %s still creates the role, tells it, and lets the trail be created', async (fault) => {
    const { failures, summary, sandbox } = await play(stack, { faults: [fault], scenes: missingRoleOnly });

    expect(failures).toEqual([]);
    expect(summary).toMatchObject({ events: 2, rolesCreated: 1, notices: 1 });
    expect([...sandbox.organization.trails.keys()]).toContain(ORGANIZATION_TRAIL);
  });

  test('makes a message wait for its visibility timeout, not us', async () => {
    const began = Date.now();
    const { failures, sandbox } = await play(stack, { faults: ['sns:Publish=error*6'], scenes: missingRoleOnly });

    // A sweep sends what the first delivery could not, so the second finds everything done.
    const records = sandbox.journal.of('audit').map(({ record }) => record);
    expect(failures).toEqual([]);
    expect(records.map(({ receiveCount }) => receiveCount)).toEqual([1, 2]);
    expect(records[1]?.queuedMs).toBeGreaterThanOrEqual(360_000);
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  test('for good brings a grave event to the dead letters, and that counts', async () => {
    const grave = refusals.filter(({ title }) => title.startsWith('A guardrail'));
    const { failures, summary } = await play(stack, {
      faults: ['sns:Publish=refuse*999'],
      scenes: grave,
      isOver: () => true,
    });

    expect(summary).toMatchObject({ denials: 1, incidents: 1, notices: 0 });
    expect(failures).toContainEqual(expect.stringMatching(/^event .* failed: AuthorizationError/));
    expect(failures).toContainEqual(expect.stringMatching(/^message .* is in a dead-letter queue$/));
    expect(failures).toContainEqual(expect.stringMatching(/^incident .* holds 1 events, notices told 0$/));
  });

  test('by refusing Trailmend makes it report itself', async () => {
    const { summary, sandbox } = await play(stack, {
      faults: ['iam:CreateServiceLinkedRole=refuse*6'],
      scenes: missingRoleOnly,
    });

    const own = sandbox.journal.of('event').filter(({ envelope }) => envelope.source === 'aws.iam');
    expect(own.length).toBeGreaterThan(0);
    expect(summary).toMatchObject({ rolesCreated: 0 });
    expect(summary.noticesHigh).toBeGreaterThanOrEqual(2);
  });
});

describe('a damaged template', () => {
  const reads = refusals.slice(0, 1);
  // The probe's canary would miss what is missing too.
  const failuresWith = async (app: SynthesizedApp, scenes: readonly Scene[]) =>
    (await play(app, { scenes, startFunction: withoutProbe(inProcess) })).failures;

  test('whose rules are in the ordinary state does not hear reads', async () => {
    const app = withRuleStates(stack, 'ENABLED');

    expect(await failuresWith(app, reads)).toEqual([
      expect.stringMatching(/has no audit record$/),
      expect.stringMatching(/is not in the table$/),
    ]);
    expect(await failuresWith(app, missingRoleOnly)).toEqual([]);
  });

  test('without the bus policy is deaf to members, and says where the event got lost', async () => {
    const app = withoutStatements(stack, ['cdk-AllowOrganizationToPutEvents']);
    const lost =
      /forwarder of Payments \(333344445555\), eu-west-1: User: .* is not authorized to perform: events:PutEvents/;

    expect(await failuresWith(app, reads)).toContainEqual(expect.stringMatching(lost));
  });

  test('whose function cannot start fails every event', async () => {
    const failures = await failuresWith(withEnvironment(stack, { TOPIC_ARN: '' }), reads);

    expect(failures).toContainEqual(expect.stringMatching(/has no audit record$/));
  });
});

test('in observe nothing is changed, and the notice says so', async () => {
  const app = withEnvironment(stack, { REMEDIATION: 'observe' });
  const { failures, summary, sandbox } = await play(app, {
    scenes: missingRoleOnly,
    startFunction: withoutProbe(inProcess),
  });

  expect(failures).toEqual([]);
  expect(summary).toMatchObject({ events: 2, rolesCreated: 0 });
  expect(sandbox.journal.of('audit')[0]?.record.outcome).toBe('observed');
  expect([...sandbox.organization.trails.keys()]).not.toContain(ORGANIZATION_TRAIL);
});

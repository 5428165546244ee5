import type { RoleOutcome } from '../../../lambda/plan/remediation';
import type { ServiceLinkedRole } from '../../../lambda/plan/service-linked-roles';
import { EXPECTATION, ProbeStage } from '../../support/probe-stage';

const ROLE = 'AWSServiceRoleForCloudTrail';
const AFTER = ['delegated', 'trusted'] as const;

let stage: ProbeStage;

beforeEach(async () => {
  stage = await new ProbeStage().open();
  stage.roles.clear();
});

afterEach(() => stage.close());

const failing = async (role: ServiceLinkedRole): Promise<RoleOutcome> => ({
  role,
  kind: 'create-failed',
  error: { name: 'AccessDenied', message: 'explicit deny', passing: false, mayBeDone: false },
});

/** What the check of roles finds while the role is missing. */
function roleMissing() {
  return {
    check: 'roles',
    subject: ROLE,
    status: stage.roles.has(ROLE) ? 'ok' : 'failed',
    saw: { kind: 'role-missing', role: ROLE, because: 'trusted-access' },
    place: { account: EXPECTATION.managementAccount, region: EXPECTATION.homeRegion },
    mend: ['aws iam create-service-linked-role --aws-service-name cloudtrail.amazonaws.com'],
  } as const;
}

test.each(AFTER)('creates the missing role before anybody fails, and tells it once (%s)', async (need) => {
  if (need === 'trusted') stage.services = ['cloudtrail.amazonaws.com'];
  else stage.edges.aws.delegatedAdministrators = async () => ['222233334444'];

  const [first, second] = [await stage.run(), await stage.run()];

  expect([first.role, second.role]).toEqual([{ role: ROLE, outcome: 'created' }, null]);
  expect(stage.ensured).toHaveLength(1);
  expect(stage.told).toEqual([`${ROLE} created before anybody missed it`]);
  const text = stage.notices[0]?.text.replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    need === 'trusted' ? 'trusted access for CloudTrail is on' : '222233334444 administers CloudTrail',
  );
  expect(text).toContain(`aws iam delete-service-linked-role --role-name ${ROLE}`);
});

test('leaves alone what nobody needs, and asks no more than that', async () => {
  expect((await stage.run()).role).toBeNull();
  expect([stage.ensured, stage.notices]).toEqual([[], []]);
});

test('does not ask who needs a role that is there', async () => {
  stage.roles.add(ROLE);
  stage.edges.aws.trustedServices = () => Promise.reject(new Error('asked'));

  expect((await stage.run()).outcome).toBe('done');
});

test('only checks in observe: the failed check says what to run', async () => {
  stage.services = ['cloudtrail.amazonaws.com'];
  stage.edges = {
    ...stage.edges,
    expectation: { ...EXPECTATION, remediation: 'observe' },
    runChecks: async () => [roleMissing()],
  };

  const { role } = await stage.run();

  expect(role).toEqual({ role: ROLE, outcome: 'would-create' });
  expect(stage.ensured).toEqual([]);
  expect(stage.told).toEqual([`CloudTrail's service-linked role is missing (${ROLE})`]);
  expect(stage.notices[0]?.text.replaceAll(/\s+/g, ' ')).toContain(
    'remediation is set to observe, so Trailmend did not create it; auto would have.',
  );
});

test('tells why it could not create it and what to run, tries again, and tells when it could', async () => {
  stage.services = ['cloudtrail.amazonaws.com'];
  const { ensureRole } = stage.edges;
  stage.edges = { ...stage.edges, ensureRole: failing, runChecks: async () => [roleMissing()] };
  await stage.run();
  await stage.run();
  stage.edges = { ...stage.edges, ensureRole };
  await stage.run();
  await stage.run();

  expect(stage.told).toEqual([
    `CloudTrail's service-linked role is missing (${ROLE})`,
    `${ROLE} created before anybody missed it`,
    `well again: roles (${ROLE})`,
  ]);
  const text = stage.notices[0]?.text.replaceAll(/\s+/g, ' ');
  expect(text).toContain('could not: AccessDenied: explicit deny');
  expect(text).not.toContain('observe');
  expect(text).toContain('aws iam create-service-linked-role --aws-service-name cloudtrail.amazonaws.com');
});

describe('what could not be created', () => {
  const observe = () => {
    stage.edges = { ...stage.edges, expectation: { ...EXPECTATION, remediation: 'observe' } };
  };

  beforeEach(async () => {
    stage.services = ['cloudtrail.amazonaws.com'];
    const { ensureRole } = stage.edges;
    stage.edges = { ...stage.edges, ensureRole: failing };
    await stage.run();
    stage.edges = { ...stage.edges, ensureRole };
  });

  it('is over in observe when somebody else has created it', async () => {
    observe();
    const missing = await stage.run();
    stage.roles.add(ROLE);
    stage.edges = {
      ...stage.edges,
      ensureRole: async (role) => ({ role, kind: 'already-present', createdAt: '2026-01-01T00:00:00.000Z' }),
    };
    await stage.run();

    expect([missing.role, (await stage.run()).role]).toEqual([{ role: ROLE, outcome: 'would-create' }, null]);
    expect((await stage.items()).preventions).toEqual([expect.objectContaining({ state: 'closed' })]);
  });

  it('is not created once nobody needs it any more', async () => {
    stage.services = [];

    expect((await stage.run()).role).toBeNull();
    expect(stage.ensured).toEqual([]);
    expect((await stage.items()).preventions).toEqual([expect.objectContaining({ state: 'closed' })]);
  });
});

test('does not claim what somebody else created meanwhile', async () => {
  stage.services = ['cloudtrail.amazonaws.com'];
  stage.edges = {
    ...stage.edges,
    ensureRole: async (role) => {
      stage.roles.add(role.name);
      return { role, kind: 'already-present', createdAt: '2026-01-01T00:00:00.000Z' };
    },
  };

  await stage.run();
  await stage.run();

  expect(stage.notices).toEqual([]);
  expect((await stage.items()).preventions).toEqual([expect.objectContaining({ state: 'closed' })]);
});

/** Runs until nothing is left to do, the first one with call number `at` to the table, IAM or SNS broken off. */
async function endWith(at: number, when: 'before' | 'after'): Promise<{ stage: ProbeStage; broke: boolean }> {
  const broken = await new ProbeStage().open();
  broken.roles.clear();
  broken.services = ['cloudtrail.amazonaws.com'];
  broken.silent.add('us-east-1').add('eu-west-1');
  let calls = 0;
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls === at && when === 'before') throw new Error('broken off');
    const answer = await work();
    if (calls === at) throw new Error('broken off');
    return answer;
  };
  const client = broken.table.client as unknown as { send: (command: unknown) => Promise<unknown> };
  const send = client.send.bind(client);
  client.send = (command) => guard(() => send(command));
  const { ensureRole, publishNotice } = broken.edges;
  Object.assign(broken.edges, {
    ensureRole: (role: ServiceLinkedRole, since: number) => guard(() => ensureRole(role, since)),
    publishNotice: (notice: Parameters<typeof publishNotice>[0]) => guard(() => publishNotice(notice)),
  });
  await broken.run();
  const broke = calls >= at;
  for (let runs = 0; runs < 3; runs += 1) await broken.run();
  return { stage: broken, broke };
}

describe.each(['before', 'after'] as const)('a run that breaks off %s any of its calls', (when) => {
  it('creates the role once and tells it', async () => {
    const told: number[] = [];
    for (let at = 1; at < 40; at += 1) {
      const { stage: broken, broke } = await endWith(at, when);
      const subjects = new Set(broken.told);
      told.push(broken.told.length);
      await broken.close();
      if (!broke) break;
      expect([at, [...subjects], broken.ensured.length]).toEqual([at, [`${ROLE} created before anybody missed it`], 1]);
    }

    expect(told.length).toBeGreaterThan(5);
    // The answer of SNS got lost, or what it had told could not be noted: then it is told again rather than not at all.
    expect(told.filter((count) => count > 1).length).toBeLessThanOrEqual(3);
  });
});

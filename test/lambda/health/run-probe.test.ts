import type { Verdict } from '../../../lambda/health/check';
import type { Trigger } from '../../../lambda/health/trigger';
import { noTrail, ProbeStage, trailLogs } from '../../support/probe-stage';

const HOUR = 60;
/** A forwarder that is not there (yet). */
const NO_RULES: Verdict = {
  check: 'rules',
  subject: '111122223333 eu-west-1',
  status: 'failed',
  saw: { kind: 'rules-broken', problems: [{ rule: '', problem: 'missing' }] },
  place: { account: '111122223333', region: 'eu-west-1' },
  mend: ['npx'],
};
const DEPLOYMENT: Trigger = { kind: 'deployment' };
const CHANGE: Trigger = {
  kind: 'tampering',
  tampering: {
    eventId: 'change-1',
    time: '2026-11-02T03:04:05Z',
    account: '111122223333',
    region: 'us-east-1',
    principal: 'arn:aws:iam::111122223333:role/Admin',
    session: 'kim',
    action: 'events:DisableRule',
    resource: 'TrailmendHub-RulesCloudTrail',
    from: '203.0.113.7',
    byDeployment: false,
  },
};

let stage: ProbeStage;

beforeEach(async () => {
  stage = await new ProbeStage().open();
});

afterEach(() => stage.close());

describe('when checks are made', () => {
  it('hourly, after a deployment and after a change of its own resources', async () => {
    for (let runs = 0; runs < 13; runs += 1) await stage.run();
    expect(stage.checked).toBe(2);

    await stage.run(DEPLOYMENT);
    await stage.run(CHANGE);

    expect(stage.checked).toBe(4);
  });

  it('in every run while something is wrong', async () => {
    stage.verdicts = [noTrail('eu-west-1')];
    for (let runs = 0; runs < 3; runs += 1) await stage.run();
    stage.verdicts = [trailLogs('eu-west-1')];
    for (let runs = 0; runs < 3; runs += 1) await stage.run();

    expect(stage.checked).toBe(4);
  });

  it('not for a canary that is missed in the hour after a deployment, and then', async () => {
    stage.silent.add('us-east-1').add('eu-west-1');
    await stage.run(DEPLOYMENT);
    for (let runs = 0; runs < 11; runs += 1) await stage.run();
    expect(stage.checked).toBe(1);

    for (let runs = 0; runs < 3; runs += 1) await stage.run();
    expect(stage.checked).toBe(4);
  });

  it('by the next run when another one was at it', async () => {
    await stage.run();
    await stage.edges.store.begin('another run', stage.now);

    const busy = await stage.run(DEPLOYMENT, 1);
    const next = await stage.run();

    expect([busy.outcome, next.outcome, stage.checked]).toEqual(['busy', 'done', 2]);
  });

  it('again by the next run when they could not be made', async () => {
    stage.edges = { ...stage.edges, runChecks: () => Promise.reject(new Error('no')) };

    const { outcome, checks } = await stage.run();

    expect([outcome, checks, (await stage.items()).checkedAt]).toEqual(['failed', null, null]);
  });
});

describe('a check that fails', () => {
  it('is told once, with what mends it, and once more when it is well again', async () => {
    stage.verdicts = [noTrail('eu-west-1')];
    for (let runs = 0; runs < 3; runs += 1) await stage.run();
    stage.verdicts = [trailLogs('eu-west-1')];
    for (let runs = 0; runs < 3; runs += 1) await stage.run();

    expect(stage.told).toEqual([
      'no trail brings all refused calls (111122223333 eu-west-1)',
      'well again: trail (111122223333 eu-west-1)',
    ]);
    expect(stage.notices[0]?.text).toContain('aws cloudtrail start-logging --name <name> --region eu-west-1');
    expect(stage.notices.map(({ attributes }) => attributes.severity)).toEqual(['high', 'high']);
    expect((await stage.items()).incidents).toEqual([expect.objectContaining({ state: 'closed' })]);
  });

  it('is not told yet after a deployment when it is of what comes later: forwarders, and people who confirm', async () => {
    stage.verdicts = [NO_RULES, noTrail('eu-west-1')];

    await stage.run(DEPLOYMENT);
    expect(stage.told).toEqual(['no trail brings all refused calls (111122223333 eu-west-1)']);
    await stage.run(undefined, 54);
    expect(stage.told).toHaveLength(1);
    await stage.run(undefined, 6);

    expect(stage.told.slice(1)).toEqual([expect.stringContaining('rule')]);
  });

  it.each([
    ['after a deployment', DEPLOYMENT],
    ['in the first run, before the deployment has ended', undefined],
  ])('counts as settling, not as failed, when it comes later (%s)', async (_, trigger) => {
    stage.verdicts = [NO_RULES];

    const first = await stage.run(trigger);
    const later = await stage.run(undefined, HOUR);

    expect(first).toMatchObject({ checks: { failed: 0, settling: 1 }, failed: [], opened: [] });
    expect(later).toMatchObject({ checks: { failed: 1, settling: 0 }, failed: ['rules 111122223333 eu-west-1'] });
  });

  it('goes on to count as failed during a deployment when it was told before', async () => {
    await stage.run();
    stage.verdicts = [NO_RULES];
    await stage.run(undefined, HOUR);

    expect(await stage.run(DEPLOYMENT)).toMatchObject({ checks: { failed: 1, settling: 0 }, opened: [], closed: [] });
  });

  it('is told again when it comes back', async () => {
    for (const verdict of [noTrail, trailLogs, noTrail]) {
      stage.verdicts = [verdict('eu-west-1')];
      await stage.run(DEPLOYMENT);
    }

    expect(stage.told.map((subject) => subject.split(' (')[0])).toEqual([
      'no trail brings all refused calls',
      'well again: trail',
      'no trail brings all refused calls',
    ]);
  });

  it('makes one notice of a hundred subjects', async () => {
    stage.verdicts = Array.from({ length: 150 }, (_, at) => noTrail(`region-${at}`));

    await stage.run();

    expect(stage.told).toEqual(['no trail brings all refused calls (111122223333 region-0 and 149 more)']);
    expect((await stage.items()).incidents.every(({ noticeId }) => noticeId === 'notice-1')).toBe(true);
  });

  it('neither begins nor ends by what could not be checked', async () => {
    const unknown = { ...noTrail('eu-west-1'), status: 'not-checked' as const, mend: [] };
    stage.verdicts = [unknown];
    await stage.run();
    expect((await stage.items()).incidents).toEqual([]);

    for (const verdicts of [[noTrail('eu-west-1')], [unknown]]) {
      stage.verdicts = verdicts;
      await stage.run(DEPLOYMENT);
    }

    expect((await stage.items()).incidents).toEqual([expect.objectContaining({ state: 'open' })]);
    expect(stage.notices).toHaveLength(1);
  });

  it('ends when the settings leave its subject out, and nothing of that check is unknown', async () => {
    stage.verdicts = [noTrail('eu-west-1'), trailLogs('us-east-1')];
    await stage.run();
    stage.verdicts = [trailLogs('us-east-1')];
    await stage.run();

    expect((await stage.items()).incidents).toEqual([expect.objectContaining({ state: 'closed' })]);
  });

  it.each(['own', 'other'] as const)('ends when its setting is withdrawn (%s subject)', async (whose) => {
    const failed = noTrail('eu-west-1');
    const saw = { kind: 'not-asked-for', setting: 'organizationalUnits' } as const;
    stage.verdicts = [failed];
    await stage.run();
    const subject = whose === 'own' ? failed.subject : '';
    stage.verdicts = [{ ...failed, subject, status: 'not-checked', saw, mend: [] }];
    await stage.run();

    expect((await stage.items()).incidents).toEqual([expect.objectContaining({ state: 'closed' })]);
  });

  it('is told by the next run when SNS does not take the notice', async () => {
    stage.verdicts = [noTrail('eu-west-1')];
    const { publishNotice } = stage.edges;
    stage.edges = { ...stage.edges, publishNotice: () => Promise.reject(new Error('no')) };
    expect((await stage.run()).outcome).toBe('failed');

    stage.edges = { ...stage.edges, publishNotice };
    expect((await stage.run()).outcome).toBe('done');

    expect(stage.notices).toHaveLength(1);
  });

  it('that was well again before anybody was told is never told', async () => {
    stage.verdicts = [noTrail('eu-west-1')];
    const { publishNotice } = stage.edges;
    stage.edges = { ...stage.edges, publishNotice: () => Promise.reject(new Error('no')) };
    await stage.run();
    stage.edges = { ...stage.edges, publishNotice };
    stage.verdicts = [trailLogs('eu-west-1')];
    await stage.run();

    expect(stage.notices).toEqual([]);
  });
});

describe('the record of a run', () => {
  it('says what was done, and each notice has one of its own', async () => {
    stage.verdicts = [noTrail('eu-west-1'), trailLogs('us-east-1')];

    const record = await stage.run(DEPLOYMENT);

    expect(record).toMatchObject({
      kind: 'probe',
      trigger: 'deployment',
      outcome: 'done',
      messageId: 'run-1',
      checks: { ok: 1, failed: 1, settling: 0, notChecked: 0 },
      opened: ['trail 111122223333 eu-west-1'],
      canaries: ['us-east-1', 'eu-west-1'],
      noticeIds: ['notice-1'],
    });
    expect(stage.lines.map(({ kind }) => kind)).toEqual(['notice', 'probe']);
  });

  it('is broken off when its state cannot be read', async () => {
    stage.edges.store.read = () => Promise.reject(new Error('no table'));

    expect(await stage.run()).toMatchObject({ outcome: 'broken-off', detail: expect.stringContaining('no table') });
  });
});

describe("a change of Trailmend's own resources", () => {
  it('is told once, with who did what from where, and makes all checks', async () => {
    await stage.run();
    await stage.run(CHANGE);
    await stage.run({ ...CHANGE });
    await stage.run();

    expect(stage.told).toEqual(['changed by hand: events:DisableRule']);
    expect(stage.notices[0]?.text.replaceAll(/\s+/g, ' ')).toContain(
      'arn:aws:iam::111122223333:role/Admin (session kim) called events:DisableRule on TrailmendHub-RulesCloudTrail from 203.0.113.7',
    );
    expect(stage.notices[0]?.nextStep).toContain(
      'run npx cdk deploy <stack> --revert-drift, or the commands that doctor shows',
    );
    expect((await stage.items()).incidents).toEqual([expect.objectContaining({ check: 'tampered', state: 'closed' })]);
  });

  it('by a deployment is recorded and not told', async () => {
    const { tampering } = CHANGE;
    const record = await stage.run({ kind: 'tampering', tampering: { ...tampering, byDeployment: true } });

    expect(record).toMatchObject({ outcome: 'recorded', tampering: { action: 'events:DisableRule' } });
    expect([stage.notices, stage.checked, (await stage.items()).incidents]).toEqual([[], 0, []]);
  });

  it('is told by the next run when another one was at it', async () => {
    await stage.edges.store.begin('another run', stage.now);
    await stage.run(CHANGE, 1);
    expect(stage.notices).toEqual([]);

    await stage.run(undefined, HOUR);

    expect(stage.told).toEqual(['changed by hand: events:DisableRule']);
  });
});

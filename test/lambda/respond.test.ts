import type { RoleOutcome } from '../../lambda/plan/remediation';
import type { ServiceLinkedRole } from '../../lambda/plan/service-linked-roles';
import { fixtureEvent } from '../support/fixtures';
import { RESPONDER, refusal, Stage } from '../support/stage';

const MISSING = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';
const STOP = refusal({ id: 'stop', action: 'cloudtrail:StopLogging' });

let open: Stage[] = [];

async function stageWith(...changes: Parameters<Stage['open']>): Promise<Stage> {
  const stage = await new Stage().open(...changes);
  open.push(stage);
  return stage;
}

afterEach(async () => {
  await Promise.all(open.map((stage) => stage.close()));
  open = [];
});

const failing =
  (passing: boolean) =>
  async (role: ServiceLinkedRole): Promise<RoleOutcome> => ({
    role,
    kind: 'create-failed',
    error: { name: passing ? 'ThrottlingException' : 'AccessDenied', message: 'no', passing, mayBeDone: false },
  });

test('mends, tells and records in one delivery', async () => {
  const stage = await stageWith();

  await expect(stage.deliver(fixtureEvent(MISSING))).resolves.toBe(false);

  expect(stage.ensured.map(({ name }) => name)).toEqual(['AWSServiceRoleForCloudTrail']);
  expect(stage.notices).toHaveLength(1);
  expect(stage.records).toEqual([
    expect.objectContaining({
      case: 'missing-service-linked-role',
      outcome: 'created',
      noticeId: 'notice-1',
      eventId: expect.any(String),
      account: '222233334444',
      time: '2026-11-02T03:04:10.000Z',
    }),
  ]);
});

test('changes nothing because of an event whose envelope and record name different accounts, and says so', async () => {
  const stage = await stageWith();

  await expect(
    stage.deliver(fixtureEvent('missing-service-linked-role/takes--envelope-of-another-account')),
  ).resolves.toBe(false);

  expect(stage.ensured).toEqual([]);
  expect(stage.notices.map(({ text }) => text)).toEqual([expect.stringContaining('222233334444')]);
  expect(stage.records).toEqual([expect.objectContaining({ trusted: false, outcome: 'notified' })]);
});

test('leaves what is of medium severity to its incident, and changes nothing', async () => {
  const stage = await stageWith();

  await stage.deliver(fixtureEvent('pass-role-denied/takes--update-trail'));

  expect([stage.ensured, stage.notices]).toEqual([[], []]);
  expect(stage.records).toEqual([expect.objectContaining({ outcome: 'grouped', noticeId: null })]);
  await stage.pass(2);
  expect(stage.notices.map(({ attributes }) => attributes.case)).toEqual(['pass-role-denied']);
});

test.each([
  ['what is not covered', fixtureEvent('not-covered/takes--ec2-denial'), 'ignored'],
  ['a success', fixtureEvent('not-covered/takes--success'), 'ignored'],
  ['a message that is no JSON', '{"detail":', 'malformed'],
  ['an event that is not CloudTrail', { 'detail-type': 'Scheduled Event', detail: {} }, 'malformed'],
  ['an empty message', '', 'malformed'],
])('records %s with one call, acknowledges it and tells nobody', async (_what, event, outcome) => {
  const stage = await stageWith();

  const asked = await stage.asks(() => expect(stage.deliver(event)).resolves.toBe(false));

  expect(asked).toEqual(['PutItem']);
  expect(stage.notices).toEqual([]);
  expect(stage.records).toEqual([
    expect.objectContaining({ outcome, plan: expect.objectContaining({ kind: 'ignore' }) }),
  ]);
  const [item] = await stage.table.items('ignored#');
  expect(JSON.parse(String(item?.audit))).toMatchObject({ outcome, messageId: 'm-1' });
});

test('asks for another delivery when the notice cannot be sent, and keeps why', async () => {
  const stage = await stageWith({
    publishNotice: async () => {
      throw Object.assign(new Error('Rate exceeded'), {
        name: 'ThrottledException',
        $metadata: { httpStatusCode: 429 },
      });
    },
  });

  await expect(stage.deliver(STOP)).resolves.toBe(true);

  const failure = { outcome: 'failed', detail: 'ThrottledException: Rate exceeded', noticeId: null };
  expect(stage.records).toEqual([expect.objectContaining(failure)]);
  const item = (await stage.table.items('incident#')).find(({ sk }) => sk === 'event#stop');
  expect(JSON.parse(String(item?.failure))).toMatchObject(failure);
  expect(item).not.toHaveProperty('doneAt');
});

test('retries a role while it may succeed, and tells of the first and the last try only', async () => {
  const stage = await stageWith({ ensureRole: failing(true) });

  const again = [];
  for (const delivery of [1, 2, 3, 4, 5, 6]) {
    again.push(await stage.deliver(fixtureEvent(MISSING), { id: 'm', delivery }));
    await stage.pass(6);
  }

  expect(again).toEqual([true, true, true, true, true, true]);
  expect(
    stage.notices.map(({ text }) => /try (\d) of 6|does not try again/.exec(text.replace(/\s+/g, ' '))?.[0]),
  ).toEqual(['try 1 of 6', 'does not try again']);
  expect(stage.records.every(({ outcome }) => outcome === 'create-failed')).toBe(true);
});

test('does not retry a role that cannot succeed by itself', async () => {
  const stage = await stageWith({ ensureRole: failing(false) });

  await expect(stage.deliver(fixtureEvent(MISSING))).resolves.toBe(false);
  expect(stage.notices[0]?.text.replace(/\s+/g, ' ')).toContain('does not try again');
});

test('still tells what was created when the looks after it fail', async () => {
  const look = async () => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
  };
  const stage = await stageWith({ listDelegatedAdministrators: look, hasOrganizationTrail: look });

  await expect(stage.deliver(fixtureEvent(MISSING))).resolves.toBe(false);
  expect(stage.notices[0]?.text).toContain('AccessDeniedException: no');
});

describe('a refusal of Trailmend itself', () => {
  const own = (action: string) => {
    const event = fixtureEvent(MISSING) as { account: string; detail: Record<string, unknown> };
    const userIdentity = {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/TrailmendHub-Responder/x',
      accountId: '111122223333',
      sessionContext: { sessionIssuer: { type: 'Role', arn: RESPONDER } },
    };
    const errorMessage = `User: ${userIdentity.arn} is not authorized to perform: ${action} on resource: arn:aws:iam::111122223333:role/aws-service-role/cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail`;
    const detail = {
      ...event.detail,
      errorCode: 'AccessDenied',
      errorMessage,
      userIdentity,
      recipientAccountId: '111122223333',
    };
    return { ...event, account: '111122223333', detail };
  };

  test('is told with high severity, and the refused call is not repeated', async () => {
    const stage = await stageWith();

    await stage.deliver(own('iam:CreateServiceLinkedRole'));

    expect(stage.ensured).toEqual([]);
    expect(stage.notices.map(({ subject, attributes }) => [subject, attributes.severity])).toEqual([
      ['Trailmend: Trailmend itself was refused iam:CreateServiceLinkedRole', 'high'],
    ]);
  });

  test('is only recorded when publishing is what was refused', async () => {
    const stage = await stageWith();

    await stage.deliver(own('sns:Publish'));

    expect(stage.notices).toEqual([]);
    expect(stage.records).toEqual([expect.objectContaining({ outcome: 'ignored', severity: 'high' })]);
  });
});

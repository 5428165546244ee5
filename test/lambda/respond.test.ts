import type { AuditRecord } from '../../lambda/audit/audit-record';
import type { Edges } from '../../lambda/edges';
import type { Notice } from '../../lambda/notice/notice';
import type { RoleOutcome } from '../../lambda/plan/remediation';
import type { ServiceLinkedRole } from '../../lambda/plan/service-linked-roles';
import { respond } from '../../lambda/respond';
import { en } from '../../lambda/texts/en';
import { fixtureEvent } from '../support/fixtures';

const MISSING = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';
const RESPONDER = 'arn:aws:iam::111122223333:role/TrailmendHub-Responder';

type Told = { notices: Notice[]; records: AuditRecord[]; ensured: ServiceLinkedRole[] };

function edgesWith(changes: Partial<Edges> = {}): { edges: Edges; told: Told } {
  const told: Told = { notices: [], records: [], ensured: [] };
  const edges: Edges = {
    organization: { managementAccount: '111122223333', responderRole: RESPONDER },
    deliveries: 6,
    ensureRole: async (role) => {
      told.ensured.push(role);
      return { role, kind: 'created' };
    },
    texts: en,
    accountName: async () => 'Security',
    listDelegatedAdministrators: async () => ['222233334444'],
    hasOrganizationTrail: async () => false,
    publishNotice: async (notice) => {
      told.notices.push(notice);
      return `notice-${told.notices.length}`;
    },
    record: (record) => told.records.push(record),
    now: () => Date.parse('2026-11-02T03:04:10Z'),
    ...changes,
  };
  return { edges, told };
}

const message = (event: unknown, delivery = 1) => ({
  id: 'm-1',
  body: typeof event === 'string' ? event : JSON.stringify(event),
  delivery,
});

const failing =
  (passing: boolean) =>
  async (role: ServiceLinkedRole): Promise<RoleOutcome> => ({
    role,
    kind: 'create-failed',
    error: { name: passing ? 'ThrottlingException' : 'AccessDenied', message: 'no', passing },
  });

test('mends, tells and records in one delivery', async () => {
  const { edges, told } = edgesWith();

  await expect(respond(message(fixtureEvent(MISSING)), edges)).resolves.toBe(false);
  expect(told.ensured.map(({ name }) => name)).toEqual(['AWSServiceRoleForCloudTrail']);
  expect(told.notices).toHaveLength(1);
  expect(told.records).toEqual([
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

test('tells administrators of other cases and changes nothing', async () => {
  const { edges, told } = edgesWith();

  await respond(message(fixtureEvent('pass-role-denied/takes--update-trail')), edges);

  expect(told.ensured).toEqual([]);
  expect(told.notices.map(({ attributes }) => attributes.case)).toEqual(['pass-role-denied']);
  expect(told.records).toEqual([expect.objectContaining({ outcome: 'notified', noticeId: 'notice-1' })]);
});

test.each([
  ['what is not covered', fixtureEvent('not-covered/takes--ec2-denial'), 'ignored'],
  ['a success', fixtureEvent('not-covered/takes--success'), 'ignored'],
  ['a message that is no JSON', '{"detail":', 'malformed'],
  ['an event that is not CloudTrail', { 'detail-type': 'Scheduled Event', detail: {} }, 'malformed'],
  ['an empty message', '', 'malformed'],
])('records %s, acknowledges it and tells nobody', async (_what, event, outcome) => {
  const { edges, told } = edgesWith();

  await expect(respond(message(event), edges)).resolves.toBe(false);
  expect(told.notices).toEqual([]);
  expect(told.records).toEqual([
    expect.objectContaining({ outcome, plan: expect.objectContaining({ kind: 'ignore' }) }),
  ]);
});

test('asks for another delivery when the notice cannot be sent, and records why', async () => {
  const { edges, told } = edgesWith({
    publishNotice: async () => {
      throw Object.assign(new Error('Rate exceeded'), {
        name: 'ThrottledException',
        $metadata: { httpStatusCode: 429 },
      });
    },
  });

  await expect(respond(message(fixtureEvent('pass-role-denied/takes--update-trail')), edges)).resolves.toBe(true);
  expect(told.records).toEqual([
    expect.objectContaining({ outcome: 'failed', detail: 'ThrottledException: Rate exceeded', noticeId: null }),
  ]);
});

test('retries a role while it may succeed, and tells of the first and the last try only', async () => {
  const { edges, told } = edgesWith({ ensureRole: failing(true) });

  const again = [];
  for (const delivery of [1, 2, 3, 4, 5, 6]) {
    again.push(await respond(message(fixtureEvent(MISSING), delivery), edges));
  }

  expect(again).toEqual([true, true, true, true, true, true]);
  expect(
    told.notices.map(({ text }) => /try (\d) of 6|does not try again/.exec(text.replace(/\s+/g, ' '))?.[0]),
  ).toEqual(['try 1 of 6', 'does not try again']);
  expect(told.records.every(({ outcome }) => outcome === 'create-failed')).toBe(true);
});

test('does not retry a role that cannot succeed by itself', async () => {
  const { edges, told } = edgesWith({ ensureRole: failing(false) });

  await expect(respond(message(fixtureEvent(MISSING)), edges)).resolves.toBe(false);
  expect(told.notices[0]?.text.replace(/\s+/g, ' ')).toContain('does not try again');
});

test('still tells what was created when the looks after it fail', async () => {
  const look = async () => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
  };
  const { edges, told } = edgesWith({ listDelegatedAdministrators: look, hasOrganizationTrail: look });

  await expect(respond(message(fixtureEvent(MISSING)), edges)).resolves.toBe(false);
  expect(told.notices[0]?.text).toContain('AccessDeniedException: no');
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
    const { edges, told } = edgesWith();

    await respond(message(own('iam:CreateServiceLinkedRole')), edges);

    expect(told.ensured).toEqual([]);
    expect(told.notices.map(({ subject, attributes }) => [subject, attributes.severity])).toEqual([
      ['Trailmend: Trailmend itself was refused iam:CreateServiceLinkedRole', 'high'],
    ]);
  });

  test('is only recorded when publishing is what was refused', async () => {
    const { edges, told } = edgesWith();

    await respond(message(own('sns:Publish')), edges);

    expect(told.notices).toEqual([]);
    expect(told.records).toEqual([expect.objectContaining({ outcome: 'ignored', severity: 'high' })]);
  });
});

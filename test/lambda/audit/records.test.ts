import { writeAuditRecord } from '../../../lambda/audit/write-audit-record';
import { version } from '../../../package.json';
import { expectLine } from '../../support/audit-schema';
import { fixtureEvent, fixtureFolders, fixturesOf } from '../../support/fixtures';
import { refusal, Stage } from '../../support/stage';

const MISSING = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';
const STOP = refusal({ id: 'stop', action: 'cloudtrail:StopLogging' });

let stage: Stage;

beforeEach(async () => {
  stage = await new Stage().open();
});

afterEach(() => stage.close());

/** Everything that the log group gets, as text. */
function logged(): string {
  const lines: string[] = [];
  for (const line of stage.lines) writeAuditRecord(line, (text) => lines.push(text));
  return lines.join('');
}

const changed = (event: unknown, changes: object) => ({
  ...(event as object),
  detail: { ...(event as { detail: object }).detail, ...changes },
});

describe('the record of an event', () => {
  test('links the event, what it was found to be, the plan, the role as IAM showed it, the notice and what recorded it', async () => {
    const seen = { shown: true, createdAt: '2026-11-02T03:04:10.000Z', look: 2 };
    Object.assign(stage.edges, { ensureRole: async (role: object) => ({ role, kind: 'created', seen }) });

    await stage.deliver(fixtureEvent(MISSING), { id: 'm-7', delivery: 2, sentAt: stage.now - 360_000 });

    expect(stage.records).toEqual([
      expect.objectContaining({
        schema: 'trailmend.audit/1',
        kind: 'event',
        messageId: 'm-7',
        receiveCount: 2,
        queuedMs: 360_000,
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        eventTime: '2026-11-02T03:04:05.000Z',
        case: 'missing-service-linked-role',
        severity: 'high',
        incidentKey: expect.stringMatching(/^[0-9a-f]{12}$/),
        plan: expect.objectContaining({ kind: 'create-service-linked-role', roles: ['AWSServiceRoleForCloudTrail'] }),
        outcome: 'created',
        again: false,
        maxReceiveCount: 6,
        verification: [{ role: 'AWSServiceRoleForCloudTrail', outcome: 'created', ...seen, error: null }],
        standing: { delegatedAdministrators: ['222233334444'], organizationTrail: false, errors: [] },
        noticeId: 'notice-1',
        versions: { trailmend: version, patterns: 1, node: process.version },
      }),
    ]);
  });

  test('is the one in its item of the table', async () => {
    await stage.deliver(STOP);

    const item = (await stage.table.items('incident#')).find(({ sk }) => sk === 'event#stop');
    const { calls: _, callsLeftOut, durationMs, time, ...kept } = JSON.parse(String(item?.audit));
    expect(stage.records).toEqual([expect.objectContaining(kept)]);
  });

  test('knows what became of the roles also when a later step fails', async () => {
    Object.assign(stage.edges, { publishNotice: () => Promise.reject(new Error('no')) });

    await stage.deliver(fixtureEvent(MISSING));

    expect(stage.records).toEqual([
      expect.objectContaining({
        outcome: 'failed',
        again: true,
        verification: [expect.objectContaining({ outcome: 'created' })],
      }),
    ]);
  });

  test('says why a role could not be ensured and why nobody knows where the organization stands, without credentials', async () => {
    const error = { name: 'AccessDenied', message: 'no: AKIAIOSFODNN7EXAMPLE', passing: false, mayBeDone: false };
    Object.assign(stage.edges, {
      ensureRole: async (role: object) => ({ role, kind: 'create-failed', error }),
      hasOrganizationTrail: () => Promise.reject(Object.assign(new Error('no'), { name: 'ThrottlingException' })),
    });

    await stage.deliver(fixtureEvent(MISSING));

    expect(stage.records).toEqual([
      expect.objectContaining({
        verification: [expect.objectContaining({ error: { name: 'AccessDenied', message: 'no: AKIA[left out]' } })],
        standing: expect.objectContaining({
          organizationTrail: null,
          errors: [{ name: 'ThrottlingException', message: 'no' }],
        }),
      }),
    ]);
  });

  test('says which policy refused the call', async () => {
    await stage.deliver(fixtureEvent('cloudtrail-action-denied/takes--stop-logging-by-scp'));

    expect(stage.records).toEqual([
      expect.objectContaining({
        layer: 'service-control-policy',
        effect: 'explicit-deny',
        policyArn: expect.stringContaining(':policy/o-'),
      }),
    ]);
  });

  test('of every fixture is as the published schema says, and one line', async () => {
    for (const folder of fixtureFolders) {
      for (const { event } of fixturesOf(folder)) await stage.deliver(event);
    }

    const lines = logged().split('\n').filter(Boolean);
    expect(lines).toHaveLength(stage.lines.length);
    for (const line of lines) expectLine(line);
    expect(new Set(stage.records.map((record) => record.case)).size).toBe(fixtureFolders.length);
  });
});

describe('the record of a notice that a sweep sends', () => {
  test('names its incident and its message id', async () => {
    await stage.deliver(refusal({ id: 'a' }));
    await stage.pass(2);

    const [{ incidentKey } = { incidentKey: null }] = stage.records;
    expect(stage.lines.filter(({ kind }) => kind === 'notice')).toEqual([
      expect.objectContaining({
        notice: expect.stringMatching(/^first#2026-/),
        noticeId: 'notice-1',
        incidentKeys: [incidentKey],
        case: 'cloudtrail-action-denied',
        planKind: 'notify',
        outcome: 'notified',
        detail: stage.notices[0]?.subject,
      }),
    ]);
  });

  test('names every incident of a digest', async () => {
    for (const user of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await stage.deliver(refusal({ id: user, user }));
    await stage.pass(2);

    const keys = stage.records.map(({ incidentKey }) => incidentKey);
    const [record] = stage.lines.filter((line) => line.kind === 'notice');
    expect(record?.notice).toMatch(/^storm#/);
    expect([...(record?.incidentKeys ?? [])].sort()).toEqual(keys.sort());
  });

  test('has the error when it could not be sent', async () => {
    Object.assign(stage.edges, { publishNotice: () => Promise.reject(new Error('topic is gone')) });
    await stage.deliver(refusal({ id: 'a' }));
    stage.now += 61_000;
    const sweep = await stage.sweep();

    const [record] = stage.lines.filter((line) => line.kind === 'notice');
    expect(record).toMatchObject({
      outcome: 'failed',
      noticeId: null,
      detail: expect.stringContaining('topic is gone'),
    });
    expect(sweep).toMatchObject({ outcome: 'failed', due: null, detail: expect.stringContaining('topic is gone') });
  });

  test('is never missing: every notice is linked by exactly one record', async () => {
    await stage.deliver(STOP);
    await stage.deliver(fixtureEvent(MISSING));
    for (const id of ['a', 'b']) await stage.deliver(refusal({ id, user: id }));
    await stage.pass(24 * 60, 10);

    const linked = stage.lines.flatMap((line) => ('noticeId' in line && line.noticeId !== null ? [line.noticeId] : []));
    expect(linked.sort()).toEqual(stage.notices.map((_, at) => `notice-${at + 1}`).sort());
  });
});

describe('whatever comes, a record', () => {
  /** As much as CloudTrail delivers at most, with characters that take most room. */
  const hostile = (count: number) => '\u0000"\\\u2028'.repeat(count);

  test.each([
    [
      'names',
      {
        userIdentity: {
          type: 'IAMUser',
          arn: `arn:aws:iam::222233334444:user/${hostile(10_000)}`,
          accountId: '222233334444',
        },
      },
    ],
    ['codes', { errorCode: `AccessDenied${hostile(10_000)}`, eventID: hostile(5_000) }],
    [
      'messages',
      { errorMessage: `User: ${hostile(9_000)} is not authorized to perform: cloudtrail:${hostile(9_000)}` },
    ],
    ['operations', { eventName: hostile(10_000) }],
    ['parameters', { requestParameters: { name: hostile(30_000) } }],
    ['times', { eventTime: hostile(1_000) }],
  ])('is small and one line, with endless %s', async (_what, changes) => {
    await stage.deliver(changed(STOP, changes));

    const lines = logged().split('\n');
    expect(lines).toHaveLength(2);
    expect(Buffer.byteLength(lines[0] ?? '')).toBeLessThan(150_000);
    expect(stage.records).toEqual([expect.objectContaining({ again: false })]);
  });

  test('is small when the message is none', async () => {
    await stage.deliver(`{"detail-type":"${'x'.repeat(200_000)}","detail":{}}`);
    await stage.deliver('x'.repeat(200_000));

    expect(Buffer.byteLength(logged())).toBeLessThan(10_000);
  });

  test('never has request parameters, or anything else of the event that is not named', async () => {
    const secret = 'hunter2';
    await stage.deliver(
      changed(STOP, {
        requestParameters: { password: secret },
        responseElements: { token: secret },
        userAgent: secret,
        additionalEventData: { secret },
      }),
    );
    await stage.deliver(`{"password":"${secret}"`);
    await stage.deliver(secret);

    expect(stage.records).toHaveLength(3);
    expect(logged()).not.toContain(secret);
    expect(JSON.stringify(await stage.table.items('ignored#'))).not.toContain(secret);
  });

  test('never has credentials that AWS quotes in an error', async () => {
    const message = [
      'The request signature we calculated does not match. The Canonical String should have been',
      "'POST\n/\nhost:sns.us-east-1.amazonaws.com\nx-amz-security-token:IQoJb3JpZ2luX2VjEXAMPLE/+=\n\nhost'",
      'Credential=ASIAIOSFODNN7EXAMPLE/20261102/us-east-1/sns, secretAccessKey: "wJalrXUtnFEMI/K7MDENG"',
    ].join(' ');
    const error = Object.assign(new Error(message), { name: 'SignatureDoesNotMatch', $metadata: {} });
    Object.assign(stage.edges, { publishNotice: () => Promise.reject(error) });

    await stage.deliver(STOP);
    await stage.deliver(refusal({ id: 'a' }));
    await stage.pass(2);

    const kept = logged() + JSON.stringify(await stage.table.items());
    expect(kept).toContain('SignatureDoesNotMatch');
    expect(kept).not.toMatch(/IQoJ|IOSFODNN7EXAMPLE|wJalr/);
  });
});

import type { AuditLine } from '../../../lambda/audit/audit-line';
import { METRIC_DIMENSIONS, METRICS, metricsOf } from '../../../lambda/audit/metrics';
import { writeAuditRecord } from '../../../lambda/audit/write-audit-record';
import type { RoleOutcome } from '../../../lambda/plan/remediation';
import { fixtureEvent } from '../../support/fixtures';
import { refusal, Stage } from '../../support/stage';

const MISSING = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';
const STOP = refusal({ id: 'stop', action: 'cloudtrail:StopLogging' });

let stage: Stage;

beforeEach(async () => {
  stage = await new Stage().open();
});

afterEach(() => stage.close());

const metrics = () => stage.lines.map(metricsOf);

const failing =
  (passing: boolean) =>
  async (role: object): Promise<RoleOutcome> =>
    ({ role, kind: 'create-failed', error: { name: 'X', message: 'no', passing, mayBeDone: false } }) as RoleOutcome;

/** A line as CloudWatch reads it: the values of each metric and set of dimensions. */
function read(line: AuditLine) {
  let text = '';
  writeAuditRecord(line, (written) => {
    text = written;
  });
  const parsed = JSON.parse(text);
  const { Timestamp, CloudWatchMetrics } = parsed._aws;
  const published = CloudWatchMetrics.flatMap(
    ({
      Namespace,
      Dimensions,
      Metrics,
    }: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }) =>
      Metrics.flatMap(({ Name, Unit }) =>
        Dimensions.map((names) => [`${Namespace}/${Name} ${Unit}`, names.map((name) => parsed[name]), parsed[Name]]),
      ),
  );
  return { Timestamp, published, names: Object.keys(parsed) };
}

describe('a line of the audit log', () => {
  test('is what CloudWatch publishes metrics from: by case, plan and outcome, and in all', async () => {
    await stage.deliver(STOP);

    const { Timestamp, published } = read(stage.lines[0] as AuditLine);

    const by = ['cloudtrail-action-denied', 'notify', 'notified'];
    expect(Timestamp).toBe(stage.now);
    expect(published).toEqual([
      ['Trailmend/Denials Count', by, 1],
      ['Trailmend/Denials Count', [], 1],
      ['Trailmend/TimeToOutcome Milliseconds', by, 5_000],
      ['Trailmend/TimeToOutcome Milliseconds', [], 5_000],
      ['Trailmend/Notices Count', by, 1],
      ['Trailmend/Notices Count', [], 1],
      ['Trailmend/BatchAge Milliseconds', [], 0],
    ]);
  });

  test('has its dimensions as text, and its calls last', async () => {
    await stage.deliver(STOP);
    await stage.deliver(refusal({ id: 'a' }));
    await stage.pass(2);

    for (const line of stage.lines) {
      const { names, published } = read(line);
      expect(names.at(-1)).toBe('calls');
      expect(
        published
          .flatMap(([, values]: [string, unknown[]]) => values)
          .every((value: unknown) => typeof value === 'string'),
      ).toBe(true);
    }
  });
});

describe('the metrics of', () => {
  test('an event that is grouped, then told by a sweep: one denial, one notice', async () => {
    await stage.deliver(refusal({ id: 'a' }));
    stage.now += 61_000;
    await stage.sweep();

    expect(metrics()).toEqual([
      { Denials: 1, TimeToOutcome: 5_000, BatchAge: 0 },
      { Notices: 1 },
      { BatchAge: 0, Sweeps: 1 },
    ]);
  });

  test('an event that comes twice count it once', async () => {
    await stage.deliver(STOP);
    await stage.deliver(STOP);

    expect(metrics().map(({ Denials, Notices }) => [Denials, Notices])).toEqual([
      [1, 1],
      [undefined, undefined],
    ]);
  });

  test('a role that cannot be created count each try, and the denial at the end', async () => {
    Object.assign(stage.edges, { ensureRole: failing(true) });
    await stage.deliver(fixtureEvent(MISSING), { id: 'm', delivery: 1 });
    Object.assign(stage.edges, { ensureRole: failing(false) });
    await stage.deliver(fixtureEvent(MISSING), { id: 'm', delivery: 2 });

    expect(metrics().map(({ Denials, FailedRoles }) => [Denials, FailedRoles])).toEqual([
      [undefined, 1],
      [1, 1],
    ]);
  });

  test('what is suppressed, malformed or no denial', async () => {
    const suppressions = [{ principal: '*:user/mateo', reason: 'known', expires: '2099-12-31' }];
    Object.assign(stage.edges, { policy: { ...stage.edges.policy, suppressions } });
    await stage.deliver(refusal({ id: 'a' }));
    await stage.deliver('no JSON');
    await stage.deliver(fixtureEvent('not-covered/takes--success'));

    expect(metrics()).toEqual([
      { Denials: 1, Suppressed: 1, TimeToOutcome: 5_000, BatchAge: 0 },
      { Malformed: 1, BatchAge: 0 },
      { BatchAge: 0 },
    ]);
  });

  test('a delivery that fails are not those of a denial', async () => {
    Object.assign(stage.edges, { publishNotice: () => Promise.reject(new Error('no')) });
    await stage.deliver(STOP);

    expect(metrics()).toEqual([{ FailedDeliveries: 1, BatchAge: 0 }]);
  });

  test('a sweep that fails have no heartbeat', async () => {
    Object.assign(stage.edges.store.incidents, { dueUntil: () => Promise.reject(new Error('no')) });
    await stage.sweep();

    expect(metrics()).toEqual([{ FailedDeliveries: 1, BatchAge: 0 }]);
  });

  test.each([
    ['AccessDenied', 'iam', { OwnRefusals: 1 }],
    ['AuthorizationErrorException', 'sns', { OwnRefusals: 1, FailedNotices: 1 }],
    ['KMSAccessDeniedException', 'sns', { OwnRefusals: 1, FailedNotices: 1 }],
    ['ThrottledException', 'sns', { FailedNotices: 1 }],
    // The subject goes once more in ASCII.
    ['InvalidParameterException', 'sns', {}],
    ['ConditionalCheckFailedException', 'dynamodb', {}],
  ])('a call that ended with %s', async (outcome, service, expected) => {
    await stage.deliver(fixtureEvent('not-covered/takes--success'));
    const call = { service, operation: 'X', requestId: null, outcome, attempts: 1, durationMs: 1 };

    expect(metricsOf({ ...(stage.lines[0] as AuditLine), calls: [call] })).toEqual({ BatchAge: 0, ...expected });
  });

  test('a refusal of Trailmend itself that CloudTrail recorded', async () => {
    await stage.deliver(STOP);
    const [record] = stage.records;

    expect(record && metricsOf({ ...record, own: true })).toMatchObject({ OwnRefusals: 1 });
  });

  test('a message tell how long it waited, and never less than no time', async () => {
    await stage.deliver(STOP);
    const [record] = stage.records;

    expect(record && metricsOf({ ...record, queuedMs: 720_000 })).toMatchObject({ BatchAge: 720_000 });
    expect(record && metricsOf({ ...record, time: '2026-11-02T03:04:00.000Z' })).toMatchObject({ TimeToOutcome: 0 });
  });
});

test('no metric has the account, or anything else that grows, as a dimension', () => {
  expect(METRIC_DIMENSIONS).toEqual(['case', 'planKind', 'outcome']);
  expect(Object.values(METRICS).every(({ unit }) => ['Count', 'Milliseconds'].includes(unit))).toBe(true);
});

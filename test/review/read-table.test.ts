import { HealthStore } from '../../lambda/health/health-store';
import { MuteStore } from '../../lambda/incidents/mute-store';
import { Table } from '../../lambda/incidents/table';
import { TableSource } from '../../review/read-table';
import { EVERYTHING } from '../../review/selection';
import { eventIdOf } from '../../review/source';
import { POLICY, refusal, Stage } from '../support/stage';

const HOUR = 3_600_000;

let stage: Stage;
let table: Table;
let source: TableSource;

beforeEach(async () => {
  stage = await new Stage().open();
  if (!stage.table.client) throw new Error('the stage has no table');
  table = new Table(stage.table.client, stage.table.name);
  source = new TableSource({ table, name: 'the table', now: () => stage.now, nameOf: async () => null });
});

afterEach(() => stage.close());

const happens = (event: Parameters<typeof refusal>[0]) =>
  stage.deliver(refusal({ at: new Date(stage.now).toISOString(), ...event }));

/** The incidents of the last so many hours. */
const lastHours = (hours: number, audit = 10) =>
  source.incidents({ ...EVERYTHING, since: stage.now - hours * HOUR }, audit);

test('what the probe keeps is no incident and no record of a refused call', async () => {
  const health = new HealthStore(table, POLICY.keepMs);
  await health.open({ check: 'trail', subject: 'eu-west-1', verdict: '{}' }, stage.now);
  await health.sendCanary({ account: '111122223333', region: 'eu-west-1' }, stage.now, 'next');
  await health.end('run', stage.now, null);
  await happens({ id: 'a' });

  expect(await lastHours(1)).toHaveLength(1);
  expect((await source.records(EVERYTHING)).records).toHaveLength(1);
  expect(await source.find('trail')).toBeNull();
});

test('incidents come newest first, each with its exact count, its notices, its finding and what was done', async () => {
  await happens({ id: 'a', user: 'ana', action: 'cloudtrail:StopLogging' });
  stage.now += 1_000;
  await happens({ id: 'b' });
  stage.now += 1_000;
  await happens({ id: 'c' });

  const [second, first, ...others] = await lastHours(1);

  expect(others).toEqual([]);
  expect(second).toMatchObject({
    case: 'cloudtrail-action-denied',
    severity: 'medium',
    state: 'open',
    count: 2,
    suppressed: 0,
    exact: true,
    firstSeen: '2026-11-02T03:04:11.000Z',
    lastSeen: '2026-11-02T03:04:12.000Z',
    actions: ['cloudtrail:CreateTrail'],
    principals: ['arn:aws:iam::222233334444:user/mateo'],
    accounts: ['222233334444'],
    notices: [],
    mute: null,
  });
  expect(second?.audit.map(({ eventId, outcome }) => [eventId, outcome])).toEqual([
    ['c', 'grouped'],
    ['b', 'grouped'],
  ]);
  expect(second?.finding?.denial.caller.principal).toBe('arn:aws:iam::222233334444:user/mateo');
  // The notice that was sent at once is not yet noted in the incident itself.
  expect(first?.notices).toMatchObject([{ noticeId: 'notice-1', at: stage.now - 2_000 }]);
});

test('a list costs one query of the index and one for each incident of the period, not for older ones', async () => {
  await happens({ id: 'old', user: 'ana' });
  await stage.pass(3 * 60);
  await happens({ id: 'new', user: 'ben' });

  let found: unknown[] = [];
  const asked = await stage.asks(async () => {
    found = await lastHours(1);
  });

  expect(found).toHaveLength(1);
  expect(asked).toEqual(['Query', 'Query']);
});

test('what is open is read however old its own times are, for its events may be new', async () => {
  await happens({ id: 'a', action: 'cloudtrail:GetTrail' });
  await stage.pass(30);
  await happens({ id: 'b', action: 'cloudtrail:ListTrails' });

  const [incident] = await source.incidents({ ...EVERYTHING, since: stage.now - 60_000 }, 0);

  expect(incident).toMatchObject({ count: 2, actions: ['cloudtrail:GetTrail', 'cloudtrail:ListTrails'], audit: [] });
});

test('a quiet incident keeps its count, a repeated delivery does not raise it', async () => {
  await happens({ id: 'a' });
  await happens({ id: 'a' });
  await happens({ id: 'b' });
  await stage.pass(4 * 60);

  expect(await lastHours(24)).toMatchObject([{ state: 'quiet', count: 2, exact: true }]);
});

test('what a setting or a mute keeps silent is counted, and the mute is shown', async () => {
  const reason = 'dashboards';
  const suppressions = [{ action: 'cloudtrail:Get*', reason, expires: '2099-12-31' }];
  stage.edges = { ...stage.edges, policy: { ...POLICY, suppressions } };
  await happens({ id: 'a' });
  await happens({ id: 'b', action: 'cloudtrail:GetTrail' });
  const [{ key = '' } = {}] = await lastHours(1);
  const mute = { until: stage.now + HOUR, by: 'kim', reason: 'migration', since: stage.now };
  await new MuteStore(table).begin(key, mute);
  await happens({ id: 'c' });

  expect(await lastHours(1)).toMatchObject([{ count: 3, suppressed: 2, mute }]);
  expect((await source.find(key))?.chain?.muteHistory).toMatchObject([{ ...mute, action: 'mute', incident: key }]);
});

test('a mended role makes a remediated incident, with the calls that were made for it in the record', async () => {
  const event = refusal({ id: 'a' }) as { detail: object };
  Object.assign(event.detail, { errorCode: 'NoManagementAccountSLRExistsException', errorMessage: 'no role' });
  await stage.deliver(event);

  expect(await lastHours(24)).toMatchObject([
    { case: 'missing-service-linked-role', state: 'remediated', audit: [{ outcome: 'created', noticeId: 'notice-1' }] },
  ]);
});

test('a filter sees every account and principal, also those that the bounded lists leave out', async () => {
  const policy = 'arn:aws:organizations::111122223333:policy/o-exampleorg/service_control_policy/p-examplescp';
  const accounts = Array.from({ length: 25 }, (_, at) => `9000000000${10 + at}`);
  for (const account of accounts) {
    const event = refusal({ id: account, account }) as { detail: { errorMessage: string } };
    event.detail.errorMessage = event.detail.errorMessage.replace(
      /because .*/,
      `with an explicit deny in a service control policy: ${policy}`,
    );
    await stage.deliver(event);
  }
  const last = accounts.at(-1) ?? '';
  const find = (wanted: object) => source.incidents({ ...EVERYTHING, ...wanted }, 0);

  expect(await find({ accounts: [last] })).toMatchObject([{ count: 25 }]);
  expect((await find({}))[0]?.accounts).toHaveLength(20);
  expect(await find({ principals: ['mateo'] })).toHaveLength(1);
  expect(await find({ principals: [`arn:*:${last}:user/*`] })).toHaveLength(1);
  expect(await find({ accounts: ['900000000099'] })).toEqual([]);
  expect(await find({ principals: ['mate'] })).toEqual([]);
  expect(await find({ severities: ['high'] })).toEqual([]);
  expect(await find({ cases: ['cloudtrail-action-denied'], severities: ['low', 'medium'] })).toHaveLength(1);
});

describe('by id', () => {
  test('an incident is found with its notices as they were sent, those about many included', async () => {
    await happens({ id: 'a', action: 'cloudtrail:GetTrail' });
    await stage.pass(25 * 60, 15);
    await happens({ id: 'b', action: 'cloudtrail:StopLogging' });
    const [{ key = '' } = {}] = await lastHours(48);

    const found = await source.find(key);

    expect(found?.event).toBeNull();
    expect(found?.chain?.noticeTexts).toMatchObject([
      { id: expect.stringMatching(/^daily#/), subject: stage.notices[0]?.subject, text: stage.notices[0]?.text },
      { id: expect.stringMatching(/^urgent#/), subject: stage.notices[1]?.subject, noticeId: 'notice-2' },
    ]);
    expect(found?.chain?.audit.map(({ eventId }) => eventId)).toEqual(['b', 'a']);
  });

  test('an event leads to its incident, or, when it asked for nothing, to its record; never by a scan', async () => {
    await happens({ id: 'a' });
    await stage.deliver('no JSON', { id: 'broken' });
    const asked = await stage.asks(async () => {
      expect(await source.find('a')).toMatchObject({ event: { eventId: 'a' }, chain: { count: 1 } });
    });

    expect(new Set(asked)).toEqual(new Set(['Query', 'GetItem']));
    expect(await source.find('message#broken')).toMatchObject({ event: { outcome: 'malformed' }, chain: null });
    expect(await source.find('another')).toBeNull();
    expect(await source.find('0123456789ab')).toBeNull();
  });

  test('an event whose first delivery broke off before it joined is shown by itself', async () => {
    const { policy, ...edges } = stage.edges;
    const incidents = Object.assign(Object.create(edges.store.incidents), {
      read: async () => {
        throw new Error('broken off');
      },
    });
    stage.edges = { ...edges, policy, store: { ...edges.store, incidents } };
    await happens({ id: 'a' });

    const found = await source.find('a');

    expect(found?.event).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('broken off') });
    expect(found?.chain).toMatchObject({ count: 1, state: 'open', finding: null, case: 'cloudtrail-action-denied' });
  });

  test('what has expired is gone, though it still stands in the table', async () => {
    await happens({ id: 'a' });
    const [{ key = '' } = {}] = await lastHours(1);
    stage.now += POLICY.keepMs + HOUR;

    expect(await source.find('a')).toBeNull();
    expect(await source.find(key)).toBeNull();
    expect(await source.incidents(EVERYTHING, 1)).toEqual([]);
  });
});

test('records of the period come newest first, ignored and malformed ones too', async () => {
  await happens({ id: 'old' });
  stage.now += 5 * HOUR;
  await happens({ id: 'a' });
  stage.now += 1_000;
  await stage.deliver('no JSON', { id: 'broken' });
  stage.now += 1_000;
  await happens({ id: 'unrelated', action: 'ec2:RunInstances' });

  const since = stage.now - HOUR;
  const { records, left } = await source.records({ ...EVERYTHING, since });

  expect(left).toBe(0);
  expect(records.map((record) => [record.kind === 'event' && eventIdOf(record), record.outcome])).toEqual([
    ['unrelated', 'ignored'],
    ['message#broken', 'malformed'],
    ['a', 'grouped'],
  ]);
  const some = await source.records({
    ...EVERYTHING,
    since,
    principals: ['mateo'],
    cases: ['cloudtrail-action-denied'],
  });
  expect(some.records).toEqual([expect.objectContaining({ eventId: 'a' })]);
});

test('account names are not asked for any more when the first ones cannot be looked up', async () => {
  const accounts = Array.from({ length: 60 }, (_, at) => `9000000000${10 + at}`);
  const asked: string[] = [];
  const named = (name: string | null) =>
    new TableSource({
      table,
      name: '',
      now: () => stage.now,
      nameOf: async (account) => {
        asked.push(account);
        return name;
      },
    }).accountNames(accounts);

  expect(await named(null)).toEqual({});
  expect(asked).toHaveLength(20);
  expect(Object.keys(await named('Payments'))).toEqual(accounts);
});

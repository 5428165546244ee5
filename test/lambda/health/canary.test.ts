import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { readHealth } from '../../../lambda/health/health-items';
import { HealthStore } from '../../../lambda/health/health-store';
import { Heard } from '../../../lambda/health/heard';
import { Table } from '../../../lambda/incidents/table';
import { canaryRefusal } from '../../support/canary-refusal';
import { CANARY, POLICY, refusal, Stage } from '../../support/stage';

const ORGANIZATION = { managementAccount: '111122223333', responderRole: null, canaryRole: CANARY };
const HOME = { account: '111122223333', region: 'eu-west-1' };

let stage: Stage;
let table: Table;

beforeEach(async () => {
  stage = new Stage();
  const client = await stage.table.open();
  table = new Table(client, stage.table.name);
  stage.openOn(client, { heard: new Heard(table, POLICY.keepMs) });
});

afterEach(() => stage.close());

describe('the refused call of the canary', () => {
  it('is ignored with a reason, stored like others, and makes no incident and no notice', async () => {
    await expect(stage.deliver(canaryRefusal())).resolves.toBe(false);
    await stage.pass(3);

    expect(stage.records).toEqual([
      expect.objectContaining({ outcome: 'ignored', own: false, detail: expect.stringContaining('canary') }),
    ]);
    expect(stage.notices).toEqual([]);
    expect(await stage.table.items('incident#')).toEqual([]);
    expect(await stage.table.items('ignored#')).toHaveLength(1);
  });

  it('is noted with the time of its return', async () => {
    await new HealthStore(table, POLICY.keepMs).sendCanary(HOME, stage.now - 60_000, 'next');

    await stage.deliver(canaryRefusal({ at: new Date(stage.now - 60_000).toISOString() }));

    expect((await readHealth(table)).canaries).toEqual([
      { ...HOME, sentAt: stage.now - 60_000, triedAt: stage.now - 60_000, seenAt: stage.now },
    ]);
  });

  it('proves nothing about a canary that was sent after it', async () => {
    await new HealthStore(table, POLICY.keepMs).sendCanary(HOME, stage.now, 'next');

    await stage.deliver(canaryRefusal({ at: new Date(stage.now - 3_600_000).toISOString() }));

    expect((await readHealth(table)).canaries).toEqual([expect.objectContaining({ seenAt: null })]);
  });

  it('comes again when its return could not be noted', async () => {
    stage.edges.heard.canary = () => Promise.reject(new Error('broken off'));

    await expect(stage.deliver(canaryRefusal())).resolves.toBe(true);
  });

  it.each([
    ['another role of that name', canaryRefusal({ role: 'arn:aws:iam::222233334444:role/TrailmendHub-Canary' })],
    ['another trail', canaryRefusal({ trail: 'main' })],
    ['another operation', canaryRefusal({ operation: 'StopLogging' })],
    ['an envelope of another account', { ...canaryRefusal(), account: '222233334444' }],
  ])('is an ordinary one when it is that of %s', (_, event) => {
    const { plan } = classify(parseEvent(event, '111122223333'), ORGANIZATION);

    expect(plan.kind).toBe('notify');
  });
});

describe('what the responder hears', () => {
  it('is noted by account and Region, at most once an hour', async () => {
    const update = jest.spyOn(table, 'update');

    for (const id of ['a', 'b']) await stage.deliver(refusal({ id }));
    const inFirstHour = update.mock.calls.length;
    stage.now += 3_600_000;
    await stage.deliver(refusal({ id: 'c' }));

    expect([inFirstHour, update.mock.calls.length]).toEqual([1, 2]);
    expect((await readHealth(table)).seen).toEqual([
      { account: '222233334444', region: 'eu-west-1', seenAt: stage.now },
    ]);
  });

  it('is no reason to fail when it cannot be noted', async () => {
    const heard = new Heard({ update: () => Promise.reject(new Error('no')) } as unknown as Table, POLICY.keepMs);
    Object.assign(stage.edges, { heard });

    await expect(stage.deliver(refusal())).resolves.toBe(false);

    expect(stage.records).toEqual([expect.objectContaining({ outcome: 'grouped' })]);
  });
});

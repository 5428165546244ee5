import type { Notice } from '../../../lambda/notice/notice';
import type { RoleOutcome } from '../../../lambda/plan/remediation';
import { fixtureEvent } from '../../support/fixtures';
import { breaking, POLICY, refusal, Stage } from '../../support/stage';

const MISSING = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';
const STOP = refusal({ id: 'stop', action: 'cloudtrail:StopLogging' });
const DAY = 24 * 60;

let stage: Stage;

afterEach(() => stage.close());

const eventsOf = async () => (await stage.table.items('incident#')).filter(({ sk }) => String(sk).startsWith('event#'));
const outcomes = () => stage.records.map(({ outcome, noticeId }) => [outcome, noticeId]);

describe('calls to the table', () => {
  beforeEach(async () => {
    stage = await new Stage().open();
  });

  test('a new incident that gathers takes four', async () => {
    expect(await stage.asks(() => stage.deliver(refusal()))).toEqual([
      'UpdateItem',
      'GetItem',
      'PutItem',
      'UpdateItem',
    ]);
  });

  test('a new incident that is told at once takes six', async () => {
    const asked = ['UpdateItem', 'GetItem', 'PutItem', 'UpdateItem', 'UpdateItem', 'UpdateItem'];
    expect(await stage.asks(() => stage.deliver(STOP))).toEqual(asked);
  });

  test.each([
    ['that gathers', 'cloudtrail:CreateTrail'],
    ['of high severity', 'cloudtrail:StopLogging'],
    ['of low severity', 'cloudtrail:GetTrail'],
  ])('a further event of an open incident %s takes three', async (_what, action) => {
    await stage.deliver(refusal({ id: 'a', action }));

    const asked = await stage.asks(() => stage.deliver(refusal({ id: 'b', action })));

    expect(asked).toEqual(['UpdateItem', 'GetItem', 'UpdateItem']);
  });

  test('a duplicate of a finished event takes one', async () => {
    await stage.deliver(STOP);

    expect(await stage.asks(() => stage.deliver(STOP))).toEqual(['UpdateItem']);
    expect(outcomes()).toEqual([
      ['notified', 'notice-1'],
      ['duplicate', null],
    ]);
  });

  test('a sweep with nothing due takes one and leaves its heartbeat', async () => {
    expect(await stage.asks(() => stage.sweep())).toEqual(['Query']);
    expect(stage.lines).toEqual([expect.objectContaining({ kind: 'sweep', outcome: 'idle', due: 0, again: false })]);
  });
});

describe('a delivery that breaks off', () => {
  test.each([1, 2, 3, 4, 5, 6, 7].flatMap((at) => [[at, 'before'] as const, [at, 'after'] as const]))(
    'at call %i, %s it was carried out, is resumed: one event, one notice',
    async (at, when) => {
      stage = await breaking(new Stage(), at, when);

      const again = await stage.deliver(STOP, { id: 'm' });
      await stage.pass(6);
      const second = again ? await stage.deliver(STOP, { id: 'm', delivery: 2 }) : false;
      await stage.pass(70);

      expect(second).toBe(false);
      expect(await eventsOf()).toHaveLength(1);
      expect((await eventsOf())[0]).toHaveProperty('doneAt');
      // Only when SNS took it and its answer or the note of it was lost may it come twice.
      const unknown = (at === 5 && when === 'after') || (at === 6 && when === 'before');
      expect(stage.notices).toHaveLength(unknown ? 2 : 1);
    },
  );
});

test('an urgent event that broke off, was counted with others and then tells of itself hides no later one', async () => {
  stage = await breaking(new Stage(), 2, 'before');
  await stage.deliver(STOP, { id: 'm' });
  await stage.deliver(refusal({ id: 'a' }));
  await stage.pass(6);
  expect(stage.notices.map(({ json }) => json.incident)).toMatchObject([{ news: 'first', count: 2 }]);

  await stage.deliver(STOP, { id: 'm', delivery: 2 });
  await stage.deliver(refusal({ id: 'b' }));
  await stage.pass(70);

  expect(stage.notices.map(({ json }) => json.incident)).toMatchObject([
    { count: 2 },
    { count: null },
    { news: 'ongoing', count: 1, total: 3 },
  ]);
});

test('what an urgent event never came to tell is in the next digest, by its name and with its severity', async () => {
  stage = await new Stage().open();
  await stage.deliver(refusal({ id: 'a' }));
  await stage.pass(5);
  const lease = 4;
  await breaking(stage, lease, 'before');
  await stage.deliver(refusal({ id: 'stop', action: 'cloudtrail:StopLogging', at: new Date(stage.now).toISOString() }));
  await stage.pass(65);

  expect(stage.notices.map(({ attributes }) => attributes.severity)).toEqual(['medium', 'high']);
  expect(stage.notices[1]?.subject).toContain('1 more: StopLogging refused');
});

test('an event that tells at once twice, of the first failure and of the last, hides no other', async () => {
  const error = { name: 'ThrottlingException', message: 'Rate exceeded', passing: true, mayBeDone: false };
  stage = await new Stage().open({ ensureRole: async (role) => ({ role, kind: 'create-failed', error }) });
  const event = fixtureEvent(MISSING) as { detail: object };
  for (let delivery = 1; delivery <= 6; delivery += 1) {
    await stage.deliver(event, { id: 'm', delivery });
    await stage.pass(6);
  }
  expect(stage.notices).toHaveLength(2);

  await stage.deliver({ ...event, detail: { ...event.detail, eventID: 'another' } }, { delivery: 3 });
  await stage.pass(70);

  expect(stage.notices[2]?.json.incident).toMatchObject({ news: 'ongoing', count: 1, total: 2 });
});

test('an urgent event that told comes again after its incident was quiet: told once', async () => {
  stage = await new Stage().open({ policy: { ...POLICY, windowMs: 5 * 60_000 } });
  const finish = jest.spyOn(stage.edges.store.events, 'finish').mockRejectedValue(new Error('throttled'));
  const event = refusal({ action: 'cloudtrail:StopLogging', at: new Date(stage.now).toISOString() });
  expect(await stage.deliver(event, { id: 'm', delivery: 1 })).toBe(true);
  await stage.pass(20);
  finish.mockRestore();
  await stage.deliver(event, { id: 'm', delivery: 2 });
  await stage.pass(70);

  expect(stage.notices).toHaveLength(1);
});

test('a suppression that expired between two deliveries suppresses no more', async () => {
  const suppression = { action: 'cloudtrail:*', reason: 'until today', expires: '2026-11-02' };
  stage = await new Stage().open({ policy: { ...POLICY, suppressions: [suppression] } });
  const finish = jest.spyOn(stage.edges.store.events, 'finish').mockRejectedValue(new Error('throttled'));
  expect(await stage.deliver(refusal(), { id: 'm', delivery: 1 })).toBe(true);
  finish.mockRestore();
  stage.now += 24 * 3_600_000;
  await stage.deliver(refusal(), { id: 'm', delivery: 2 });
  await stage.pass(3);

  expect(stage.notices).toHaveLength(1);
  expect(stage.notices[0]?.json).toMatchObject({ kind: 'notice', incident: { count: 1, suppressed: 0 } });
});

describe('a sweep that breaks off', () => {
  /** What a sweep does outside to send the first notice of one incident. */
  const CALLS = ['due', 'take', 'read', 'count', 'lease', 'publish', 'mark', 'write', 'release', 'close'];

  test.each(CALLS.flatMap((_, at) => [[CALLS[at], at + 1, 'before'] as const, [CALLS[at], at + 1, 'after'] as const]))(
    'at %s (call %i), %s it was carried out, is made good by a later one: one notice',
    async (what, at, when) => {
      stage = await new Stage().open();
      await stage.deliver(refusal({ id: 'a' }));
      await stage.deliver(refusal({ id: 'b' }));
      stage.now += 61_000;
      await breaking(stage, at, when);

      const failed = { outcome: 'failed', again: true, detail: expect.stringContaining('broken off') };
      await expect(stage.sweep()).resolves.toMatchObject(failed);
      await stage.pass(80);

      const unknown = (what === 'publish' && when === 'after') || (what === 'mark' && when === 'before');
      expect(stage.notices.map(({ json }) => json.incident)).toEqual(
        Array(unknown ? 2 : 1).fill(expect.objectContaining({ news: 'first', count: 2 })),
      );
      const items = await stage.table.items();
      expect(items.find(({ sk }) => sk === 'incident')).toMatchObject({ state: 'quiet', total: 2 });
      expect(items.filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
    },
  );

  test('at one incident does the others all the same', async () => {
    stage = await new Stage().open();
    await stage.deliver(refusal({ id: 'a', user: 'poison' }));
    await stage.deliver(refusal({ id: 'b', user: 'mateo' }));
    const { publishNotice } = stage.edges;
    Object.assign(stage.edges, {
      publishNotice: (notice: Notice) =>
        notice.text.includes('poison') ? Promise.reject(new Error('refused')) : publishNotice(notice),
    });
    stage.now += 61_000;

    const detail = expect.stringMatching(/1 steps of a sweep failed; they stay due: Error: refused/);
    await expect(stage.sweep()).resolves.toMatchObject({ outcome: 'failed', again: true, detail });

    expect(stage.notices.map(({ text }) => text.includes('mateo'))).toEqual([true]);
  });

  test.each(['before', 'after'] as const)(
    'while it sends a digest of many, %s it came out, sends it once',
    async (when) => {
      stage = await new Stage().open();
      for (const user of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
        await stage.deliver(refusal({ id: user, user }));
      }
      await stage.pass(2);
      const { publishNotice } = stage.edges;
      let digests = 0;
      Object.assign(stage.edges, {
        publishNotice: async (notice: Notice) => {
          digests += 1;
          if (digests === 1 && when === 'before') throw new Error('refused');
          const id = await publishNotice(notice);
          if (digests === 1) throw new Error('answer lost');
          return id;
        },
      });
      for (let minute = 0; minute < 140; minute += 1) {
        await stage.pass(1).catch(() => undefined);
      }

      // A lost answer is the one reason for which a notice may come twice.
      const kinds = ['storm', 'digest', ...(when === 'after' ? ['digest'] : [])];
      expect(stage.notices.map(({ json }) => json.kind)).toEqual(kinds);
      const items = await stage.table.items();
      expect(items.filter(({ sk }) => sk === 'incident').map(({ state, total }) => [state, total])).toEqual(
        Array(7).fill(['quiet', 1]),
      );
      expect(items.filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
    },
  );

  test('leaves the work to one at a time', async () => {
    stage = await new Stage().open();
    await stage.deliver(refusal());
    stage.now += 61_000;

    await Promise.all([stage.sweep(), stage.sweep(), stage.sweep()]);

    expect(stage.notices).toHaveLength(1);
  });
});

describe('a missing role', () => {
  const created = (role: RoleOutcome['role']): RoleOutcome => ({ role, kind: 'created' });

  test('that was created is not judged again by a later delivery', async () => {
    let publishes = 0;
    const ensured: (number | null)[] = [];
    stage = await new Stage().open({
      ensureRole: async (role, since) => {
        ensured.push(since);
        return created(role);
      },
      publishNotice: async (notice) => {
        publishes += 1;
        if (publishes === 1) throw new Error('SNS is away');
        return `notice-${stage.notices.push(notice)}`;
      },
    });

    expect(await stage.deliver(fixtureEvent(MISSING), { id: 'm' })).toBe(true);
    stage.now += 6 * 60_000;
    expect(await stage.deliver(fixtureEvent(MISSING), { id: 'm', delivery: 2 })).toBe(false);

    expect(ensured).toEqual([null]);
    expect(outcomes()).toEqual([
      ['failed', null],
      ['created', 'notice-1'],
    ]);
    expect(stage.notices[0]?.subject).toContain('AWSServiceRoleForCloudTrail');
  });

  test('is looked at as our own work when the record of creating it was lost', async () => {
    const ensured: (number | null)[] = [];
    stage = await new Stage().open({
      ensureRole: async (role, since) => {
        ensured.push(since);
        if (since === null) throw new Error('the function ended here');
        return created(role);
      },
    });
    const began = stage.now;

    await stage.deliver(fixtureEvent(MISSING), { id: 'm' });
    stage.now += 6 * 60_000;
    await stage.deliver(fixtureEvent(MISSING), { id: 'm', delivery: 2 });

    expect(ensured).toEqual([null, began]);
    expect(outcomes().at(-1)).toEqual(['created', 'notice-1']);
  });

  test('leaves its incident remediated, also after quiet', async () => {
    stage = await new Stage().open();
    const state = async () => (await stage.table.items('incident#')).find(({ sk }) => sk === 'incident')?.state;

    await stage.deliver(fixtureEvent(MISSING));
    expect(await state()).toBe('remediated');
    await stage.pass(70);

    expect(await state()).toBe('remediated');
    expect(stage.notices).toHaveLength(1);
  });
});

describe('duplicates and time', () => {
  beforeEach(async () => {
    stage = await new Stage().open();
  });

  test('two responders with the same event by two routes make one event and one notice', async () => {
    await Promise.all([stage.deliver(STOP), stage.deliver(STOP)]);

    expect(await eventsOf()).toHaveLength(1);
    expect(stage.notices).toHaveLength(1);
  });

  test('many events at once that open an incident make one incident, one notice and as many events', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => `e-${at}`);

    await Promise.all(ids.map((id) => stage.deliver(refusal({ id, action: 'cloudtrail:StopLogging' }))));

    expect(await eventsOf()).toHaveLength(30);
    expect(stage.notices).toHaveLength(1);
    expect(stage.records.map(({ outcome }) => outcome).sort()).toEqual([...Array(29).fill('grouped'), 'notified']);
  });

  test('a redrive after 14 days neither counts nor tells twice', async () => {
    await stage.deliver(refusal({ id: 'a' }), { id: 'm' });
    await stage.pass(70);
    stage.now += 14 * DAY * 60_000;

    expect(await stage.asks(() => stage.deliver(refusal({ id: 'a' }), { id: 'm', delivery: 7 }))).toEqual([
      'UpdateItem',
    ]);
    await stage.pass(70);

    expect(await eventsOf()).toHaveLength(1);
    expect(stage.notices).toHaveLength(1);
  });

  test('an item whose time is over counts as gone, though it is still there', async () => {
    await stage.deliver(refusal({ id: 'a' }));
    await stage.pass(70);
    stage.now += 366 * DAY * 60_000;

    await stage.deliver(refusal({ id: 'a', at: new Date(stage.now).toISOString() }));
    await stage.pass(2);

    expect(stage.records.map(({ outcome }) => outcome)).toEqual(['grouped', 'grouped']);
    expect(stage.notices.map(({ text }) => /first time/.test(text))).toEqual([true, true]);
  });

  test('an event without an id is known by its envelope, also under a new message after a redrive', async () => {
    const { detail, ...envelope } = refusal() as { detail: Record<string, unknown> };
    const { eventID, ...nameless } = detail;

    await stage.deliver({ ...envelope, detail: nameless });
    await stage.deliver({ ...envelope, detail: nameless });

    expect((await eventsOf()).map(({ sk }) => sk)).toEqual(['event#envelope-e-1']);
  });
});

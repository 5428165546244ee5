import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import Ajv from 'ajv';
import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import type { Edges } from '../../../lambda/edges';
import { admit } from '../../../lambda/incidents/admit';
import { inBatches } from '../../../lambda/incidents/in-batches';
import type { Incident } from '../../../lambda/incidents/incident';
import { MuteStore } from '../../../lambda/incidents/mute-store';
import { occurrenceOf } from '../../../lambda/incidents/occurrence';
import { Table } from '../../../lambda/incidents/table';
import type { Notice } from '../../../lambda/notice/notice';
import { isPublishable } from '../../../lambda/notify/publish-notice';
import { ja } from '../../../lambda/texts/ja';
import { fixtureEvent } from '../../support/fixtures';
import { POLICY, refusal, Stage } from '../../support/stage';

const conformsToSchema = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(__dirname, '../../../schemas/notice-1.schema.json'), 'utf8')),
);

const INCIDENTS = readFileSync(join(__dirname, '../../../docs/incidents.md'), 'utf8');

const STOP = 'cloudtrail:StopLogging';
const READ = 'cloudtrail:GetTrail';

/** How many incidents come at once: more than one notice has room for in CI, fewer in `npm test`. */
const FLOOD = Number(process.env.FLOOD ?? 250);

let stage: Stage;

async function begin(changes: Partial<Edges> = {}): Promise<void> {
  stage = await new Stage().open(changes);
}

afterEach(async () => {
  for (const { json } of stage.notices) {
    expect(conformsToSchema(json) ? [] : conformsToSchema.errors).toEqual([]);
  }
  await stage.close();
});

const subjects = () => stage.notices.map(({ subject }) => subject.replace('Trailmend: ', ''));
const countOf = (at: number) => (stage.notices[at]?.json.incident as { count: number } | undefined)?.count;
const flat = (at: number) => stage.notices[at]?.text.replace(/\s+/g, ' ');
const incidents = async () => (await stage.table.items('incident#')).filter(({ sk }) => sk === 'incident');
const happens = (id: string, changes: Parameters<typeof refusal>[0] = {}) =>
  stage.deliver(refusal({ id, at: new Date(stage.now).toISOString(), ...changes }));

/** A refusal that opens its incident, as far as the store sees it: most of what a delivery does is no matter to a sweep. */
async function opens(id: string, who: { user: string; account: string }): Promise<void> {
  const { store, organization, policy } = stage.edges;
  const { denial, ...finding } = classify(parseEvent(refusal({ id, ...who }), '111122223333'), organization);
  if (denial === null) {
    throw new Error('the refusal is a denial');
  }
  const occurrence = occurrenceOf({ ...finding, denial }, id, stage.now, []);
  const { next } = admit(null, occurrence, stage.now, policy);
  await store.events.claim(occurrence, id, stage.now);
  await store.incidents.write(next as Incident, stage.now);
}

describe('one incident', () => {
  test('of medium severity gathers for a minute, then is told with its count, without another event', async () => {
    await begin();
    await happens('a');
    await happens('b', { action: 'cloudtrail:StartLogging' });
    expect(stage.notices).toEqual([]);

    await stage.pass(2);

    expect(subjects()).toEqual(['CreateTrail refused in Security (222233334444)']);
    expect(flat(0)).toContain('first time; repeats are grouped for 1 hour');
    expect(flat(0)).toContain('2 refusals, since 2026-11-02 03:04 UTC');
    expect(flat(0)).toContain('actions: cloudtrail:CreateTrail, cloudtrail:StartLogging');
    expect(flat(0)).toMatch(/Quieten npx trailmend mute [0-9a-f]{12} --for 8h --reason "\.\.\."/);
  });

  test('is silent for a window after a notice, then has one digest with the count while it goes on, then quiet', async () => {
    await begin();
    await happens('a');
    await stage.pass(3);
    for (const id of ['b', 'c', 'd']) {
      await happens(id);
      await stage.pass(10);
    }
    expect(stage.notices).toHaveLength(1);

    await stage.pass(40);
    expect(subjects()[1]).toBe('3 more: CreateTrail refused in Security (222233334444)');
    expect(flat(1)).toContain('still going on');
    expect(flat(1)).toContain('3 refusals, 4 in all');
    await stage.pass(65);

    expect(stage.notices).toHaveLength(2);
    expect(await incidents()).toMatchObject([{ state: 'quiet', total: 4, firstSeen: '2026-11-02T03:04:10.000Z' }]);
  });

  test('of several actions has a digest that names the untold ones, and pages nobody again', async () => {
    await begin();
    await happens('a');
    await stage.pass(5);
    await happens('b', { action: STOP });
    await happens('c', { action: 'cloudtrail:StartLogging' });
    await happens('d', { action: STOP });
    await stage.pass(60);

    const [, , digest] = stage.notices;
    expect(subjects()[2]).toBe('2 more: StopLogging, StartLogging refused in Security (222233334444)');
    expect(digest?.attributes.severity).toBe('medium');
    expect(digest?.json).toMatchObject({
      severity: 'medium',
      incident: { count: 2, actions: ['cloudtrail:StopLogging', 'cloudtrail:StartLogging'] },
    });
    expect(flat(2)).toContain('2 refusals since the last notice: cloudtrail:StopLogging, cloudtrail:StartLogging.');
  });

  test('has a digest that offers no fix for what it does not tell of', async () => {
    await begin();
    await happens('a');
    await stage.pass(5);
    await happens('b', { action: 'cloudtrail:StartLogging' });
    await stage.pass(65);

    expect(subjects()[1]).toBe('1 more: StartLogging refused in Security (222233334444)');
    expect(flat(1)).toMatch(
      /What happened 1 refusal since the last notice: cloudtrail:StartLogging\. About User mateo/,
    );
    expect(flat(1)).toContain('Next step The reason is the one that was told before');
    expect(flat(1)).not.toMatch(/ Fix | Policy |"Effect"/);
  });

  test('has a digest of high severity when a mute kept its news from being told', async () => {
    await begin();
    const mutes = new MuteStore(new Table(stage.table.client as DynamoDBClient, stage.table.name));
    await happens('a');
    await stage.pass(5);
    const key = String((await incidents())[0]?.incident);
    await mutes.begin(key, { until: stage.now + 600_000, by: 'kim', reason: 'known', since: stage.now });
    await happens('b', { action: STOP });
    await stage.pass(65);

    expect(subjects()[1]).toBe('1 more: StopLogging refused in Security (222233334444)');
    expect(stage.notices[1]?.attributes.severity).toBe('high');
  });

  test('that goes on for hours has a digest an hour, and their counts add up', async () => {
    await begin();
    for (let at = 0; at < 60; at += 1) {
      await happens(`e-${at}`);
      await stage.pass(5);
    }
    await stage.pass(130);

    const counts = stage.notices.map(({ json }) => (json.incident as { count: number }).count);
    expect(counts).toHaveLength(6);
    expect(counts.reduce((sum, count) => sum + count)).toBe(60);
    expect(await incidents()).toMatchObject([{ state: 'quiet', total: 60 }]);
  });

  test('that comes back after quiet is news', async () => {
    await begin();
    await happens('a');
    await stage.pass(70);
    await happens('b');
    await stage.pass(2);

    expect(stage.notices).toHaveLength(2);
    expect(flat(1)).toContain('again, quiet since 2026-11-02 04:');
  });

  test('of high severity is told at once, and its repeats once an hour', async () => {
    await begin();
    await happens('a', { action: STOP });
    expect(stage.notices).toHaveLength(1);
    await happens('b', { action: STOP });
    await stage.pass(70);

    expect(subjects()[1]).toContain('1 more: StopLogging refused');
    await stage.pass(70);
    expect(stage.notices).toHaveLength(2);
  });

  test('that turns graver is told again at once', async () => {
    await begin();
    await happens('a', { action: READ });
    await happens('b');
    await happens('c', { action: STOP });

    expect(subjects()).toEqual(['StopLogging refused in Security (222233334444)']);
    expect(await incidents()).toMatchObject([{ severity: 'high' }]);
  });

  test('of low severity waits for the daily digest', async () => {
    await begin();
    await happens('a', { action: READ });
    await stage.pass(120);
    expect(stage.notices).toEqual([]);

    await stage.pass(120);

    expect(subjects()).toEqual(['daily digest, 1 refusal in 1 incident']);
    expect(stage.notices[0]?.json).toMatchObject({ kind: 'daily', incidents: [{ count: 1, severity: 'low' }] });
  });

  test.each([
    ['high', 'cloudtrail:CreateTrail', 0],
    ['low', READ, 1],
  ] as const)('with immediate %s: %s', async (immediate, action, direct) => {
    await begin({ policy: { ...POLICY, immediate } });
    await happens('a', { action });
    await stage.pass(3);

    expect(stage.notices).toHaveLength(direct);
  });
});

test('the example of docs/incidents.md', async () => {
  await begin();
  const at = async (time: string, day = '2026-11-02') => {
    const until = Date.parse(`${day}T${time}:00Z`);
    while (stage.now + 60_000 <= until) {
      await stage.pass(1);
    }
    stage.now = until;
  };
  const told: string[] = [];
  const { publishNotice } = stage.edges;
  Object.assign(stage.edges, {
    publishNotice: (notice: Notice) => {
      const minute = new Date(stage.now).toISOString().slice(11, 16);
      told.push(`${minute} ${notice.attributes.severity} ${notice.subject.replace('Trailmend: ', '')}`);
      return publishNotice(notice);
    },
  });
  stage.now = Date.parse('2026-11-02T10:00:00Z');
  await happens('a');
  await happens('b', { action: 'cloudtrail:StartLogging' });
  await at('10:10');
  await happens('c');
  await at('10:30');
  await happens('d', { action: STOP });
  await at('10:40');
  await happens('e');
  await at('15:00');
  await happens('f');
  await at('16:20');
  await happens('g', { action: 'cloudtrail:GetTrailStatus', user: 'auditor' });
  await at('07:00', '2026-11-03');
  await stage.pass(1);

  const [, example = ''] = /### An example\n.*?```\n(.*?)```/s.exec(INCIDENTS) ?? [];
  const promised = [...example.matchAll(/^(\d\d:\d\d) +(high|medium|low) +(.+)$/gm)];
  expect(promised).toHaveLength(5);
  expect(told).toEqual(promised.map(([, ...parts]) => parts.join(' ')));
  expect(stage.notices.map(({ text }) => /\d+ refusals?[^.]*?, since/.exec(text.replace(/\s+/g, ' '))?.[0])).toEqual([
    '2 refusals, since',
    undefined,
    '2 refusals, 5 in all, since',
    '1 refusal, 6 in all, since',
    '1 refusal, since',
  ]);
  expect(flat(3)).toContain('again, quiet since 2026-11-02 12:05 UTC');
});

test('what is refused after a mute is not left to the daily digest with what was muted', async () => {
  await begin();
  const mutes = new MuteStore(new Table(stage.table.client as DynamoDBClient, stage.table.name));
  stage.now = Date.parse('2026-11-02T08:00:00Z');
  await happens('a');
  await stage.pass(3);
  const key = String((await incidents())[0]?.incident);
  await mutes.begin(key, { until: stage.now + 7_200_000, by: 'kim', reason: 'known', since: stage.now });
  await stage.pass(20);
  await happens('b');
  await stage.pass(120);
  expect(stage.notices).toHaveLength(1);

  await happens('c');
  await stage.pass(3);

  expect(countOf(1)).toBe(2);
});

describe('a daily digest that would be too long', () => {
  const named = () => stage.notices.flatMap(({ json }) => json.incidents as { incidentKey: string; count: number }[]);

  beforeEach(async () => {
    const reason = '理由'.repeat(1_000);
    await begin({ policy: { ...POLICY, suppressions: [{ action: READ, reason, expires: '2026-12-31' }] } });
    for (let at = 0; at < 60; at += 1) {
      await happens(`e-${at}`, { user: `user-${at}`, action: READ });
    }
    await stage.pass(60 * 3 + 50, 10);
  });

  test('comes in parts, all sent by one sweep, which say what they are and count their own', async () => {
    await stage.pass(10, 10);

    const of = stage.notices.length;
    expect(of).toBeGreaterThan(1);
    expect(subjects()).toEqual(
      stage.notices.map(({ json }, at) => {
        const { length } = json.incidents ?? [];
        return `daily digest, ${length} refusals in ${length} incidents (part ${at + 1} of ${of})`;
      }),
    );
    expect(new Set(named().map(({ incidentKey }) => incidentKey)).size).toBe(60);
    expect(named()).toHaveLength(60);
    expect(stage.notices.map(isPublishable)).toEqual(stage.notices.map(() => true));
  });

  test('loses no part and doubles none when SNS does not take one', async () => {
    const { publishNotice } = stage.edges;
    let asked = 0;
    Object.assign(stage.edges, {
      publishNotice: (notice: Notice) => {
        asked += 1;
        return asked === 2 ? Promise.reject(new Error('refused')) : publishNotice(notice);
      },
    });

    await stage.pass(10, 10);
    expect(stage.lines.at(-1)).toMatchObject({
      kind: 'sweep',
      outcome: 'failed',
      detail: expect.stringContaining('1 steps of a sweep failed'),
    });
    const soon = subjects();
    await stage.pass(4, 2);

    expect(subjects()).toHaveLength(soon.length + 1);
    expect(subjects().at(-1)).toContain('(part 2 of ');
    expect(new Set(subjects()).size).toBe(subjects().length);
    expect(named().reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });
});

test('high severity that could not be told at once is told by the next sweep, storm or not', async () => {
  await begin({ policy: { ...POLICY, cap: 1 } });
  jest.spyOn(stage.edges.store.outbox, 'lease').mockRejectedValueOnce(new Error('throttled'));
  await happens('stop', { user: 'urgent', action: STOP });
  for (let at = 0; at < 7; at += 1) await happens(`writer-${at}`, { user: `writer-${at}` });
  await stage.pass(3);

  expect(stage.notices.map(({ json }) => [json.kind, json.severity])).toEqual([
    ['storm', 'medium'],
    ['notice', 'high'],
  ]);
});

describe('any order of arrival', () => {
  test('gives the same first and last time, lists and count', async () => {
    const seen = [];
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 2, 0, 3, 1],
    ]) {
      await begin();
      for (const at of order) {
        await stage.deliver(
          refusal({ id: `e-${at}`, at: `2026-11-02T03:0${at}:00Z`, action: `cloudtrail:Create${at}` }),
        );
      }
      await stage.pass(2);
      const [incident] = await incidents();
      const { firstSeen, lastSeen, actions } = incident ?? {};
      seen.push({ firstSeen, lastSeen, actions, count: countOf(0) });
      await stage.close();
    }
    await begin();

    expect(seen[0]).toEqual({
      firstSeen: '2026-11-02T03:00:00.000Z',
      lastSeen: '2026-11-02T03:04:00.000Z',
      actions: [0, 1, 2, 3, 4].map((at) => `cloudtrail:Create${at}`),
      count: 5,
    });
    expect(seen[1]).toEqual(seen[0]);
  });

  test('a record that comes hours late does not reopen what was told and is quiet, and counts', async () => {
    await begin();
    await happens('a');
    await stage.pass(70);
    await stage.pass(60);

    await stage.deliver(refusal({ id: 'late', at: '2026-11-02T03:30:00Z' }));
    await stage.pass(70);

    expect(stage.notices).toHaveLength(1);
    expect((await stage.table.items('incident#')).filter(({ sk }) => String(sk).startsWith('event#'))).toHaveLength(2);
    await happens('c');
    await stage.pass(2);
    expect(stage.notices[1]?.json.incident).toMatchObject({ total: 3 });
  });

  test('a record that comes hours late and is graver than all that was told is told at once', async () => {
    await begin();
    await happens('a');
    await stage.pass(130);

    await stage.deliver(refusal({ id: 'late', at: '2026-11-02T03:30:00Z', action: STOP }));

    expect(subjects()[1]).toBe('StopLogging refused in Security (222233334444)');
  });

  test('a record from the future is as old as its arrival', async () => {
    await begin();
    await happens('a', { at: '2031-01-01T00:00:00Z' });
    await stage.pass(70);

    expect(await incidents()).toMatchObject([{ lastSeen: '2026-11-02T03:04:10.000Z', state: 'quiet' }]);
  });
});

test('a count reads what arrived since the last one, however long the incident goes on', async () => {
  await begin();
  const read: number[] = [];
  stage.table.client?.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { ScannedCount } = answer.output as { ScannedCount?: number };
      if (Object(args.input).IndexName === 'arrivals') read.push(ScannedCount ?? 0);
      return answer;
    },
    { step: 'initialize' },
  );
  for (let at = 0; at < 30; at += 1) await happens(`past-${at}`);
  await stage.pass(70, 5);
  await stage.pass(70, 5);
  read.length = 0;
  await happens('new');
  await stage.pass(3);

  expect(read.length).toBeGreaterThan(0);
  expect(Math.max(...read)).toBe(1);
  expect(stage.notices.at(-1)?.json.incident).toMatchObject({ count: 1, total: 31 });
});

describe('suppressions and mutes', () => {
  const SUPPRESSION = { principal: '*:user/scan*', reason: 'the scanner probes on purpose', expires: '2026-12-31' };

  test('a suppressed finding is counted, shown in the daily digest and audited, and nobody is told', async () => {
    await begin({ policy: { ...POLICY, suppressions: [SUPPRESSION] } });
    await happens('a', { user: 'scanner', action: STOP });
    await happens('b', { user: 'scanner', action: STOP });
    await stage.pass(60);
    expect(stage.notices).toEqual([]);
    expect(stage.records[0]).toMatchObject({ outcome: 'suppressed' });
    expect(stage.records[0]?.detail).toContain('the scanner probes on purpose');

    await stage.pass(180);

    expect(stage.notices.map(({ json }) => json.kind)).toEqual(['daily']);
    expect(flat(0)).toContain('Suppressed by a setting: the scanner probes on purpose');
    expect(stage.notices[0]?.json.incidents).toMatchObject([{ count: 2, suppressed: 2 }]);
    expect(stage.notices[0]?.attributes.severity).not.toBe('low');
  });

  test('a suppression that has expired lets the notice through', async () => {
    await begin({ policy: { ...POLICY, suppressions: [{ ...SUPPRESSION, expires: '2026-11-01' }] } });
    await happens('a', { user: 'scanner', action: STOP });

    expect(stage.notices).toHaveLength(1);
  });

  test('a role that Trailmend created is told even when its case is suppressed, and offers no mute', async () => {
    const suppression = { case: 'missing-service-linked-role', reason: 'known', expires: '2026-12-31' };
    await begin({ policy: { ...POLICY, suppressions: [suppression] } });

    await stage.deliver(fixtureEvent('missing-service-linked-role/takes--delegated-administrator-creates-trail'));

    expect(subjects()).toEqual(['role created for Security (222233334444): AWSServiceRoleForCloudTrail']);
    expect(flat(0)).not.toContain('trailmend mute');
  });
});

describe('a flood', () => {
  const users = (count: number) => Array.from({ length: count }, (_, at) => `user-${at}`);

  test('is one storm notice and one digest that names every incident with exact counts', async () => {
    await begin();
    for (const user of users(40)) {
      for (const at of [1, 2, 3]) {
        await happens(`${user}-${at}`, { user });
      }
    }
    await happens('high', { user: 'intruder', action: STOP });
    await stage.pass(3);
    await happens('during', { user: 'user-0' });
    await stage.pass(140);

    const kinds = stage.notices.map(({ json, attributes }) => [json.kind, attributes.severity]);
    expect(kinds).toEqual([
      ['notice', 'high'],
      ['storm', 'medium'],
      ['digest', 'medium'],
    ]);
    const named = stage.notices[2]?.json.incidents as { incidentKey: string; count: number }[];
    expect(named).toHaveLength(40);
    expect(named.reduce((sum, { count }) => sum + count, 0)).toBe(121);
    expect((await incidents()).map(({ state }) => state)).toEqual(Array(41).fill('quiet'));
    expect((await stage.table.items()).filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
  });

  test(`of ${FLOOD} incidents is counted as it is, and one sweep sends the digest that names every one`, async () => {
    const looked: string[] = [];
    const accountName = async (account: string) => {
      looked.push(account);
      return looked.length % 2 === 0 ? null : 'Payments';
    };
    await begin({ accountName });
    const users = Array.from({ length: FLOOD }, (_, at) => ({
      user: `pipeline-${at}`,
      account: `${6e11 + (at % 40)}`,
    }));
    await inBatches(users, (who) => opens(who.user, who));
    await happens('again', { user: 'pipeline-0', account: '600000000000' });
    await stage.pass(2);
    await stage.pass(63, 3);

    const [storm, ...digests] = stage.notices;
    expect(storm?.subject).toBe(`Trailmend: ${FLOOD} incidents in one notice; a digest follows`);
    expect(flat(0)).toContain(`${FLOOD} incidents, so far ${FLOOD + 1} refusals.`);
    expect(flat(0)).toContain(`Not listed here: ${FLOOD - 100}. The digest names every incident.`);
    expect(looked.length).toBeLessThanOrEqual(40);
    const named = digests.flatMap(({ json }) => json.incidents as { incidentKey: string; count: number }[]);
    expect(new Set(named.map(({ incidentKey }) => incidentKey)).size).toBe(FLOOD);
    expect(named).toHaveLength(FLOOD);
    expect(named.reduce((sum, { count }) => sum + count, 0)).toBe(FLOOD + 1);
    expect(digests.length).toBeLessThanOrEqual(2);
    expect(stage.notices.map(isPublishable)).toEqual(stage.notices.map(() => true));

    await stage.pass(20);
    expect(stage.notices).toHaveLength(digests.length + 1);
  });

  test('beyond the cap of an hour is put together as well', async () => {
    await begin({ policy: { ...POLICY, cap: 3 } });
    for (const user of users(5)) {
      await happens(user, { user });
      await stage.pass(2);
    }
    await stage.pass(70);

    expect(stage.notices.map(({ json }) => json.kind)).toEqual(['notice', 'notice', 'notice', 'storm', 'digest']);
  });

  test('speaks Japanese', async () => {
    await begin({ texts: ja });
    for (const user of users(7)) {
      await happens(user, { user });
    }
    await stage.pass(2);

    expect(subjects()).toEqual(['7 件のインシデントを 1 通に集約。後でまとめて通知']);
    expect(flat(0)).toContain('2026-11-02 04:');
  });
});

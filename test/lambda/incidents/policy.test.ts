import { admit } from '../../../lambda/incidents/admit';
import { afterLook, newlyTold } from '../../../lambda/incidents/advance';
import { decide } from '../../../lambda/incidents/decide';
import { dispatch } from '../../../lambda/incidents/flood';
import type { Episode, Incident, Occurrence, Tally } from '../../../lambda/incidents/incident';
import { nextDaily } from '../../../lambda/incidents/notice-policy';
import { readSuppressions, suppressionOf } from '../../../lambda/incidents/suppression';
import { NOTHING } from '../../../lambda/incidents/tally';
import { POLICY } from '../../support/stage';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-02T12:00:00Z');
const DAILY = Date.parse('2026-11-03T07:00:00Z');

const OCCURRENCE: Occurrence = {
  event: 'e-1',
  key: '0123456789ab',
  case: 'cloudtrail-action-denied',
  severity: 'medium',
  time: '2026-11-02T11:59:55.000Z',
  since: NOW,
  action: 'cloudtrail:CreateTrail',
  resource: null,
  principal: 'p',
  account: '111122223333',
  suppressed: null,
  atOnce: null,
  remediated: false,
  finding: '{}',
};
const LOW = { severity: 'low' } as const;
const HIGH = { severity: 'high', atOnce: 'urgent' } as const;

const opened = (occurrence: Partial<Occurrence> = {}, at = NOW) => {
  const { next } = admit(null, { ...OCCURRENCE, ...occurrence }, at, POLICY);
  if (next === null) {
    throw new Error('the first event opens its incident');
  }
  return next;
};
const quiet = (countedUntil: number): Incident => ({
  ...opened(),
  episode: null,
  dueAt: null,
  dueFor: null,
  countedUntil,
});

describe('an event that opens its incident', () => {
  test.each([
    ['medium severity gathers', {}, NOW + MINUTE, 'gather', null],
    ['low severity waits for the daily digest', LOW, DAILY, 'daily', null],
    ['high severity tells at once, and is looked after', HIGH, NOW + 90_000, 'look', 'urgent'],
    ['a suppressed one waits for the daily digest', { ...HIGH, suppressed: 'known' }, DAILY, 'daily', null],
    [
      'a created role is told though suppressed',
      { ...HIGH, atOnce: 'created', suppressed: 'known' },
      NOW + 90_000,
      'look',
      'created',
    ],
  ] as const)('%s', (_what, occurrence, dueAt, dueFor, owes) => {
    const admission = admit(null, { ...OCCURRENCE, ...occurrence }, NOW, POLICY);

    expect(admission.next).toMatchObject({ dueAt, dueFor, revision: 1, state: 'open' });
    expect(admission.owes?.kind ?? null).toBe(owes);
  });
});

describe('a further event', () => {
  const later = NOW + 10 * MINUTE;
  const time = new Date(later - 5_000).toISOString();
  test.each([
    ['of an open incident changes nothing', opened(), {}, later, null],
    ['of low severity changes nothing', opened(), LOW, later, null],
    ['of high severity after high changes nothing', opened(HIGH), HIGH, later, null],
    ['of medium severity after low gathers', opened(LOW), {}, later, { dueAt: later + MINUTE, dueFor: 'gather' }],
    ['of high severity after medium is told at once', opened(), HIGH, later, { dueFor: 'look', severity: 'high' }],
    [
      'after the window begins the next one, and leaves what is due',
      opened(),
      {},
      NOW + 61 * MINUTE,
      { dueAt: NOW + MINUTE },
    ],
    ['after quiet reopens', quiet(NOW - 60 * MINUTE), {}, later, { state: 'open', dueFor: 'gather' }],
  ] as const)('%s', (_what, incident, occurrence, now, expected) => {
    const { next } = admit(incident, { ...OCCURRENCE, event: 'e-2', time, ...occurrence }, now, POLICY);

    expect(next).toEqual(expected && expect.objectContaining(expected));
  });

  test('of what a mute has left to the daily digest gathers, once the mute is over', () => {
    const told = opened();
    const leftToDaily: Incident = { ...told, dueAt: DAILY, dueFor: 'daily' };
    const due = { dueAt: later + MINUTE, dueFor: 'gather' };

    expect(admit(leftToDaily, { ...OCCURRENCE, event: 'e-2', time }, later, POLICY).next).toMatchObject(due);
    expect(
      admit(
        { ...leftToDaily, ...opened(HIGH), dueFor: 'daily' },
        { ...OCCURRENCE, ...HIGH, event: 'e-2', time },
        later,
        POLICY,
      ),
    ).toMatchObject({
      next: due,
      owes: null,
    });
    expect(admit(leftToDaily, { ...OCCURRENCE, ...LOW, event: 'e-2', time }, later, POLICY).next).toBeNull();
  });

  test.each([
    ['of a graver kind than was told', 'low', HIGH, true],
    ['of medium severity after low', 'low', {}, true],
    ['of high severity after high', 'high', HIGH, false],
    ['about what became of a role just now', 'high', { ...HIGH, atOnce: 'create-failed-last' }, true],
    ['of a graver kind, but suppressed', 'low', { ...HIGH, suppressed: 'known' }, false],
  ] as const)('an hour late and %s is told: %s', (_what, severity, occurrence, isTold) => {
    const late = { ...OCCURRENCE, event: 'e-2', time: new Date(later - 60 * MINUTE).toISOString(), ...occurrence };

    expect(admit({ ...quiet(later - MINUTE), severity }, late, later, POLICY).next !== null).toBe(isTold);
  });

  test.each([
    ['11 minutes late reopens', 11, true],
    ['an hour late, of a time that was told, does not', 60, false],
  ])('after quiet, %s', (_what, minutes, reopens) => {
    const late = { ...OCCURRENCE, event: 'e-2', time: new Date(later - minutes * MINUTE).toISOString() };

    expect(admit(quiet(later - MINUTE), late, later, POLICY).next !== null).toBe(reopens);
  });

  test('that is delivered again owes what it owed', () => {
    const incident = opened(HIGH);

    expect(admit(incident, { ...OCCURRENCE, ...HIGH }, later, POLICY)).toEqual({
      next: null,
      owes: { kind: 'urgent', at: NOW },
    });
  });

  test('of a muted incident is not told at once', () => {
    const mute = { until: later + MINUTE, by: 'kim', reason: 'known', since: NOW };

    expect(admit({ ...opened(), mute }, { ...OCCURRENCE, ...HIGH, event: 'e-2' }, later, POLICY)).toEqual({
      next: null,
      owes: null,
    });
  });
});

test('an event that told twice counts as told once', () => {
  const first = admit(null, { ...OCCURRENCE, ...HIGH, atOnce: 'create-failed' }, NOW, POLICY).next;
  const { next } = admit(first, { ...OCCURRENCE, ...HIGH, atOnce: 'create-failed-last' }, NOW + MINUTE, POLICY);
  const sent = { id: 'n', noticeId: 'n', at: NOW };
  const notices = [
    { kind: 'create-failed', sent },
    { kind: 'create-failed-last', sent },
  ] as const;
  if (next === null) {
    throw new Error('the last try is news');
  }
  const seen = afterLook(next, NOTHING, notices.slice(0, 1), { until: NOW, dueFor: 'look' });

  expect(newlyTold(next, notices)).toBe(1);
  expect(afterLook(seen, NOTHING, notices.slice(1), { until: NOW, dueFor: 'look' }).told).toBe(1);
});

describe('what is due', () => {
  const tally = (open: number, suppressed = 0): Tally => ({ ...NOTHING, open, suppressed });
  const told = (incident: Incident, change: Partial<Episode> = {}): Incident => ({
    ...incident,
    told: 2,
    episode: incident.episode && { ...incident.episode, told: true, ...change },
  });
  const atClose = NOW + 62 * MINUTE;
  const muted = { until: atClose + MINUTE, by: 'kim', reason: 'known', since: NOW };
  test.each([
    ['the first notice, after gathering', opened(), tally(3), 0, NOW + MINUTE, { kind: 'first' }],
    [
      'nothing, when the event told at once',
      opened(HIGH),
      tally(1),
      1,
      NOW + 2 * MINUTE,
      { kind: 'wait', dueFor: 'look' },
    ],
    [
      'silence, within the window',
      told(opened()),
      tally(9),
      0,
      NOW + 30 * MINUTE,
      { kind: 'wait', until: NOW + 61.5 * MINUTE },
    ],
    ['the digest, after the window', told(opened()), tally(9), 0, atClose, { kind: 'digest' }],
    ['quiet, after a silent window', told(opened()), tally(2), 0, atClose, { kind: 'quiet' }],
    [
      'nothing before the window ends',
      told(opened()),
      tally(2),
      0,
      NOW + 30 * MINUTE,
      { kind: 'wait', dueFor: 'look' },
    ],
    ['the daily digest', opened(LOW), tally(3), 0, DAILY, { kind: 'daily' }],
    [
      'the daily digest later, when only suppressed ones came',
      told(opened()),
      tally(2, 4),
      0,
      atClose,
      { kind: 'wait', until: DAILY, dueFor: 'daily' },
    ],
    [
      'the daily digest later, when it is muted',
      { ...told(opened()), mute: muted },
      tally(9),
      0,
      atClose,
      { kind: 'wait', until: DAILY, dueFor: 'daily' },
    ],
    ['nothing, when it is quiet', quiet(NOW), tally(0), 0, NOW, { kind: 'quiet' }],
  ] as const)('is %s', (_what, incident, count, toldAtOnce, now, verdict) => {
    expect(decide(incident, count, toldAtOnce, now, POLICY)).toMatchObject(verdict);
  });
});

describe('a flood', () => {
  const state = { periodStart: NOW, sent: 0, stormUntil: null };
  const next = NOW + 62.5 * MINUTE;
  test.each([
    ['five are sent one by one', { notices: 5, first: 5, gathering: 0 }, state, { kind: 'one-by-one' }],
    [
      'six are a storm',
      { notices: 6, first: 6, gathering: 0 },
      state,
      { kind: 'together', as: 'storm', stormUntil: next },
    ],
    [
      'one with many on the way is a storm',
      { notices: 1, first: 1, gathering: 5 },
      state,
      { kind: 'together', as: 'storm' },
    ],
    [
      'many digests are one digest',
      { notices: 9, first: 0, gathering: 0 },
      state,
      { kind: 'together', as: 'digest', stormUntil: null },
    ],
    [
      'the last of the cap is sent',
      { notices: 1, first: 1, gathering: 0 },
      { ...state, sent: 19 },
      { kind: 'one-by-one' },
    ],
    [
      'beyond the cap is a storm',
      { notices: 1, first: 1, gathering: 0 },
      { ...state, sent: 20 },
      { kind: 'together', as: 'storm' },
    ],
    [
      'during a storm all wait',
      { notices: 1, first: 1, gathering: 0 },
      { ...state, stormUntil: NOW + 1 },
      { kind: 'hold', until: NOW + 1 },
    ],
    [
      'a storm ends with one digest',
      { notices: 9, first: 2, gathering: 0 },
      { ...state, stormUntil: NOW },
      { kind: 'together', as: 'digest', stormUntil: null },
    ],
    [
      'a storm that goes on has its next digest',
      { notices: 9, first: 9, gathering: 0 },
      { ...state, stormUntil: NOW },
      { kind: 'together', as: 'digest', stormUntil: next },
    ],
  ] as const)('%s', (_what, wanted, before, expected) => {
    expect(dispatch(wanted, before, NOW, POLICY)).toMatchObject(expected);
  });
});

test.each([
  ['2026-11-02T06:59:59Z', '2026-11-02T07:00:00Z'],
  ['2026-11-02T07:00:00Z', '2026-11-03T07:00:00Z'],
  ['2026-12-31T23:00:00Z', '2027-01-01T07:00:00Z'],
])('the daily digest after %s is at %s', (now, daily) => {
  expect(nextDaily(Date.parse(now), POLICY)).toBe(Date.parse(daily));
});

describe('a suppression', () => {
  const finding = {
    case: 'cloudtrail-action-denied',
    principal: 'arn:aws:iam::111122223333:role/team/Scanner',
    account: '111122223333',
    action: 'cloudtrail:GetTrail',
    resource: null,
  };
  const until = { reason: 'r', expires: '2026-11-02' };
  test.each([
    ['its name', { principal: finding.principal }, true],
    ['a wildcard in front', { principal: '*:role/team/Scanner' }, true],
    ['wildcards everywhere', { principal: 'arn:*:role/*Scan*r' }, true],
    ['all that is named', { account: '111122223333', action: 'cloudtrail:Get*' }, true],
    ['another account', { account: '444455556666', action: 'cloudtrail:Get*' }, false],
    ['more than there is', { action: 'cloudtrail:GetTrail*GetTrail' }, false],
    ['a part without a wildcard', { action: 'cloudtrail:Get' }, false],
    ['what the finding lacks', { resource: 'arn:*' }, false],
    ['nothing', {}, false],
  ])('by %s: %o', (_what, named, holds) => {
    expect(suppressionOf([{ ...named, ...until }], finding, NOW) !== null).toBe(holds);
  });

  test('holds to the end of its last day, UTC', () => {
    const list = [{ account: '*3333', ...until }];

    expect(suppressionOf(list, finding, Date.parse('2026-11-02T23:59:59Z'))).not.toBeNull();
    expect(suppressionOf(list, finding, Date.parse('2026-11-03T00:00:00Z'))).toBeNull();
  });

  test('that cannot be evaluated suppresses nothing, and is complained of', () => {
    const complaints: string[] = [];
    const good = { account: '1*', reason: 'r', expires: '2026-11-02' };
    const bad = [
      {},
      { ...good, reason: '' },
      { ...good, expires: 'soon' },
      { ...good, account: 1 },
      { ...good, who: 'x' },
      null,
    ];

    expect(readSuppressions(JSON.stringify([good, ...bad]), (what) => complaints.push(what))).toEqual([good]);
    expect(readSuppressions('{', (what) => complaints.push(what))).toEqual([]);
    expect(complaints).toHaveLength(bad.length + 1);
  });
});

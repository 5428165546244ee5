import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { Verdict } from '../../../lambda/health/check';
import { CHECK_IDS } from '../../../lambda/health/check';
import type { KeptVerdict } from '../../../lambda/health/follow-verdicts';
import type { HealthIncident } from '../../../lambda/health/health-items';
import type { HealthNews } from '../../../lambda/health/health-news';
import { chatForm } from '../../../lambda/notice/chat';
import { renderHealthNotice } from '../../../lambda/notice/health-notice';
import { isPublishable } from '../../../lambda/notify/publish-notice';
import { HEALTH_WORDS } from '../../../lambda/texts/health-words';
import { EXPECTATION, noTrail } from '../../support/probe-stage';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../schemas/notice-1.schema.json'), 'utf8'));
const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);

const OPENED = Date.parse('2026-11-02T03:04:10Z');
const CONTEXT = {
  home: { account: EXPECTATION.managementAccount, region: EXPECTATION.homeRegion },
  canaryRole: EXPECTATION.canaryRoleArn,
  remediation: EXPECTATION.remediation,
};
const LOCALES = ['en', 'ja'] as const;

function incident(verdict: Verdict, more: Partial<KeptVerdict> = {}): HealthIncident {
  const kept: KeptVerdict = { ...verdict, error: null, ...more };
  const { check, subject } = verdict;
  const base = { state: 'open', openedAt: OPENED, closedAt: null, noticeId: null, closingNoticeId: null } as const;
  return { ...base, check, subject, verdict: JSON.stringify(kept) };
}

const closed = (one: HealthIncident): HealthIncident => ({
  ...one,
  state: 'closed',
  closedAt: OPENED + 20 * 60_000,
  noticeId: 'm-1',
});

const CANARY_LOST: Verdict = {
  check: 'canary',
  subject: '111122223333 eu-west-1',
  status: 'failed',
  saw: { kind: 'canary-lost', sentAt: OPENED, seenAt: OPENED - 6 * 3_600_000 },
  place: { account: '111122223333', region: 'eu-west-1' },
  mend: ['aws events list-rule-names-by-target --target-arn arn --region eu-west-1'],
};
const CHANGE = {
  eventId: 'change-1',
  time: '2026-11-02T03:04:05Z',
  account: '111122223333',
  region: 'us-east-1',
  principal: 'arn:aws:iam::111122223333:role/Admin',
  session: 'kim\u202eevil http://example.com',
  action: 'events:DisableRule',
  resource: 'TrailmendHub-RulesCloudTrail',
  from: '203.0.113.7',
  byDeployment: false,
};
const TAMPERED: HealthIncident = {
  ...incident(noTrail('eu-west-1')),
  check: 'tampered',
  subject: 'change-1',
  verdict: JSON.stringify(CHANGE),
};

const NEWS: readonly (readonly [string, HealthNews])[] = [
  ['one failure', { kind: 'failed', check: 'trail', incidents: [incident(noTrail('eu-west-1'))] }],
  ['a lost canary', { kind: 'failed', check: 'canary', incidents: [incident(CANARY_LOST)] }],
  ['what is well again', { kind: 'well', check: 'trail', incidents: [closed(incident(noTrail('eu-west-1')))] }],
  ['a change by hand', { kind: 'tampered', check: 'tampered', incidents: [TAMPERED] }],
  [
    'a created role',
    {
      kind: 'created',
      role: 'AWSServiceRoleForCloudTrail',
      need: { trustedAccess: true, delegatedAdministrators: ['222233334444'] },
    },
  ],
];

const render = (news: HealthNews, locale: (typeof LOCALES)[number] = 'en') =>
  renderHealthNotice(news, CONTEXT, HEALTH_WORDS[locale]);
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

describe.each(LOCALES)('a notice about health in %s', (locale) => {
  it.each(NEWS)('of %s is as the schema says, and fits a mail, SNS and a chat', (_, news) => {
    const notice = render(news, locale);
    const { content } = chatForm(notice);

    expect(isValid(JSON.parse(JSON.stringify(notice.json))) || isValid.errors).toBe(true);
    expect(notice.subject.length).toBeLessThan(100);
    expect(notice.subject).not.toMatch(/\p{Cc}/u);
    expect(Object.values(notice.attributes).every((value) => value !== '')).toBe(true);
    expect([content.title.length < 250, content.nextSteps[0] !== '']).toEqual([true, true]);
  });

  it.each(CHECK_IDS)('has words for a failed check of %s', (check) => {
    const { subject, text } = render(
      { kind: 'failed', check, incidents: [incident({ ...noTrail('eu-west-1'), check })] },
      locale,
    );

    expect(`${subject} ${text}`).not.toContain('undefined');
    expect(text).toContain(HEALTH_WORDS[locale].notice.meanings[check].slice(0, 12));
  });

  it('fits SNS when everything fails at once', () => {
    const incidents = Array.from({ length: 1_000 }, (_, at) => incident(noTrail(`region-${at}`)));

    const notice = render({ kind: 'failed', check: 'trail', incidents }, locale);

    expect(isPublishable(notice)).toBe(true);
    expect(notice.json.health).toMatchObject({ more: 900 });
    expect(notice.text).toContain('npx trailmend doctor');
  });
});

test('what failed reads from what was seen to the commands, each once and under its place', () => {
  const incidents = [noTrail('eu-west-1'), { ...noTrail('eu-west-1'), subject: 'another' }].map((one) => incident(one));

  const { text } = render({ kind: 'failed', check: 'trail', incidents });

  expect(text.match(/start-logging/g)).toHaveLength(1);
  expect(flat(text)).toContain(
    'Mend In account 111122223333, eu-west-1: aws cloudtrail start-logging --name <name> --region eu-west-1',
  );
});

test('a lost canary says where and since when it is quiet, and names the role for the rules of the reader', () => {
  const text = flat(render({ kind: 'failed', check: 'canary', incidents: [incident(CANARY_LOST)] }).text);

  expect(text).toContain('eu-west-1');
  expect(text).toContain('2026-11-01 21:04 UTC');
  expect(text).toContain(`${EXPECTATION.canaryRoleArn}, a role without permissions`);
  expect(text).toContain('on trailmend-canary is meant');
});

test('what is well again says how long it was not, and has the key of its failure', () => {
  const failure = incident(noTrail('eu-west-1'));
  const [began, ended] = (['failed', 'well'] as const).map((kind) =>
    render({ kind, check: 'trail', incidents: [kind === 'well' ? closed(failure) : failure] }),
  );

  expect(flat(ended?.text ?? '')).toContain('It failed from 2026-11-02 03:04 UTC to 2026-11-02 03:24 UTC.');
  expect(ended?.json.incidentKey).toBe(began?.json.incidentKey);
});

test('names that callers chose cannot hide, turn around or link anything', () => {
  const { text, subject } = render({ kind: 'tampered', check: 'tampered', incidents: [TAMPERED] });

  expect(text).not.toMatch(/\u202e|http:\/\//);
  expect(subject).toBe('Trailmend: changed by hand: events:DisableRule');
});

import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { type DigestRow, renderDigest } from '../../../lambda/notice/digest';
import { publishNotice } from '../../../lambda/notify/publish-notice';
import { LANGUAGES } from '../../../lambda/texts/languages';
import { refusal } from '../../support/stage';

const LONG = 'a-rather-long-name-of-a-permission-set-or-deployment-role-0123456789';

function row(at: number, change: Partial<DigestRow> = {}): DigestRow {
  const user = `${LONG}-${at}`;
  const finding = classify(parseEvent(refusal({ user })), { managementAccount: null, responderRole: null });
  if (finding.denial === null) {
    throw new Error('the refusal is a denial');
  }
  const names = Array.from({ length: 20 }, (_, name) => `cloudtrail:CreateEventDataStore${name}`);
  return {
    finding: { ...finding, denial: finding.denial },
    key: at.toString(16).padStart(12, '0'),
    severity: 'medium',
    isTold: false,
    course: {
      untold: 100 + at,
      suppressed: 0,
      total: 1_000 + at,
      exact: true,
      firstSeen: '2026-11-02T03:04:05.000Z',
      touched: { actions: names, principals: names, accounts: names, resources: names },
    },
    lastSeen: '2026-11-02T04:04:05.000Z',
    suppressions: [],
    mute: null,
    ...change,
  };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => row(at));

test.each(Object.entries(LANGUAGES))('the longest digest fits a message of SNS, in %s', async (_locale, texts) => {
  const notice = renderDigest({ kind: 'digest', rows: many(180), more: 0, until: null }, texts);
  const sns = new SNSClient({});
  let bytes = 0;
  let message: Record<string, string> = {};
  sns.send = async ({ input }: PublishCommand) => {
    bytes = Buffer.byteLength(`${input.Message}${input.Subject}`);
    message = JSON.parse(input.Message ?? '');
    return { MessageId: 'm' };
  };

  await publishNotice(sns, 'topic', notice);

  expect(bytes).toBeLessThan(250_000);
  expect(message.email).toBe(notice.text);
  expect(JSON.parse(message.sqs ?? message.default ?? '')).toEqual(notice.json);
  expect(notice.subject.length).toBeLessThan(100);
});

test('stands the gravest on top, and counts those that it has no room for', () => {
  const rows = [row(1), row(2, { severity: 'high', isTold: true }), row(3)];
  const notice = renderDigest(
    { kind: 'storm', rows, more: 37, until: Date.parse('2026-11-02T05:00:00Z') },
    LANGUAGES.en,
  );

  expect(notice.subject).toBe('Trailmend: 40 incidents in one notice; a digest follows');
  expect(notice.text.replace(/\s+/g, ' ')).toContain('everything else in one digest at 2026-11-02 05:00 UTC');
  expect(notice.json.incidents?.map((incident) => (incident as { incidentKey: string }).incidentKey.at(-1))).toEqual([
    '2',
    '3',
    '1',
  ]);
  expect(notice.attributes.severity).toBe('medium');
});

test.each([
  ['news of high severity', { severity: 'high' as const }, 'high'],
  ['high severity that was told at once', { severity: 'high' as const, isTold: true }, 'medium'],
  ['low severity', { severity: 'low' as const }, 'low'],
])('has the severity that %s deserves', (_what, change, severity) => {
  const notice = renderDigest({ kind: 'digest', rows: [row(1, change)], more: 0, until: null }, LANGUAGES.en);

  expect(notice.attributes.severity).toBe(severity);
});

test('neutralises what people and callers wrote', () => {
  const mute = { until: 0, by: 'kim\nSubject: x', reason: 'see https://evil.example' };
  const { text } = renderDigest(
    { kind: 'daily', rows: [row(1, { mute, suppressions: ['www.evil.example\u202e'] })], more: 0, until: null },
    LANGUAGES.en,
  );

  expect(text).not.toMatch(/https:\/\/evil|www\.evil|^Subject|\u202e/m);
});

test.each([
  ['muted', { mute: { until: Date.parse('2026-11-03T00:00:00Z'), by: 'kim', reason: 'known' } }],
  ['suppressed', { course: { ...row(1).course, suppressed: row(1).course.untold } }],
])('pages nobody for what is %s', (_what, silence) => {
  const news = row(1, { severity: 'high' });
  const severity = (digestRow: DigestRow) =>
    renderDigest({ kind: 'daily', rows: [digestRow], more: 0, until: null }, LANGUAGES.en).attributes.severity;

  expect(severity(news)).toBe('high');
  expect(severity({ ...news, ...silence })).toBe('medium');
});

test('speaks of a storm of one incident in the singular', () => {
  const { subject } = renderDigest({ kind: 'storm', rows: many(1), more: 0, until: 0 }, LANGUAGES.en);

  expect(subject).toBe('Trailmend: 1 incident in one notice; a digest follows');
});

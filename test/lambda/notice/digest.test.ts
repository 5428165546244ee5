import { type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { classify } from '../../../lambda/classify';
import type { Denial } from '../../../lambda/denial/denial';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { type Digest, renderDigest } from '../../../lambda/notice/digest';
import type { DigestRow } from '../../../lambda/notice/digest-row';
import { publishNotice } from '../../../lambda/notify/publish-notice';
import { LANGUAGES } from '../../../lambda/texts/languages';
import type { Texts } from '../../../lambda/texts/texts';
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
    course: {
      untold: 100 + at,
      suppressed: 0,
      severity: 'medium',
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

/** High severity that nobody was told of. */
const HIGH = { severity: 'high', course: { ...row(1).course, severity: 'high' } } as const;
const rendered = (digest: Partial<Digest> & Pick<Digest, 'rows'>, texts: Texts = LANGUAGES.en) =>
  renderDigest({ kind: 'digest', more: 0, until: null, part: null, accountNames: new Map(), ...digest }, texts);
const many = (count: number) => Array.from({ length: count }, (_, at) => row(at));

test.each(Object.entries(LANGUAGES))('the longest digest fits a message of SNS, in %s', async (_locale, texts) => {
  const notice = rendered({ rows: many(180) }, texts);
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
  const rows = [row(1), row(2, { severity: 'high' }), row(3)];
  const notice = rendered({ kind: 'storm', rows, more: 37, until: Date.parse('2026-11-02T05:00:00Z') });

  expect(notice.subject).toBe('Trailmend: 40 incidents in one notice; a digest follows');
  expect(notice.text.replace(/\s+/g, ' ')).toContain(
    'the daily digest as ever, and everything else in a digest at 2026-11-02 05:00 UTC',
  );
  expect(notice.json.incidents?.map((incident) => (incident as { incidentKey: string }).incidentKey.at(-1))).toEqual([
    '2',
    '3',
    '1',
  ]);
  expect(notice.attributes.severity).toBe('medium');
});

test.each([
  ['news of high severity', HIGH, 'high'],
  ['high severity that was told at once', { severity: 'high' as const }, 'medium'],
  ['low severity', { severity: 'low' as const }, 'low'],
])('has the severity that %s deserves', (_what, change, severity) => {
  const notice = rendered({ rows: [row(1, change)] });

  expect(notice.attributes.severity).toBe(severity);
});

test('neutralises what people and callers wrote', () => {
  const mute = { until: 0, by: 'kim\nSubject: x', reason: 'see https://evil.example' };
  const rows = [row(1, { mute, suppressions: ['www.evil.example\u202e'] })];
  const accountNames = new Map([['222233334444', 'Pay\nments www.evil.example']]);
  const { text } = rendered({ kind: 'daily', rows, accountNames });

  expect(text).not.toMatch(/https:\/\/evil|www\.evil|^Subject|\u202e/m);
});

test.each([['muted', { mute: { until: Date.parse('2026-11-03T00:00:00Z'), by: 'kim', reason: 'known' } }]])(
  'pages nobody for what is %s',
  (_what, silence) => {
    const news = row(1, HIGH);
    const severity = (digestRow: DigestRow) => rendered({ kind: 'daily', rows: [digestRow] }).attributes.severity;

    expect(severity(news)).toBe('high');
    expect(severity({ ...news, ...silence })).toBe('medium');
  },
);

test('speaks of a storm of one incident in the singular', () => {
  const { subject } = rendered({ kind: 'storm', rows: many(1), until: 0 });

  expect(subject).toBe('Trailmend: 1 incident in one notice; a digest follows');
});

test('a storm counts what is still to come, lists the gravest, and says how many it leaves to its digest', () => {
  const { subject, text, json } = rendered({ kind: 'storm', rows: many(150), more: 850, until: 0 });

  expect(subject).toBe('Trailmend: 1000 incidents in one notice; a digest follows');
  expect(json).toMatchObject({ incidentCount: 1000, part: null });
  expect(json.incidents).toHaveLength(100);
  expect(text.replace(/\s+/g, ' ')).toMatch(
    /1000 incidents, so far at least 26175 refusals\..* Not listed here: 900\. /,
  );
});

test('a part counts its own incidents, and its title says which part it is', () => {
  const { subject, json } = rendered({ rows: many(2), part: { number: 2, of: 3 }, more: 5 });

  expect(subject).toBe('Trailmend: digest, 201 refusals in 2 incidents (part 2 of 3)');
  expect(json).toMatchObject({ incidentCount: 2, part: { number: 2, of: 3 } });
});

test('the rows of a long digest that are not described whole are short for programs too', () => {
  const { json } = rendered({ rows: many(181) });
  const [whole, short] = [json.incidents?.[29], json.incidents?.[30]];

  expect(whole).toMatchObject({ case: 'cloudtrail-action-denied', total: 1151 });
  expect(short).toEqual({ incidentKey: '000000000096', severity: 'medium', account: '222233334444', count: 250 });
});

describe('what incidents have in common', () => {
  const other = (at: number, change: Partial<Denial>): DigestRow => {
    const { finding, ...rest } = row(at);
    return { ...rest, finding: { ...finding, denial: { ...finding.denial, ...change } } };
  };
  const touching = (accounts: string[]) => ({
    course: { ...row(1).course, touched: { ...row(1).course.touched, accounts } },
  });
  const elsewhere = { account: '333344445555' };
  const head = (rows: DigestRow[]) =>
    rendered({ rows, accountNames: new Map([['222233334444', 'Payments']]) }).text.replace(/\s+/g, ' ');

  test('is said in a sentence, with the name of the account', () => {
    const rows = [1, 2, 3].map((at) => row(at, touching(['222233334444'])));

    expect(head(rows)).toContain('In common All 3 were refused by the same kind of policy, an identity-based policy.');
    expect(head(rows)).toContain('All 3 are in one account, Payments (222233334444).');
    expect(head([...rows, { ...other(4, elsewhere), ...touching([]) }])).toContain('3 of 4 are in one account');
  });

  test('is not said of half of them, of one, or of incidents that touch many accounts', () => {
    const rows = [row(1, touching([])), { ...other(2, elsewhere), ...touching([]) }];

    expect(head(rows)).not.toContain('in one account');
    expect(head([row(1)])).not.toContain('In common');
    const sayings = [2, 3].map((more) => rendered({ kind: 'storm', rows: many(3), more, until: 0 }).text);
    expect(sayings.map((text) => /In common +(\d of \d)/.exec(text)?.[1])).toEqual(['3 of 5', undefined]);
    expect(head(many(3))).not.toContain('in one account');
  });

  test('is a policy rather than its layer', () => {
    const arn = 'arn:aws:organizations::111122223333:policy/o-ex/service_control_policy/p-ex';
    const reason = {
      layer: 'service-control-policy',
      effect: 'explicit-deny',
      policyArn: arn,
      evidence: 'stated',
    } as const;
    const text = head([1, 2].map((at) => other(at, { reason })));

    expect(text).toContain(`In common All 2 were refused by one policy: ${arn}`);
    expect(text).not.toContain('same kind of policy');
  });
});

test('a row names its account and says why it was refused; the command to quieten one is there', () => {
  const { course } = row(1);
  const one = { ...course, touched: { ...course.touched, principals: ['x'], accounts: ['222233334444'] } };
  const accountNames = new Map([['222233334444', 'Payments']]);
  const { text } = rendered({ rows: [row(1), row(2, { course: one })], accountNames });

  const [, many, single] = text.replace(/\s+/g, ' ').split(/ 00000000000[12] /);
  expect(many).toMatch(/refused to user \S+-1 and others in Payments \(222233334444\) and others\. /);
  expect(single).toMatch(/refused to user \S+-2 in Payments \(222233334444\)\. /);
  expect(single).toContain('No identity-based policy allows it (stated by AWS).');
  expect(text).toContain('npx trailmend mute KEY --for 8h --reason "..."');
});

test.each([
  [1, 1, '1 refusal, suppressed, '],
  [3, 3, '3 refusals, all suppressed, '],
  [3, 1, '3 refusals, 1 of them suppressed, '],
])('of %i refusals %i suppressed', (untold, suppressed, words) => {
  const course = { ...row(1).course, untold, suppressed };

  expect(rendered({ rows: [row(1, { course })] }).text).toContain(words);
});

test('Japanese sets no space between Japanese letters', () => {
  const rows = [row(1), row(2, { mute: { until: 0, by: 'kim', reason: '既知' }, suppressions: ['既知'] })];
  const texts = LANGUAGES.ja;
  const { text } = rendered({ rows }, texts);

  expect(text).toContain('222233334444 ほかでユーザー');
  expect(text).not.toMatch(/。 /);
  expect(texts.whatHappened(texts.who.anonymous, 'x', null)).toBe('匿名の呼び出し元による x が拒否されました。');
  expect(texts.whatHappened('ユーザー kim', 'x', null)).toBe('ユーザー kim による x が拒否されました。');
  expect(texts.digest.row('A、B ほか', 'AWS サービス x', '1')).toBe(
    '1 で AWS サービス x による A、B ほかが拒否されました。',
  );
});

import type { AuditLine } from '../../lambda/audit/audit-line';
import type { AuditRecord } from '../../lambda/audit/audit-record';
import { AUDIT_SCHEMA } from '../../lambda/audit/common-record';
import type { NoticeRecord } from '../../lambda/audit/notice-record';
import { VERSIONS } from '../../lambda/audit/versions';
import { writeAuditRecord } from '../../lambda/audit/write-audit-record';
import { Table } from '../../lambda/incidents/table';
import { FileSource } from '../../review/read-file';
import { TableSource } from '../../review/read-table';
import { reviewOf } from '../../review/review';
import { EVERYTHING } from '../../review/selection';
import { noTrail, ProbeStage } from '../support/probe-stage';
import { refusal, Stage } from '../support/stage';

const COMMON = {
  schema: AUDIT_SCHEMA,
  time: '2026-11-02T03:04:10.000Z',
  messageId: 'm-1',
  receiveCount: 1,
  durationMs: 12,
  versions: VERSIONS,
  callsLeftOut: 0,
  calls: [
    { service: 'dynamodb', operation: 'UpdateItem', requestId: 'r-1', outcome: 'ok', attempts: 1, durationMs: 5 },
  ],
} as const;

const record = (more: Partial<AuditRecord> = {}): AuditRecord => ({
  kind: 'event',
  ...COMMON,
  queuedMs: 5,
  eventId: 'e-1',
  recordId: 'copy-1',
  eventTime: '2026-11-02T03:04:05.000Z',
  case: 'cloudtrail-action-denied',
  severity: 'medium',
  incidentKey: '0123456789ab',
  account: '222233334444',
  region: 'eu-west-1',
  principal: 'arn:aws:iam::222233334444:user/mateo',
  action: 'cloudtrail:CreateTrail',
  resource: null,
  errorCode: 'AccessDenied',
  layer: 'identity-policy',
  effect: 'implicit-deny',
  policyArn: null,
  trusted: true,
  own: false,
  plan: { kind: 'notify', reason: 'a CloudTrail action was refused' },
  outcome: 'grouped',
  again: false,
  maxReceiveCount: 6,
  detail: 'a "quoted" word, and a comma',
  verification: [],
  standing: null,
  noticeId: null,
  ...more,
});

const notice = (more: Partial<NoticeRecord> = {}): NoticeRecord => ({
  kind: 'notice',
  ...COMMON,
  time: '2026-11-02T03:08:10.000Z',
  notice: 'first#2026-11-02T03:08:10.000Z',
  noticeId: 'n-2',
  incidentKeys: ['0123456789ab'],
  case: 'cloudtrail-action-denied',
  planKind: 'notify',
  severity: 'medium',
  outcome: 'notified',
  detail: 'Trailmend: CreateTrail refused',
  ...more,
});

const SWEEP: AuditLine = { kind: 'sweep', ...COMMON, queuedMs: 5, outcome: 'idle', again: false, detail: '', due: 0 };

const RECORDS = [
  record(),
  record({ time: '2026-11-02T03:05:10.000Z', messageId: 'm-2', eventId: 'e-2', outcome: 'notified', noticeId: 'n-1' }),
  record({ time: '2026-11-02T03:06:10.000Z', messageId: 'm-3', eventId: 'e-2', outcome: 'duplicate' }),
  record({
    time: '2026-11-02T03:07:10.000Z',
    messageId: 'm-4',
    eventId: 'e-3',
    case: 'not-covered',
    incidentKey: 'aaaaaaaaaaaa',
    plan: { kind: 'ignore', reason: 'no tie' },
    outcome: 'ignored',
  }),
  notice(),
];

/** What the function writes for a record: the record with its metrics. */
function written(one: AuditLine): string {
  let line = '';
  writeAuditRecord(one, (text) => {
    line += text;
  });
  return line.trimEnd();
}

const lines = [...RECORDS.map(written), written(SWEEP)];
const stream = '2026/11/02/[$LATEST]0123456789abcdef';
const csv = (text: string) => `"${text.replaceAll('"', '""')}"`;
const pretty = (line: string) => JSON.stringify(JSON.parse(line), null, 4);
const event = (message: string) => ({ logStreamName: stream, timestamp: 1_793_588_650_000, message, eventId: '3' });

const read = (text: string | Buffer) => new FileSource('a file', Buffer.from(text));

describe('every form in which CloudWatch Logs gives the log away is read', () => {
  test.each<[string, string]>([
    ['lines as the function writes them', lines.join('\n')],
    ['with Windows line ends and a byte-order mark', `\ufeff${lines.join('\r\n')}\r\n`],
    ['aws logs tail', lines.map((line) => `2026-11-02T03:04:10.123000+00:00 ${stream} ${line}`).join('\n')],
    [
      'aws logs tail --format short, and an export to S3',
      lines.map((line) => `2026-11-02T03:04:10.123Z ${line}`).join('\n'),
    ],
    [
      'aws logs tail --format json',
      lines.map((line) => `2026-11-02T03:04:10+00:00 ${stream}\n${pretty(line)}`).join('\n'),
    ],
    ['aws logs filter-log-events', JSON.stringify({ events: lines.map(event), searchedLogStreams: [] }, null, 4)],
    ['the same on one line, and in pages', lines.map((line) => JSON.stringify({ events: [event(line)] })).join('\n')],
    ['its events one by one', lines.map((line) => JSON.stringify(event(line))).join('\n')],
    [
      'aws logs filter-log-events --output text',
      lines.map((line) => `EVENTS\t3\t1793588650000\t${stream}\t${line}\t1`).join('\n'),
    ],
    [
      'aws logs get-query-results',
      JSON.stringify({
        results: lines.map((line) => [
          { field: '@timestamp', value: '2026-11-02 03:04:10.123' },
          { field: '@message', value: line },
          { field: '@ptr', value: 'x' },
        ]),
        status: 'Complete',
      }),
    ],
    [
      'Logs Insights, exported as JSON',
      JSON.stringify(
        lines.map((line) => ({ '@timestamp': '2026-11-02 03:04:10.123', '@message': JSON.parse(line) })),
        null,
        2,
      ),
    ],
    [
      'Logs Insights, exported as CSV',
      ['@timestamp,@message', ...lines.map((line) => `2026-11-02 03:04:10.123,${csv(line)}`)].join('\n'),
    ],
    [
      'a subscription',
      lines.map((line) => JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [event(line)] })).join('\n'),
    ],
    [
      'among what Lambda writes',
      ['START RequestId: 1', lines.join('\n'), 'END RequestId: 1', '{"type":"platform.report"}'].join('\n'),
    ],
  ])('%s', async (_what, text) => {
    const file = read(text);

    expect(file.unreadable).toEqual({ count: 0, named: [] });
    expect((await file.records(EVERYTHING)).records).toEqual([...RECORDS].reverse());
  });
});

test('records add up to incidents: each event once, times of deliveries, the count a lower bound', async () => {
  const file = read(lines.join('\n'));

  expect(await file.incidents(EVERYTHING, 2)).toEqual([
    {
      key: '0123456789ab',
      case: 'cloudtrail-action-denied',
      severity: 'medium',
      state: 'open',
      firstSeen: '2026-11-02T03:04:10.000Z',
      lastSeen: '2026-11-02T03:06:10.000Z',
      count: 2,
      suppressed: 0,
      exact: false,
      actions: ['cloudtrail:CreateTrail'],
      resources: [],
      principals: ['arn:aws:iam::222233334444:user/mateo'],
      accounts: ['222233334444'],
      mute: null,
      notices: [
        { id: 'n-1', noticeId: 'n-1', at: Date.parse('2026-11-02T03:05:10Z') },
        { id: notice().notice, noticeId: 'n-2', at: Date.parse('2026-11-02T03:08:10Z') },
      ],
      finding: null,
      audit: [RECORDS[2], RECORDS[1]],
    },
  ]);
});

test('an incident whose role was mended is remediated, whether or not its records are wanted', async () => {
  const file = read(
    [record({ outcome: 'failed' }), record({ outcome: 'created', receiveCount: 2 })].map(written).join('\n'),
  );

  expect(await file.incidents(EVERYTHING, 0)).toMatchObject([{ state: 'remediated', count: 1, audit: [] }]);
});

test('an event leads to its last record and its incident; one that asked for nothing has none', async () => {
  const file = read(lines.join('\n'));

  expect(await file.find('e-2')).toMatchObject({
    event: { messageId: 'm-2' },
    chain: { key: '0123456789ab', count: 2 },
  });
  expect(await file.find('e-3')).toMatchObject({ event: { messageId: 'm-4' }, chain: null });
  expect(await file.find('0123456789ab')).toMatchObject({ event: null, chain: { audit: { length: 3 } } });
  expect(await file.find('aaaaaaaaaaaa')).toBeNull();
  expect(await file.find('e-4')).toBeNull();
});

test('an event is found by the id of its copy, too', async () => {
  const file = read(written(record({ eventId: 'shared', recordId: 'copy-2' })));

  expect(await file.find('copy-2')).toMatchObject({ event: { eventId: 'shared' }, chain: { count: 1 } });
});

test("a sweep's notices stand in the chain of each incident with what sending took, those that failed as well", async () => {
  const failure = notice({ notice: 'digest#x', noticeId: null, outcome: 'failed', detail: 'Throttling: slow' });
  const of = async (...more: NoticeRecord[]) =>
    (await read([record(), ...more].map(written).join('\n')).find('0123456789ab'))?.chain;

  const chain = await of(notice(), failure);
  expect(chain?.noticeTexts).toEqual([
    expect.objectContaining({ noticeId: 'n-2', subject: 'Trailmend: CreateTrail refused', record: notice() }),
    expect.objectContaining({ noticeId: null, at: null, subject: null, record: failure }),
  ]);
  expect(chain?.notices).toHaveLength(1);
  expect((await of(failure, { ...failure, noticeId: 'n-3', outcome: 'notified' }))?.noticeTexts).toEqual([
    expect.objectContaining({ id: 'digest#x', noticeId: 'n-3' }),
  ]);
});

test("the probe's lines are no mistake, and its notices belong to no incident", async () => {
  const probe = await new ProbeStage().open();
  probe.verdicts = [noTrail('eu-west-1')];
  await probe.run();
  await probe.close();
  let text = '';
  for (const line of probe.lines) writeAuditRecord(line, (written) => (text += written));

  const source = new FileSource('probe.log', Buffer.from(text));

  expect(probe.lines.map(({ kind }) => kind)).toEqual(['notice', 'probe']);
  expect([source.held, source.unreadable.count]).toEqual([2, 0]);
  expect(await source.incidents(EVERYTHING, 10)).toEqual([]);
  expect((await source.records(EVERYTHING)).records).toEqual([expect.objectContaining({ noticeId: 'notice-1' })]);
});

test('a log of nothing but sweeps was a quiet time, no mistake', async () => {
  const file = read(written(SWEEP));

  expect([file.held, file.unreadable.count]).toEqual([1, 0]);
  expect((await file.records(EVERYTHING)).records).toEqual([]);
});

test('a selection of a file', async () => {
  const file = read(lines.join('\n'));
  const idsOf = async (wanted: object) =>
    (await file.records({ ...EVERYTHING, ...wanted })).records.map((one) =>
      one.kind === 'event' ? one.messageId : one.notice,
    );

  expect(await idsOf({ since: Date.parse('2026-11-02T03:06:00Z') })).toEqual([notice().notice, 'm-4', 'm-3']);
  expect(await idsOf({ since: Date.parse('2026-11-02T03:06:00Z'), accounts: ['222233334444'] })).toEqual([
    'm-4',
    'm-3',
  ]);
  expect(await idsOf({ cases: ['not-covered'] })).toEqual(['m-4']);
  expect(await file.incidents({ ...EVERYTHING, severities: ['high'] }, 1)).toEqual([]);
  expect(await file.incidents({ ...EVERYTHING, accounts: ['222233334444'] }, 1)).toHaveLength(1);
});

describe('what cannot be read is named by its line, and the rest goes on', () => {
  const without = (member: string) => JSON.stringify({ ...record(), [member]: undefined });

  test.each<[string, string, string]>([
    ['a line that was cut', written(record()).slice(0, 200), 'its JSON is broken'],
    ['a document that does not end', '{\n  "schema": 1', 'its JSON does not end'],
    ['a message that was cut', JSON.stringify(event('{"schema":')), 'the JSON of its message is broken'],
    ['a newer schema', '{"schema":"trailmend.audit/9"}', 'this version does not know "trailmend.audit/9"'],
    ['no time', without('time'), 'an audit record without a readable time'],
    ['no kind', without('kind'), 'an audit record without a readable kind'],
    [
      'a notice about no incident',
      written(notice({ incidentKeys: ['x'] })),
      'an audit record without a readable incidentKeys',
    ],
    [
      'a verification that is none',
      written(record({ verification: [{ role: 'x' }] as never })),
      'an audit record without a readable verification',
    ],
    ['a plan that is none', JSON.stringify(record({ plan: null as never })), 'an audit record without a readable plan'],
    ['an unknown case', JSON.stringify(record({ case: '__proto__' })), 'an audit record without a readable case'],
    [
      'a number for a name',
      JSON.stringify(record({ account: 1 as never })),
      'an audit record without a readable account',
    ],
    [
      'calls that are none',
      JSON.stringify(record({ calls: [null] as never })),
      'an audit record without a readable calls',
    ],
    ['a broken incident', '{"schema":"trailmend.incident/1","key":"x"}', 'an incident without a readable key'],
  ])('%s', async (_what, text, reason) => {
    const file = read(`${lines[0]}\n${text}`);

    expect(file.unreadable).toEqual({ count: 1, named: [{ line: 2, reason }] });
    expect((await file.records(EVERYTHING)).records).toHaveLength(1);
  });

  test('many are counted, and the first twenty named', () => {
    const { count, named } = read(Array.from({ length: 30 }, () => '{').join('x\n')).unreadable;

    expect([count, named.length]).toEqual([30, 20]);
  });
});

test('lists in lists in lists end somewhere', () => {
  expect(read(`${'['.repeat(2_000)}${']'.repeat(2_000)}`).held).toBe(0);
});

describe('what was saved from the table', () => {
  test('comes back as it was: as one document, and as JSON Lines', async () => {
    const stage = await new Stage().open();
    try {
      if (!stage.table.client) throw new Error('the stage has no table');
      for (const [id, user] of [
        ['a', 'ana'],
        ['b', 'ben'],
        ['c', 'ben'],
      ] as const) {
        await stage.deliver(refusal({ id, user }));
      }
      const table = new Table(stage.table.client, stage.table.name);
      const access = { table, name: 'a table', now: () => stage.now, nameOf: async () => 'Payments' };
      const review = await reviewOf(new TableSource(access), EVERYTHING, stage.now);
      const saved = review?.incidents.map((incident) => ({ schema: 'trailmend.incident/1', ...incident })) ?? [];

      for (const text of [JSON.stringify(review, null, 2), JSON.stringify(review)]) {
        expect(await reviewOf(read(text), EVERYTHING, stage.now)).toEqual({ ...review, source: 'a file' });
      }
      const ofLines = await reviewOf(read(saved.map((line) => JSON.stringify(line)).join('\n')), EVERYTHING, stage.now);
      expect(ofLines?.incidents).toEqual(review?.incidents);
      expect(review?.incidents.map(({ count }) => count).sort()).toEqual([1, 2]);
    } finally {
      await stage.close();
    }
  });
});

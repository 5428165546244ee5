import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import type { AuditRecord, Call } from '../../lambda/audit/audit-record';
import { recordCalls, withCallLog } from '../../lambda/audit/call-log';
import { writeAuditRecord } from '../../lambda/audit/write-audit-record';

const RECORD: AuditRecord = {
  schema: 'trailmend.audit/1',
  time: '2026-11-02T03:04:10.000Z',
  messageId: 'm',
  receiveCount: 1,
  eventId: 'e',
  case: 'pass-role-denied',
  severity: 'medium',
  incidentKey: 'k',
  account: '111122223333',
  region: 'eu-west-1',
  principal: 'arn:aws:iam::111122223333:user/line\nbreak',
  action: 'iam:PassRole',
  resource: null,
  errorCode: 'AccessDenied',
  trusted: true,
  plan: { kind: 'notify', reason: 'because' },
  outcome: 'notified',
  detail: 'because',
  calls: [],
  noticeId: 'n',
  durationMs: 12,
};

test('an audit record is one line, and a metric by case, plan and outcome', () => {
  const lines: string[] = [];

  writeAuditRecord(RECORD, (line) => lines.push(line));

  expect(lines.join('').split('\n')).toHaveLength(2);
  const line = JSON.parse(lines.join(''));
  expect(line).toMatchObject({ ...RECORD, planKind: 'notify', Events: 1 });
  const [metric] = line._aws.CloudWatchMetrics;
  expect(metric.Dimensions).toEqual([['case', 'planKind', 'outcome']]);
  expect(metric.Dimensions[0].every((name: string) => typeof line[name] === 'string')).toBe(true);
  expect(line._aws.Timestamp).toBe(Date.parse(RECORD.time));
});

test('every call of a client is noted with what became of it, each in its own log', async () => {
  const answering = (status: number) =>
    recordCalls(
      new IAMClient({
        region: 'us-east-1',
        credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
        maxAttempts: 1,
        requestHandler: {
          handle: async () => ({
            response: { statusCode: status, headers: { 'x-amzn-requestid': `r-${status}` }, body: Buffer.from('') },
          }),
        },
      }),
    );
  const first: Call[] = [];
  const second: Call[] = [];

  await Promise.allSettled([
    withCallLog(first, () => answering(503).send(new ListRolesCommand({}))),
    withCallLog(second, () => answering(403).send(new ListRolesCommand({}))),
  ]);

  expect(first).toMatchObject([{ service: 'iam', operation: 'ListRoles', requestId: 'r-503', attempts: 1 }]);
  expect(second).toMatchObject([{ requestId: 'r-403' }]);
  expect([...first, ...second].every(({ outcome }) => outcome !== 'ok')).toBe(true);
});

import { hubTemplate, plain, resourceOf } from './hub-template';

const expires = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
const template = hubTemplate({
  immediate: 'low',
  gatherSeconds: 30,
  windowMinutes: 120,
  digestHourUtc: 6,
  noticeCap: 5,
  recordDays: 90,
  suppressions: [{ action: 'cloudtrail:Get*', reason: 'dashboards', expires }],
});
const table = resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'IncidentsTable').Properties;
const [replica] = table.Replicas;

describe('the table', () => {
  it('pays for what is used, is encrypted, can be restored to any point in time and forgets what has expired', () => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
    expect(table.Replicas).toHaveLength(1);
  });

  it('has the keys that the store uses, and indexes of what is due, of events by arrival, and with the keys turned round', () => {
    expect(table.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ]);
    expect(table.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'duePartition', KeyType: 'HASH' },
          { AttributeName: 'dueAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueFor'] },
      },
      {
        IndexName: 'arrivals',
        KeySchema: [
          { AttributeName: 'incident', KeyType: 'HASH' },
          { AttributeName: 'recordedAt', KeyType: 'RANGE' },
        ],
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: [
            'time',
            'severity',
            'suppressed',
            'action',
            'resource',
            'principal',
            'account',
            'expiresAt',
          ],
        },
      },
      {
        IndexName: 'lookup',
        KeySchema: [
          { AttributeName: 'sk', KeyType: 'HASH' },
          { AttributeName: 'pk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['lastSeen', 'dueAt'] },
      },
    ]);
    expect(table.AttributeDefinitions).toEqual([
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'duePartition', AttributeType: 'S' },
      { AttributeName: 'dueAt', AttributeType: 'N' },
      { AttributeName: 'incident', AttributeType: 'S' },
      { AttributeName: 'recordedAt', AttributeType: 'N' },
    ]);
  });

  it('has no name of its own, so that one that was kept does not block the next deployment', () => {
    expect(table).not.toHaveProperty('TableName');
  });
});

describe('the responder', () => {
  it('is told the table and every setting of the notices', () => {
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'ResponderFunction').Properties.Environment;

    expect(plain(Variables)).toMatchObject({
      TABLE_NAME: expect.stringMatching(/^<IncidentsTable\w+>$/),
      IMMEDIATE: 'low',
      GATHER_SECONDS: '30',
      WINDOW_MINUTES: '120',
      DIGEST_HOUR_UTC: '6',
      NOTICE_CAP: '5',
      RECORD_DAYS: '90',
      SUPPRESSIONS: `[{"action":"cloudtrail:Get*","reason":"dashboards","expires":"${expires}"}]`,
    });
  });
});

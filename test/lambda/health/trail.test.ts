import { trail } from '../../../lambda/health/checks/trail';
import { HEARD_SOURCES } from '../../../lambda/health/checks/trail-coverage';
import type { HealthEdges, SelectorsSeen } from '../../../lambda/health/edges';
import { cloudTrailRefusals, neighbourRefusals } from '../../../lib/event-patterns';
import { ALL_EVENTS, look, TRAIL } from '../../support/health';

async function inHomeRegion(other: Partial<HealthEdges>) {
  const [first] = await trail.run(look(other));
  return first;
}

const withSelectors = (...each: Partial<SelectorsSeen>[]) => {
  const given = each.map((one) => ({ eventSelectors: [], advancedEventSelectors: [], ...one }));
  const trails = given.map((_, at) => ({ ...TRAIL, arn: `${TRAIL.arn}-${at}` }));
  return {
    trails: async () => trails,
    selectors: async ({ arn }: { arn: string }) => given[Number(arn.split('-').at(-1))] ?? ALL_EVENTS,
  };
};

const basic = (selector: object) => ({ eventSelectors: [selector] });
const advanced = (...fields: [field: string, operator: string, ...values: string[]][]) => {
  const category = { Field: 'eventCategory', Equals: ['Management'] };
  const others = fields.map(([Field, operator, ...values]) => ({ Field, [operator]: values }));
  return { advancedEventSelectors: [{ Name: 'Mine', FieldSelectors: [category, ...others] }] };
};

test('is looked for in every Region, before deployment in the one that was named', async () => {
  expect((await trail.run(look())).map(({ subject, status }) => `${subject} ${status}`)).toEqual([
    '111122223333 us-east-1 ok',
    '111122223333 eu-west-1 ok',
  ]);
  expect((await trail.run(look({}, null))).map(({ subject }) => subject)).toEqual(['111122223333 us-east-1']);
});

test('no trail', async () => {
  expect(await inHomeRegion({ trails: async () => [] })).toMatchObject({
    status: 'failed',
    saw: { kind: 'no-trail' },
    mend: [
      'aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail --region us-east-1',
      'aws cloudtrail start-logging --name <name> --region us-east-1',
    ],
  });
});

test('a trail that does not log is started in its home Region', async () => {
  const [, second] = await trail.run(look({ isLogging: async () => false }));

  expect(second).toMatchObject({
    status: 'failed',
    place: { account: '111122223333', region: 'eu-west-1' },
    saw: { kind: 'trail-stopped', trails: [TRAIL.arn] },
    mend: [`aws cloudtrail start-logging --name ${TRAIL.arn} --region us-east-1`],
  });
});

test.each<[string, Partial<SelectorsSeen>[], object]>([
  ['writes only', [basic({ ReadWriteType: 'WriteOnly' })], { missing: ['reads'], excluded: [] }],
  ['reads only', [basic({ ReadWriteType: 'ReadOnly' })], { missing: ['writes'], excluded: [] }],
  ['data events only', [basic({ IncludeManagementEvents: false })], { missing: ['reads', 'writes'], excluded: [] }],
  ['nothing', [{}], { missing: ['reads', 'writes'], excluded: [] }],
  [
    'all but KMS',
    [basic({ ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] })],
    { missing: [], excluded: ['kms.amazonaws.com'] },
  ],
  ['writes only, advanced', [advanced(['readOnly', 'Equals', 'false'])], { missing: ['reads'], excluded: [] }],
  [
    'all but KMS, advanced',
    [advanced(['eventSource', 'NotEquals', 'kms.amazonaws.com'])],
    { missing: [], excluded: ['kms.amazonaws.com'] },
  ],
  [
    'one service, advanced',
    [advanced(['eventSource', 'Equals', 'iam.amazonaws.com'])],
    { missing: ['reads', 'writes'] },
  ],
  ['some names, advanced', [advanced(['eventName', 'NotEquals', 'Encrypt'])], { missing: ['reads', 'writes'] }],
])('a trail that takes %s', async (_what, selectors, lacks) => {
  expect(await inHomeRegion(withSelectors(...selectors))).toMatchObject({
    status: 'failed',
    saw: { kind: 'trail-narrow', ...lacks },
  });
});

test.each<[string, Partial<SelectorsSeen>[]]>([
  ['everything, advanced', [advanced()]],
  ['all but the RDS Data API, which is not heard', [advanced(['eventSource', 'NotEquals', 'rdsdata.amazonaws.com'])]],
  ['reads and writes apart', [basic({ ReadWriteType: 'WriteOnly' }), advanced(['readOnly', 'Equals', 'true'])]],
  [
    'everything but KMS, and KMS in a second one',
    [basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }), basic({})],
  ],
])('trails that take %s are well', async (_what, selectors) => {
  expect(await inHomeRegion(withSelectors(...selectors))).toMatchObject({ status: 'ok', saw: { kind: 'trail-logs' } });
});

test('only trails that log count', async () => {
  const two = withSelectors(basic({ ReadWriteType: 'WriteOnly' }), basic({}));
  const isLogging = async ({ arn }: { arn: string }) => arn.endsWith('-0');

  expect(await inHomeRegion({ ...two, isLogging })).toMatchObject({
    saw: { kind: 'trail-narrow', missing: ['reads'] },
  });
});

test('the command that widens a trail keeps its selectors of data events', async () => {
  const data = { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::it’s'] };
  const narrow = basic({ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources: [data] });
  const field = { Name: 'Data', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] };
  const other = {
    advancedEventSelectors: [...advanced(['readOnly', 'Equals', 'false']).advancedEventSelectors, field],
  };

  expect((await inHomeRegion(withSelectors(narrow)))?.mend).toEqual([
    `aws cloudtrail put-event-selectors --trail-name ${TRAIL.arn}-0 --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"ExcludeManagementEventSources":[]},{"ReadWriteType":"WriteOnly","IncludeManagementEvents":false,"DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3:::it’s"]}]}]' --region us-east-1`,
  ]);
  expect((await inHomeRegion(withSelectors(other)))?.mend).toEqual([
    `aws cloudtrail put-event-selectors --trail-name ${TRAIL.arn}-0 --advanced-event-selectors '[{"Name":"Management events","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]},{"Name":"Data","FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]}]}]' --region us-east-1`,
  ]);
});

test('a trail may leave out only what the rules do not listen to', () => {
  const heard = [...(cloudTrailRefusals.source ?? []), ...(neighbourRefusals.source ?? [])];

  expect([...HEARD_SOURCES].sort()).toEqual(
    heard.map((source) => `${source.replace('aws.', '')}.amazonaws.com`).sort(),
  );
});

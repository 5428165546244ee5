import {
  CloudTrailClient,
  type LookupAttribute,
  LookupEventsCommand,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import type { LocalTrail } from '../../sandbox/cloudtrail/trail';
import { roleSession } from '../../sandbox/organization/identity';
import type { Sandbox } from '../../sandbox/sandbox';
import { IRELAND, openSmall, PAYMENTS, QUEUE, refusedRead } from './small-organization';

const lookup = roleSession(PAYMENTS.account, 'Auditor', 'alex', { allowed: ['cloudtrail:LookupEvents'] });
const TRAIL = `arn:aws:cloudtrail:us-east-1:${PAYMENTS.account}:trail/audit`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSmall();
});
afterEach(() => sandbox.close());

const heard = () => sandbox.deployment.queues.get(QUEUE)?.messageIds.length;

/** What the history of Payments in a Region shows. */
async function history(region = PAYMENTS.region, LookupAttributes: LookupAttribute[] = []) {
  const client = new CloudTrailClient({ region, ...sandbox.admit(lookup) });
  const events = [];
  for await (const page of paginateLookupEvents({ client }, { LookupAttributes })) events.push(page.Events ?? []);
  return events;
}

test.each<[string, number, (trail: LocalTrail) => void]>([
  ['is stopped', 0, (trail) => (trail.isLogging = false)],
  ['is of another Region only', 0, (trail) => (trail.isMultiRegion = false)],
  [
    'logs writes only',
    0,
    (trail) =>
      (trail.selectors = {
        classic: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }],
      }),
  ],
  [
    'logs reads',
    1,
    (trail) =>
      (trail.selectors = {
        advanced: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Management'] },
              { Field: 'readOnly', Equals: ['true'] },
            ],
          },
        ],
      }),
  ],
  [
    'leaves CloudTrail out',
    0,
    (trail) =>
      (trail.selectors = {
        advanced: [{ FieldSelectors: [{ Field: 'eventSource', NotEquals: ['cloudtrail.amazonaws.com'] }] }],
      }),
  ],
])('where the only trail %s, a refused read is heard %d times and stays in the history', async (_, times, change) => {
  const trail = sandbox.organization.trails.get(TRAIL) as LocalTrail;
  change(trail);
  const event = refusedRead(PAYMENTS);
  sandbox.emit(event);

  expect(heard()).toBe(times);
  expect(sandbox.journal.of('unlogged')).toHaveLength(1 - times);
  const [[found] = []] = await history();
  expect(JSON.parse(found?.CloudTrailEvent ?? '')).toEqual(event.detail);
});

test('an organization trail is enough', async () => {
  for (const trail of sandbox.organization.trails.values()) trail.isLogging = false;
  const trail = { name: 'org', account: PAYMENTS.account, region: 'us-east-1', bucket: 'b', ofOrganization: true };
  sandbox.organization.addTrail(trail);
  for (const place of [PAYMENTS, IRELAND]) sandbox.emit(refusedRead(place));

  expect(heard()).toBe(2);
});

test('the history is of the own account and Region, by fifties, the newest first', async () => {
  const events = Array.from({ length: 60 }, () => refusedRead(PAYMENTS));
  for (const event of [...events, refusedRead(IRELAND), refusedRead({ ...PAYMENTS, region: 'eu-central-1' })]) {
    sandbox.emit(event);
  }
  const pages = await history();

  // CloudTrail records a lookup when it has answered, so neither page shows those of this test.
  expect(pages.map(({ length }) => length)).toEqual([50, 10]);
  expect(pages.flat().map(({ EventId }) => EventId)).toEqual(events.map(({ detail }) => detail.eventID).reverse());
  expect(await history('eu-central-1')).toEqual([[expect.objectContaining({ EventName: 'GetTrailStatus' })]]);
});

test('looks up by one attribute', async () => {
  sandbox.emit(refusedRead(PAYMENTS));
  const attribute = (AttributeKey: LookupAttribute['AttributeKey'], AttributeValue: string) => ({
    AttributeKey,
    AttributeValue,
  });

  for (const each of [
    attribute('EventName', 'GetTrailStatus'),
    attribute('Username', 'mateo'),
    attribute('ReadOnly', 'true'),
    attribute('EventSource', 'cloudtrail.amazonaws.com'),
  ]) {
    const [[found] = []] = await history(PAYMENTS.region, [each]);
    expect(found).toBeDefined();
  }
  expect(await history(PAYMENTS.region, [attribute('EventName', 'StopLogging')])).toEqual([[]]);
  const two = [attribute('EventName', 'x'), attribute('Username', 'y')];
  await expect(history(PAYMENTS.region, two)).rejects.toMatchObject({ name: 'InvalidLookupAttributesException' });
});

test('tells the newest first, in whatever order calls were recorded', async () => {
  for (const hours of [2, 1, 3]) {
    const event = refusedRead(PAYMENTS);
    const time = new Date(Date.parse(event.time) - hours * 3_600_000).toISOString();
    sandbox.emit({ ...event, id: `${hours}`, time, detail: { ...event.detail, eventID: `${hours}` } });
  }

  expect((await history()).flat().map(({ EventId }) => EventId)).toEqual(['1', '2', '3']);
});

test('looks back 90 days, and turns a page only for who asks for the same', async () => {
  for (let at = 0; at < 60; at += 1) sandbox.emit(refusedRead(PAYMENTS));
  const client = new CloudTrailClient({ region: PAYMENTS.region, ...sandbox.admit(lookup) });
  const daysAgo = (days: number) => new Date(sandbox.clock.now() - days * 24 * 3_600_000);
  const { NextToken } = await client.send(new LookupEventsCommand({ StartTime: daysAgo(89) }));

  expect(NextToken).toBeDefined();
  await expect(client.send(new LookupEventsCommand({ StartTime: daysAgo(88), NextToken }))).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  for (const period of [{ StartTime: daysAgo(91) }, { StartTime: daysAgo(1), EndTime: daysAgo(2) }]) {
    await expect(client.send(new LookupEventsCommand(period))).rejects.toMatchObject({
      name: 'InvalidTimeRangeException',
    });
  }
});

test('refuses a token or a number of results that makes no sense', async () => {
  const client = new CloudTrailClient({ region: PAYMENTS.region, ...sandbox.admit(lookup) });

  await expect(client.send(new LookupEventsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  await expect(client.send(new LookupEventsCommand({ MaxResults: 51 }))).rejects.toMatchObject({
    name: 'InvalidMaxResultsException',
  });
});

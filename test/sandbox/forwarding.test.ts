import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import type { Template } from '../../sandbox/cloudformation/template';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import { HUB } from '../../sandbox/organization/accounts';
import { defaultBusArn, type Place } from '../../sandbox/organization/place';
import type { Sandbox } from '../../sandbox/sandbox';
import {
  allow,
  BUS,
  forwarder,
  hub,
  IRELAND,
  openSmall,
  PAYMENTS,
  QUEUE,
  refusedRead,
  smallApp,
} from './small-organization';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** What arrives at the hub's queue when a refusal happens at `place`, and why anything does not. */
async function heardFrom(place: Place, app?: SynthesizedApp) {
  sandbox = await openSmall(app);
  sandbox.emit(refusedRead(place));
  return {
    heard: sandbox.deployment.queues.get(QUEUE)?.messageIds.length,
    lost: sandbox.journal.of('undelivered').map(({ where, reason }) => `${where}: ${reason}`),
  };
}

/** The app with other properties for one resource of the management account's forwarder in Ireland. */
function withForwarder(logicalId: string, change: (properties: Record<string, unknown>) => object): SynthesizedApp {
  const resource = forwarder.Resources[logicalId] ?? { Type: '' };
  const changed = { ...resource, Properties: { ...change({ ...resource.Properties }) } };
  const template: Template = { Resources: { ...forwarder.Resources, [logicalId]: changed } };
  const { stacks } = smallApp();
  return { stacks: stacks.map((stack) => (stack.at.region === 'eu-west-1' ? { ...stack, template } : stack)) };
}

test.each([
  ['another Region of the management account', IRELAND],
  ['a member', PAYMENTS],
  ['a member in the home Region', { account: '333344445555', region: 'us-east-1' }],
])('an event of %s is heard once, by the forwarder there', async (_, place) => {
  expect(await heardFrom(place)).toEqual({ heard: 1, lost: [] });
  expect(sandbox.journal.of('forwarded').map(({ from }) => from)).toEqual([place]);
});

test('an event is not heard where no forwarder is', async () => {
  expect(await heardFrom({ account: HUB.account, region: 'eu-central-1' })).toEqual({ heard: 0, lost: [] });
});

test.each<[string, string, (properties: Record<string, unknown>) => object, RegExp]>([
  ['no role', 'Rule', (rule) => ({ ...rule, Targets: [{ Id: 'B', Arn: BUS }] }), /NO_PERMISSIONS: a bus as a target/],
  [
    'a role that EventBridge may not assume for this account',
    'Role',
    (role) => ({
      ...role,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            ...allow('sts:AssumeRole', { Principal: { Service: 'events.amazonaws.com' } }),
            Condition: { StringEquals: { 'aws:SourceAccount': '333344445555' } },
          },
        ],
      },
    }),
    /NO_PERMISSIONS: events.amazonaws.com may not assume arn:aws:iam::111122223333:role/,
  ],
])('a forwarder with %s keeps the event in its dead-letter queue', async (_, logicalId, change, reason) => {
  const { heard, lost } = await heardFrom(IRELAND, withForwarder(logicalId, change));

  expect([heard, lost]).toEqual([0, [expect.stringMatching(reason)]]);
  expect(lost[0]).toMatch(/^forwarder of Management \(111122223333\), eu-west-1: /);
  const deadLetters = [...sandbox.deployment.queues].filter(([arn]) => arn.includes('DeadLetters'));
  const kept = deadLetters.filter(([, { messageIds }]) => messageIds.length > 0).map(([arn]) => arn);
  expect(kept).toEqual(logicalId === 'Rule' ? [] : [expect.stringContaining(':eu-west-1:111122223333:')]);
});

test('a member needs the bus to admit it; the management account needs either that or its own right', async () => {
  const { stacks } = smallApp();
  const Bus = { Type: 'AWS::Events::EventBus', Properties: { Name: 'trailmend' } };
  const closed = { ...hub, Resources: { ...hub.Resources, Bus } };
  const app = { stacks: stacks.map((stack) => (stack.at === HUB ? { ...stack, template: closed } : stack)) };

  expect(await heardFrom(IRELAND, app)).toEqual({ heard: 1, lost: [] });
  await sandbox.close();
  const { heard, lost } = await heardFrom(PAYMENTS, app);
  expect([heard, lost]).toEqual([
    0,
    [expect.stringMatching(/because no resource-based policy allows the events:PutEvents/)],
  ]);
});

test('an event that was forwarded is not forwarded again', async () => {
  const { stacks } = smallApp();
  const properties = { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['aws.cloudtrail'] }, State: 'ENABLED' };
  const Again = { Type: 'AWS::Events::Rule', Properties: { ...properties, Targets: [{ Id: 'B', Arn: BUS }] } };
  const template = { ...hub, Resources: { ...hub.Resources, Again } };
  sandbox = await openSmall({ stacks: stacks.map((stack) => (stack.at === HUB ? { ...stack, template } : stack)) });
  const read = refusedRead(PAYMENTS);
  sandbox.emit({ ...read, detail: { ...read.detail, readOnly: false } });

  expect(sandbox.journal.of('undelivered').map(({ reason }) => reason)).toEqual([
    'THIRD_ACCOUNT_HOP_DETECTED: EventBridge forwards an event once only',
  ]);
});

test.each<[string, Partial<Envelope>]>([
  ['an account of nobody', { account: 'nobody' }],
  ['a Region of another partition', { region: 'us-gov-west-1' }],
])('an event that names %s enters at home', async (_, mistake) => {
  sandbox = await openSmall();
  const bus = defaultBusArn(sandbox.organization.placeOf({ ...refusedRead(PAYMENTS), ...mistake }));

  expect(bus).toBe(`arn:aws:events:us-east-1:${HUB.account}:event-bus/default`);
});

test('roles of one template have a name of their own in each Region, which IAM takes', async () => {
  sandbox = await openSmall();
  const names = [...sandbox.deployment.roles.values()].map(({ arn }) => arn);

  expect(new Set(names).size).toBe(sandbox.organization.members.length * 3 + 1);
  for (const { name } of sandbox.deployment.roles.values()) expect(name.length).toBeLessThanOrEqual(64);
});

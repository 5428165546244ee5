import type { Envelope } from '../../sandbox/eventbridge/envelope';
import type { Sandbox } from '../../sandbox/sandbox';
import { stormScene } from '../../sandbox/scenario/storm';
import { openLocalAws } from './local-aws';

const { open } = openLocalAws();
const COUNT = 1_000;

let sandbox: Sandbox;
let events: Envelope[];

beforeEach(async () => {
  sandbox = await open();
  await stormScene(COUNT).play(sandbox);
  events = sandbox.journal.of('event').map(({ envelope }) => envelope);
});

const different = (aspectOf: (event: Envelope) => unknown) => new Set(events.map(aspectOf)).size;

test('a storm is mixed: principals, accounts, actions, layers, copies, and the missing role in its middle', () => {
  const layerOf = ({ detail }: Envelope) =>
    /(identity-based|boundary|service control)/.exec(`${detail.errorMessage}`)?.[0];
  const missing = events.findIndex(({ detail }) => `${detail.errorCode}`.startsWith('NoManagementAccountSLR'));

  expect(events).toHaveLength(COUNT);
  expect(different(({ detail }) => Object(detail.userIdentity).arn)).toBeGreaterThanOrEqual(40);
  expect(different(({ account }) => account)).toBeGreaterThanOrEqual(12);
  expect(different(({ detail }) => detail.eventName)).toBeGreaterThanOrEqual(8);
  expect(different(layerOf)).toBeGreaterThanOrEqual(3);
  expect(COUNT - different(({ detail }) => detail.sharedEventID ?? detail.eventID)).toBe(Math.floor((COUNT - 1) / 10));
  expect(missing).toBe(Math.floor((COUNT - 1) / 2));
});

test('copies are the very same event or came by another trail, and nothing is in order', () => {
  const times = events.map(({ time }) => time);
  const byId = new Map(events.map((event) => [event.id, event.detail.sharedEventID]));
  const routes = [...byId.values()].filter((id, at, all) => id && all.indexOf(id) !== at);

  expect(different(({ id }) => id)).toBeLessThan(COUNT - 40);
  expect(routes.length).toBeGreaterThan(40);
  expect(times).not.toEqual([...times].sort());
});

test('a storm in which nobody is told of the role is a defect', () => {
  expect(sandbox.journal.of('defect').map(({ text }) => text)).toEqual([
    'The storm was over before anybody was told of the missing role',
  ]);
});

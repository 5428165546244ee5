import { differencesFrom } from '../../sandbox/ledger';
import { iamUser } from '../../sandbox/organization/identity';
import type { Sandbox } from '../../sandbox/sandbox';
import { apiCallEvent } from '../../sandbox/scenario/record';
import { openLocalAws } from './local-aws';

const { open } = openLocalAws();
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await open();
});

/** Emits the record `eventID`, whose cause is known. */
function send(eventID: string, cause: string): void {
  const who = iamUser('333344445555', 'mateo');
  const event = apiCallEvent({ at: 0, who, region: 'eu-west-1', service: 'cloudtrail', operation: 'GetTrail' });
  sandbox.emit({ ...event, detail: { ...event.detail, eventID } }, true, cause);
}

const item = (incident: string, event: string) => ({ pk: `of ${incident}`, sk: `event#${event}` });

test('finds nothing where every record counts once for the incident of its cause', () => {
  send('a', 'x');
  send('b', 'x');
  send('c', 'y');
  send('c', 'y');

  expect(
    differencesFrom(sandbox, [item('1', 'a'), item('1', 'b'), item('2', 'c'), { pk: 'of 2', sk: 'incident' }]),
  ).toEqual([]);
});

test.each<[string, [string, string][], string]>([
  ['that is missing', [['1', 'a']], 'record b is not in the table'],
  [
    'twice',
    [
      ['1', 'a'],
      ['2', 'a'],
      ['1', 'b'],
    ],
    'record a counts twice',
  ],
  [
    'that nobody sent',
    [
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'c'],
    ],
    'nobody sent record c',
  ],
  [
    'of another incident',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
    'x is in 2 incidents',
  ],
])('finds a record %s', (_, items, difference) => {
  send('a', 'x');
  send('b', 'x');

  expect(
    differencesFrom(
      sandbox,
      items.map(([incident, event]) => item(incident, event)),
    ),
  ).toContain(difference);
});

test('finds an incident of two causes', () => {
  send('a', 'x');
  send('b', 'y');

  expect(differencesFrom(sandbox, [item('1', 'a'), item('1', 'b')])).toEqual(['of 1 mixes x, y']);
});

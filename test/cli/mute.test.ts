import { MuteStore } from '../../lambda/incidents/mute-store';
import { Table } from '../../lambda/incidents/table';
import { runCli } from '../support/run-cli';
import { refusal, Stage } from '../support/stage';

let stage: Stage;
let mutes: MuteStore;

beforeEach(async () => {
  stage = new Stage();
  const client = await stage.table.open();
  mutes = new MuteStore(new Table(client, stage.table.name));
  stage.openOn(client);
  stage.now = Date.now();
});

afterEach(() => stage.close());

const trailmend = (...args: string[]) => runCli(args, {}, async () => ({ mutes, who: 'kim@laptop (AKIAEXAMPLE)' }));

const happens = (id: string, action = 'cloudtrail:StopLogging') =>
  stage.deliver(refusal({ id, action, at: new Date(stage.now).toISOString() }));

async function incidentKey(): Promise<string> {
  const item = (await stage.table.items('incident#')).find(({ sk }) => sk === 'incident');
  return String(item?.incident);
}

test('a mute holds the notices back, shows them in the daily digest, and is listed, recorded and ended', async () => {
  await happens('a');
  const key = await incidentKey();

  const muted = await trailmend('mute', key, '--for', '2d', '--reason', 'migration');
  expect(muted).toMatchObject({ code: 0, err: '' });
  expect(muted.out).toMatch(
    new RegExp(`^Incident ${key} is muted until .* UTC\\. To end it: trailmend mute ${key} --end\n$`),
  );
  expect((await trailmend('mute', '--list')).out).toMatch(
    new RegExp(`^${key}  until .* UTC  kim@laptop \\(AKIAEXAMPLE\\): migration\n$`),
  );

  await happens('b');
  await stage.pass(25 * 60, 15);
  expect(stage.notices.map(({ json }) => json.kind)).toEqual(['notice', 'daily']);
  expect(stage.notices[1]?.text.replace(/\s+/g, ' ')).toContain('by kim@laptop (AKIAEXAMPLE): migration');
  expect(stage.records.map(({ outcome }) => outcome)).toEqual(['notified', 'suppressed']);

  expect(await trailmend('mute', key, '--end')).toMatchObject({ code: 0, err: '' });
  expect((await trailmend('mute', '--list')).out).toBe('Nothing is muted.\n');
  await happens('c');
  expect(stage.notices).toHaveLength(3);
  expect((await stage.table.items('mutes')).map(({ action, by, reason }) => [action, by, reason])).toEqual([
    ['mute', 'kim@laptop (AKIAEXAMPLE)', 'migration'],
    ['end', 'kim@laptop (AKIAEXAMPLE)', ''],
  ]);
});

test('says so when a mute is to be ended that does not hold, and leaves no record of that', async () => {
  await happens('a');
  const key = await incidentKey();
  const never = await trailmend('mute', key, '--end');
  await trailmend('mute', key, '--for', '1h', '--reason', 'migration');
  const ended = await trailmend('mute', key, '--end');
  const again = await trailmend('mute', key, '--end');

  const notMuted = { code: 0, out: `Incident ${key} was not muted; nothing has changed.\n`, err: '' };
  expect([never, again]).toEqual([notMuted, notMuted]);
  expect(ended).toEqual({ code: 0, out: `Incident ${key} is not muted any more.\n`, err: '' });
  expect((await stage.table.items('mutes')).map(({ action }) => action)).toEqual(['mute', 'end']);
});

test.each([[[]], [['--end']]])('an incident that is not there is not muted: exit code 1 (%j)', async (end) => {
  const options = end.length > 0 ? end : ['--for', '8h', '--reason', 'x'];
  const { code, out, err } = await trailmend('mute', '0123456789ab', ...options);

  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^trailmend: there is no incident 0123456789ab .*\n$/);
  expect(await stage.table.items('mutes')).toEqual([]);
});

const KEY = '0123456789ab';

describe('with AWS', () => {
  const before = { ...process.env };

  beforeEach(() => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: stage.table.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIALOCAL',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
  });

  afterEach(() => {
    process.env = { ...before };
  });

  test('finds the table of the Region by itself, and records whose key was used', async () => {
    await happens('a');
    const key = await incidentKey();
    const options = ['--for', '30m', '--reason', 'deploying', '--region', 'us-east-1'];

    expect(await runCli(['mute', key, ...options])).toMatchObject({ code: 0 });
    expect(await runCli(['mute', '--list', '--region', 'us-east-1'])).toMatchObject({
      out: expect.stringMatching(/@.* \(AKIALOCAL\): deploying\n$/),
      err: '',
    });
  });

  test('says when there is no such table', async () => {
    expect(await runCli(['mute', '--list', '--region', 'us-east-1', '--table', 'another'])).toEqual({
      code: 1,
      out: '',
      err: 'trailmend: there is no such table in this account and Region: check --table and --region\n',
    });
  });
});

test.each([
  ['no incident', ['--for', '8h', '--reason', 'x'], /nothing is no incident/],
  ['half a key', ['7f3a9c', '--for', '8h', '--reason', 'x'], /7f3a9c is no incident/],
  ['no time', [KEY, '--reason', 'x'], /needs --for TIME and --reason TEXT/],
  ['no reason', [KEY, '--for', '8h'], /needs --for TIME and --reason TEXT/],
  ['an empty reason', [KEY, '--for', '8h', '--reason', ' '], /needs --for TIME and --reason TEXT/],
  ['no unit', [KEY, '--for', '8', '--reason', 'x'], /--for 8 is no time/],
  ['no time at all', [KEY, '--for', '0h', '--reason', 'x'], /--for 0h is no time/],
  ['eight days', [KEY, '--for', '8d', '--reason', 'x'], /longer than 7 days: for that, add a suppression/],
  ['two things at once', [KEY, '--end', '--for', '8h'], /exclude each other/],
  ['a list of one', ['--list', KEY], /--list takes no incident/],
])('misuse ends with one line and exit code 2: %s', async (_what, args, line) => {
  const { code, out, err } = await trailmend('mute', ...args);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(line);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

test.each([
  [
    'no credentials',
    Object.assign(new Error('x'), { name: 'CredentialsProviderError' }),
    /there are no AWS credentials/,
  ],
  ['no Region', new Error('Region is missing'), /the Region is not known: give --region/],
  [
    'a refusal',
    Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: {} }),
    /AccessDeniedException: no/,
  ],
  ['no network', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), /could not be reached/],
])('a failure of AWS is one line that says what to do, and exit code 1: %s', async (_what, error, line) => {
  const { code, err } = await runCli(['mute', KEY, '--end'], {}, async () => {
    throw error;
  });

  expect(code).toBe(1);
  expect(err).toMatch(line);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

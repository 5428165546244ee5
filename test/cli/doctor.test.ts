import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenHealth } from '../../cli/doctor';
import type { Io } from '../../cli/io';
import { HEALTH_ACTIONS } from '../../lambda/health/actions';
import type { HealthEdges } from '../../lambda/health/edges';
import { LookError } from '../../lambda/health/look-error';
import { edges, NOW } from '../support/health';
import { runCli } from '../support/run-cli';

let now: jest.SpyInstance<number, []>;

beforeEach(() => {
  now = jest.spyOn(Date, 'now').mockReturnValue(NOW);
});

afterEach(() => now.mockRestore());

const command = (args: readonly string[], look: OpenHealth | undefined, terminal?: Partial<Io>) =>
  runCli(['doctor', ...args], terminal, undefined, undefined, look);

const doctor = (other: Partial<HealthEdges> = {}, args: readonly string[] = [], terminal?: Partial<Io>) =>
  command(args, async () => ({ aws: edges(other), region: 'us-east-1', now: () => NOW }), terminal);

const throwing =
  (action: (typeof HEALTH_ACTIONS)[number], name: string, message = 'no') =>
  async () => {
    throw new LookError(action, 'us-east-1', Object.assign(new Error(message), { name, $metadata: {} }));
  };

/** Characters that a terminal acts on or that are not seen, but for line breaks. */
const ACTIVE = /[^\P{Cc}\n]|\p{Cf}/u;

test('all is well: every line says so, no command, exit code 0', async () => {
  const { code, out, err } = await doctor();

  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')[0]).toBe('Trailmend in account 111122223333, us-east-1 (stack TrailmendHub)');
  expect(out).toContain('\nThe organization\nok             Account: 111122223333 is the management account');
  expect(out).toContain('\nok             Canary 111122223333 eu-west-1: the canary’s'.replace('’', "'"));
  expect(out).not.toMatch(/FAILED|not checked [^.]|aws |npx /);
  expect(out.trimEnd().split('\n').at(-1)).toBe('27 ok, 0 failed, 0 not checked.');
});

test('a failure says what was seen and where, and the command that mends it stands below', async () => {
  const { code, out } = await doctor({ isLogging: async () => false });

  expect(code).toBe(1);
  expect(out).toContain(
    `FAILED         Trail 111122223333 us-east-1: not logging: arn:aws:cloudtrail:us-east-1:111122223333:trail/audit. Nothing is heard in us-east-1.
                 aws cloudtrail start-logging --name arn:aws:cloudtrail:us-east-1:111122223333:trail/audit --region us-east-1
FAILED         Trail 111122223333 eu-west-1: not logging: arn:aws:cloudtrail:us-east-1:111122223333:trail/audit. Nothing is heard in eu-west-1.
                 (mended by the same command as above)
`,
  );
  expect(out.trimEnd().split('\n').at(-1)).toBe(
    '25 ok, 2 failed, 2 not checked. Failed: Trail 111122223333 us-east-1, Trail 111122223333 eu-west-1.',
  );
});

test('what could not be looked at is not checked, names the missing action, and is exit code 1', async () => {
  const busPolicy = throwing('events:DescribeEventBus', 'AccessDeniedException', 'User: me is not authorized');
  const { code, out } = await doctor({ busPolicy });

  expect(code).toBe(1);
  expect(out).toContain(
    'not checked    Bus policy: these credentials lack events:DescribeEventBus, asked for in us-east-1 (AccessDeniedException: User: me is not authorized)\n',
  );
});

test('a throttled or unreachable service is exit code 1 as well, and no lack of permissions', async () => {
  const { code, out } = await doctor({ busPolicy: throwing('events:DescribeEventBus', 'ThrottlingException') });

  expect(code).toBe(1);
  expect(out).toContain(
    'not checked    Bus policy: AWS could not be asked (events:DescribeEventBus, us-east-1): ThrottlingException: no\n',
  );
});

test('before deployment it checks what a deployment needs', async () => {
  const absent = { stackOutput: async () => 'absent' as const };
  const { code, out } = await doctor(absent);

  expect(code).toBe(0);
  expect(out).toMatch(/^Account 111122223333, us-east-1: there is no stack TrailmendHub here yet,/);
  expect(out).toContain('not checked    Rules: not deployed yet.\n');
  expect(out.trimEnd().split('\n').at(-1)).toBe('7 ok, 0 failed, 11 not checked.');

  const untrusted = await doctor({ ...absent, trustedServices: async () => [] });
  expect(untrusted.code).toBe(1);
  expect(untrusted.out).toContain(
    '  aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com\n',
  );
});

test('credentials of a member account: says so first, and whose are needed', async () => {
  const { code, out } = await doctor({ callerAccount: async () => '222233334444', stackOutput: async () => 'absent' });
  const failed = out.split('\n').filter((line) => line.startsWith('FAILED'));

  expect(code).toBe(1);
  expect(failed).toEqual([
    'FAILED         Account: these are credentials of member account 222233334444. Trailmend lives in the management account, 111122223333.',
  ]);
  expect(out).toContain('not checked    Trail: not looked at with the credentials of account 222233334444.\n');
});

test('no organization: says so', async () => {
  const { code, out } = await doctor({ organization: async () => null, stackOutput: async () => 'absent' });

  expect(code).toBe(1);
  expect(out).toContain('FAILED         Account: 111122223333 is in no organization.\n');
});

test('who may not see the stack learns what can be seen without it', async () => {
  const { code, out } = await doctor({ stackOutput: throwing('cloudformation:DescribeStacks', 'AccessDenied') });

  expect(code).toBe(1);
  expect(out).toContain('ok             Trusted access: cloudtrail.amazonaws.com may act in the organization.\n');
  expect(out).toContain(
    'not checked    Rules: these credentials lack cloudformation:DescribeStacks, asked for in us-east-1',
  );
  expect(out).not.toContain('not deployed yet');
});

test.each([[null], ['{"managementAccount":"1"}'], ['no JSON']])(
  'another stack is misuse: output %j',
  async (output) => {
    const { code, out, err } = await doctor({ stackOutput: async () => output }, ['--stack', 'Mine']);

    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^trailmend: stack Mine in us-east-1 has no TrailmendExpectation that this version can read: .*\n$/,
    );
  },
);

test.each([
  [['--locale', 'fr'], /argument 'fr' is invalid/],
  [['--fix'], /unknown option '--fix'/],
  [['everything'], /too many arguments/],
])('misuse is one line and exit code 2: %j', async (args, line) => {
  const { code, out, err } = await doctor({}, args);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(line);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

test('--json is a line per verdict, whole, and last the count', async () => {
  const accounts = Array.from({ length: 60 }, (_, at) => ({
    id: String(200_000_000_000 + at),
    name: null,
    isActive: true,
    joinedAt: null,
  }));
  const { code, out } = await doctor({ accounts: async () => accounts }, ['--json']);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(code).toBe(1);
  expect(lines.at(-1)).toEqual({
    summary: { ok: 26, failed: 1, notChecked: 1 },
    stack: 'TrailmendHub',
    account: '111122223333',
    region: 'us-east-1',
    deployed: true,
  });
  const uncovered = lines.find(({ check, subject }) => check === 'forwarders' && subject === 'accounts');
  expect(uncovered).toMatchObject({
    status: 'failed',
    expected: true,
    account: '111122223333',
    region: 'us-east-1',
  });
  expect(uncovered.saw.accounts.list).toHaveLength(60);
  expect(uncovered.seen).toContain('and 50 more');
  expect(uncovered.mend).toHaveLength(1);
  expect(lines.find(({ check, subject }) => check === 'accounts' && subject === 'silent')).toMatchObject({
    status: 'not-checked',
    expected: false,
  });
});

test('speaks Japanese', async () => {
  const { out } = await doctor({ trustedServices: async () => [] }, ['--locale', 'ja']);

  expect(out).toContain('異常           信頼されたアクセス: cloudtrail.amazonaws.com は組織内で動作できません。\n');
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^正常 \d+、異常 2、未確認 0。異常: 信頼されたアクセス、/);
});

test('names from AWS are shown without what a terminal acts on, and no command runs them', async () => {
  const name = 'evil\u001b[2J\u202e https://example.com/$(reboot)\n\nok  all is well';
  const { out } = await doctor({
    accounts: async () => [{ id: '222233334444', name, isActive: true, joinedAt: null }],
    instances: async () => [
      { account: '222233334444', region: 'us-east-1', status: 'OUTDATED', detail: 'FAILED', reason: name },
    ],
    subscriptions: async () => [{ protocol: 'email', endpoint: `${name}'; reboot`, isConfirmed: false }],
    busPolicy: throwing('events:DescribeEventBus', name, name),
  });
  const json = await doctor(
    { subscriptions: async () => [{ protocol: 'email', endpoint: name, isConfirmed: false }] },
    ['--json'],
  );

  expect(out).toContain('evil');
  expect(out).not.toMatch(ACTIVE);
  expect(out).not.toContain('https://example.com');
  expect(out).not.toMatch(/^ok {2}all is well/m);
  expect(out).toMatch(/--notification-endpoint 'evil [^\n]*'\\'''?; reboot'/);
  expect(json.out).not.toMatch(ACTIVE);
});

test('colours and progress on a terminal only', async () => {
  const step = () => now.mockImplementation(() => NOW + 400 * now.mock.calls.length);
  const other = { trustedServices: async () => [], stackOutput: async () => 'absent' as const };
  const inPipe = await doctor(other);
  step();
  const onTerminal = await doctor(other, [], { colours: true, columns: 100, isWatched: true });

  expect(inPipe.out).not.toMatch(ACTIVE);
  expect(inPipe.err).toBe('');
  expect(onTerminal.out).toContain('\u001b[31mFAILED');
  expect(onTerminal.out).toContain('\u001b[32mok');
  expect(onTerminal.out).toContain('\u001b[33mnot checked');
  expect(onTerminal.err).toMatch(/checked \d+ of 17 \.\.\./);
  expect(onTerminal.err.endsWith('\r\u001b[K')).toBe(true);
});

test('--print-policy asks nothing of AWS and grants exactly what is asked', async () => {
  const { code, out } = await command(['--print-policy', '--region', 'us-gov-west-1'], async () => {
    throw new Error('AWS is not needed');
  });
  const { Statement } = JSON.parse(out) as { Statement: { Action: string | string[]; Resource: string }[] };

  expect(code).toBe(0);
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(
    HEALTH_ACTIONS.filter((action) => action !== 'sts:GetCallerIdentity').sort(),
  );
  expect(Statement[1]?.Resource).toBe('arn:aws-us-gov:dynamodb:*:*:table/TrailmendHub-*');
});

test.each([
  ['none', 'CredentialsProviderError', /there are no AWS credentials: log in/],
  ['expired ones', 'ExpiredToken', /the AWS credentials have expired/],
  ['unknown ones', 'InvalidClientTokenId', /AWS does not know these credentials/],
])('without credentials it says how to get them: %s', async (_what, name, line) => {
  const { code, out, err } = await doctor({ callerAccount: throwing('sts:GetCallerIdentity', name) });

  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(line);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

describe('with the SDK', () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  test('obeys AWS_ENDPOINT_URL, and says which action each refused question needs', async () => {
    const asked = new Set<string>();
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (more) => {
        body += more;
      });
      request.on('end', () => {
        const action = /Action=(\w+)/.exec(body)?.[1] ?? String(request.headers['x-amz-target']);
        asked.add(action);
        if (action === 'GetCallerIdentity') {
          response.end(
            '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
          );
          return;
        }
        response.statusCode = 403;
        const isXml = body.startsWith('Action=');
        response.end(
          isXml
            ? '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'
            : JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIALOCAL',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    now.mockRestore();

    const { code, out } = await command(['--region', 'eu-west-1'], undefined);
    server.closeAllConnections();
    server.close();
    expect(code).toBe(1);
    expect(out).toMatch(/^not checked {4}Account: these credentials lack organizations:DescribeOrganization/m);
    expect(out).toContain('lack cloudtrail:DescribeTrails, asked for in eu-west-1');
    expect([...asked]).toEqual(expect.arrayContaining(['GetCallerIdentity', 'DescribeStacks']));
  });

  test('without any credentials', async () => {
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) {
      delete process.env[name];
    }
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' });

    const { code, err } = await command(['--region', 'us-east-1'], undefined);
    expect([code, err]).toEqual([1, expect.stringMatching(/^trailmend: there are no AWS credentials: log in/)]);
  });
});

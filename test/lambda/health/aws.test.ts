import { HEALTH_ACTIONS } from '../../../lambda/health/actions';
import { healthEdges } from '../../../lambda/health/aws';
import type { Clients } from '../../../lambda/health/aws/clients';
import type { HealthEdges } from '../../../lambda/health/edges';
import { LookError } from '../../../lambda/health/look-error';
import { TRAIL } from '../../support/health';

/** What a command is answered with: an output, or an error to throw. */
type Answers = Readonly<Record<string, object | readonly object[]>>;

/** IAM's prefix by the id of a service in the SDK, where they differ. */
const PREFIXES: Readonly<Record<string, string>> = { eventbridge: 'events' };

/** Edges over real clients that reach no network: what is sent, to which Region, and how many clients are made. */
function onClients(answers: Answers = {}) {
  const sent: string[] = [];
  const regions: string[] = [];
  const made: string[] = [];
  const left = new Map(Object.entries(answers).map(([command, answer]) => [command, [answer].flat()]));
  const make: Clients = (service, region) => {
    made.push(`${service.name} ${region}`);
    const client = new service({ region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } } as {
      region: string;
    });
    const { middlewareStack, config } = client as unknown as SdkClient;
    middlewareStack.add(
      (_next, { commandName = '' }) =>
        async () => {
          const id = config.serviceId.replaceAll(' ', '').toLowerCase();
          sent.push(`${PREFIXES[id] ?? id}:${commandName.replace(/Command$/, '')}`);
          regions.push(region);
          const answer = left.get(commandName)?.shift() ?? {};
          if (answer instanceof Error) {
            throw answer;
          }
          return { output: { $metadata: {}, ...answer }, response: {} };
        },
      { step: 'initialize', name: 'answer' },
    );
    return client;
  };
  return { edges: healthEdges(make, 'us-east-1'), sent, regions, made };
}

type SdkClient = {
  config: { serviceId: string };
  middlewareStack: {
    add(
      middleware: (next: unknown, context: { commandName?: string }) => () => Promise<object>,
      options: { step: 'initialize'; name: string },
    ): void;
  };
};

const error = (name: string, message = '') => Object.assign(new Error(message), { name, $metadata: {} });

/** Every edge, asked once. */
const ALL: { readonly [E in keyof HealthEdges]: Parameters<HealthEdges[E]> } = {
  callerAccount: [],
  organization: [],
  trustedServices: [],
  delegatedAdministrators: [],
  accounts: [],
  accountsIn: ['r-abcd'],
  unitsIn: ['r-abcd'],
  hasRole: ['Role'],
  trails: ['eu-west-1'],
  isLogging: [TRAIL],
  selectors: [TRAIL],
  rulesTo: ['arn:aws:events:us-east-1:1:event-bus/trailmend', 'eu-west-1'],
  rule: ['Rule', 'eu-west-1'],
  rulesOn: ['trailmend', 'us-east-1'],
  targets: ['Rule', null, 'us-east-1'],
  busPolicy: ['trailmend', 'us-east-1'],
  stackOutput: ['TrailmendHub', 'TrailmendExpectation', 'us-east-1'],
  instances: ['trailmend-forwarders', 'us-east-1'],
  subscriptions: ['arn:aws:sns:us-east-1:1:Topic', 'us-east-1'],
  topic: ['arn:aws:sns:us-east-1:1:Topic', 'us-east-1'],
  keyPolicy: ['key', 'us-east-1'],
  oldestMessage: ['queue', { from: 0, to: 900_000 }, 'us-east-1'],
  messages: ['https://sqs.us-east-1.amazonaws.com/1/queue', 'us-east-1'],
  health: ['Table', 'us-east-1'],
};

test('the edges send reads only: exactly the actions of the printed policy', async () => {
  const { edges, sent } = onClients();
  for (const [name, args] of Object.entries(ALL)) {
    await (edges[name as keyof HealthEdges] as (...args: unknown[]) => Promise<unknown>)(...args);
  }

  expect(Object.keys(ALL).sort()).toEqual(Object.keys(edges).sort());
  expect([...new Set(sent)].sort()).toEqual([...HEALTH_ACTIONS].sort());
  expect(sent.filter((action) => !/:(Get|List|Describe|Query)/.test(action))).toEqual([]);
});

test('every edge names the action that it needs when it is refused', async () => {
  for (const [name, args] of Object.entries(ALL)) {
    const probe = onClients();
    await (probe.edges[name as keyof HealthEdges] as (...args: unknown[]) => Promise<unknown>)(...args);
    const [action = ''] = probe.sent;
    const command = `${action.split(':')[1]}Command`;
    const { edges } = onClients({ [command]: [error('AccessDeniedException')] });

    const asking = (edges[name as keyof HealthEdges] as (...args: unknown[]) => Promise<unknown>)(...args);
    await expect(asking).rejects.toThrow(LookError);
    await expect(asking).rejects.toMatchObject({ action, cause: { name: 'AccessDeniedException' } });
  }
});

test('makes one client per service and Region, when it is first needed', async () => {
  const { edges, made } = onClients();
  expect(made).toEqual([]);

  await edges.rulesOn('trailmend', 'us-east-1');
  await edges.rule('x', 'us-east-1');
  await edges.rule('x', 'eu-west-1');
  expect(made).toEqual(['EventBridgeClient us-east-1', 'EventBridgeClient eu-west-1']);
});

test('asks a trail in its home Region', async () => {
  const { edges, regions } = onClients();
  await edges.isLogging({ ...TRAIL, homeRegion: 'eu-central-1' });

  expect(regions).toEqual(['eu-central-1']);
});

test('reads lists to their end', async () => {
  const { edges } = onClients({
    ListAccountsCommand: [{ Accounts: [{ Id: '1', State: 'ACTIVE' }], NextToken: 't' }, { Accounts: [{ Id: '2' }] }],
    ListRulesCommand: [{ Rules: [{ Name: 'a' }], NextToken: 't' }, { Rules: [{ Name: 'b' }] }],
    ListStackInstancesCommand: [{ Summaries: [{ Account: '1' }], NextToken: 't' }, { Summaries: [{ Account: '2' }] }],
    ListSubscriptionsByTopicCommand: [
      { Subscriptions: [{ Endpoint: 'a', SubscriptionArn: 'PendingConfirmation' }], NextToken: 't' },
      { Subscriptions: [{ Endpoint: 'b', SubscriptionArn: 'arn:aws:sns:us-east-1:1:T:1' }] },
    ],
  });

  expect(await edges.accounts()).toMatchObject([
    { id: '1', isActive: true },
    { id: '2', isActive: false },
  ]);
  expect((await edges.rulesOn('b', 'us-east-1')).map(({ name }) => name)).toEqual(['a', 'b']);
  expect((await edges.instances('s', 'us-east-1'))?.map(({ account }) => account)).toEqual(['1', '2']);
  expect((await edges.subscriptions('t', 'us-east-1')).map(({ isConfirmed }) => isConfirmed)).toEqual([false, true]);
});

test('what is not there is a value', async () => {
  const { edges } = onClients({
    DescribeOrganizationCommand: error('AWSOrganizationsNotInUseException'),
    GetRoleCommand: error('NoSuchEntityException'),
    DescribeStacksCommand: error('ValidationError', 'Stack with id TrailmendHub does not exist'),
    ListStackInstancesCommand: error('StackSetNotFoundException'),
    DescribeEventBusCommand: error('ResourceNotFoundException'),
    ListRulesCommand: error('ResourceNotFoundException'),
  });

  expect(await edges.organization()).toBeNull();
  expect(await edges.hasRole('x')).toBe(false);
  expect(await edges.stackOutput('TrailmendHub', 'x', 'us-east-1')).toBe('absent');
  expect(await edges.instances('x', 'us-east-1')).toBeNull();
  expect(await edges.busPolicy('x', 'us-east-1')).toBeNull();
  expect(await edges.rulesOn('x', 'us-east-1')).toEqual([]);
});

test('without an organization nobody is trusted and nobody administers', async () => {
  const notInUse = error('AWSOrganizationsNotInUseException');
  const { edges } = onClients({
    ListAWSServiceAccessForOrganizationCommand: notInUse,
    ListDelegatedAdministratorsCommand: notInUse,
  });

  expect([await edges.trustedServices(), await edges.delegatedAdministrators()]).toEqual([[], []]);
});

test('an invalid stack name is no absent stack', async () => {
  const { edges } = onClients({ DescribeStacksCommand: error('ValidationError', 'must satisfy regular expression') });

  await expect(edges.stackOutput('a b', 'x', 'us-east-1')).rejects.toThrow(LookError);
});

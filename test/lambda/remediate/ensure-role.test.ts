import { type CreateServiceLinkedRoleCommand, type GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ensureRole } from '../../../lambda/remediate/ensure-role';

const ROLE = { name: 'AWSServiceRoleForCloudTrail', service: 'cloudtrail.amazonaws.com' };
const CREATED_AT = new Date('2026-11-02T03:05:00Z');

type Answer = object | Error;

/** An IAM client that gives the listed answers in turn and notes what it was asked. */
function iamAnswering(...answers: Answer[]) {
  const asked: object[] = [];
  const iam = new IAMClient({});
  iam.send = async (command: GetRoleCommand | CreateServiceLinkedRoleCommand) => {
    asked.push({ [command.constructor.name]: command.input });
    const answer = answers.shift();
    if (answer === undefined) {
      throw new Error(`unexpected ${command.constructor.name}`);
    }
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  return { iam, asked };
}

const awsError = (name: string, message: string, httpStatusCode: number) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const present = { Role: { RoleName: ROLE.name, CreateDate: CREATED_AT } };
const absent = awsError('NoSuchEntityException', 'not found', 404);
const taken = awsError(
  'InvalidInputException',
  'Service role name AWSServiceRoleForCloudTrail has been taken in this account, please try a different suffix.',
  400,
);
const throttled = awsError('ThrottlingException', 'Rate exceeded', 400);
const refused = awsError('AccessDenied', 'not authorized', 403);

test('creates an absent role without a suffix and sees it', async () => {
  const { iam, asked } = iamAnswering(absent, {}, present);

  const seen = { shown: true, createdAt: CREATED_AT.toISOString(), look: 2 };
  await expect(ensureRole(iam, ROLE, 'auto')).resolves.toEqual({ role: ROLE, kind: 'created', seen });
  expect(asked).toEqual([
    { GetRoleCommand: { RoleName: ROLE.name } },
    { CreateServiceLinkedRoleCommand: { AWSServiceName: ROLE.service } },
    { GetRoleCommand: { RoleName: ROLE.name } },
  ]);
});

test('leaves a role that is there alone', async () => {
  const { iam, asked } = iamAnswering(present);

  const outcome = await ensureRole(iam, ROLE, 'auto');

  const createdAt = CREATED_AT.toISOString();
  const seen = { shown: true, createdAt, look: 1 };
  expect(outcome).toEqual({ role: ROLE, kind: 'already-present', createdAt, seen });
  expect(asked).toHaveLength(1);
});

test('takes a name that is taken for a role that is there, and confirms it', async () => {
  const { iam } = iamAnswering(absent, taken, present);

  await expect(ensureRole(iam, ROLE, 'auto')).resolves.toMatchObject({ kind: 'already-present' });
});

test.each([
  ['before that', '2026-11-02T03:04:59.999Z', 'created'],
  ['in the same second, which is all that IAM tells', '2026-11-02T03:05:00.900Z', 'created'],
  ['after that', '2026-11-02T03:05:01.000Z', 'already-present'],
])('takes a role for its own work when an earlier delivery began %s', async (_what, since, kind) => {
  const { iam, asked } = iamAnswering(present);

  await expect(ensureRole(iam, ROLE, 'auto', Date.parse(since))).resolves.toMatchObject({ kind });
  expect(asked).toHaveLength(1);
});

test('has created a role whose creation was answered by nobody and refused as taken at the next attempt', async () => {
  const { iam } = iamAnswering(absent, taken, { Role: { RoleName: ROLE.name, CreateDate: new Date() } });

  await expect(ensureRole(iam, ROLE, 'auto')).resolves.toMatchObject({ kind: 'created', seen: { shown: true } });
});

test('looks again until a stale IAM shows the created role', async () => {
  const { iam, asked } = iamAnswering(absent, {}, absent, absent, present);

  await expect(ensureRole(iam, ROLE, 'auto')).resolves.toMatchObject({ kind: 'created', seen: { look: 4 } });
  expect(asked).toHaveLength(5);
});

test('never passes silently over a created role that IAM keeps not showing', async () => {
  const { iam } = iamAnswering(absent, {}, absent, absent, absent, absent, absent, absent);
  const pauses: number[] = [];
  const wait = async (ms: number) => pauses.push(ms);

  await expect(ensureRole(iam, ROLE, 'auto', null, wait)).resolves.toMatchObject({
    kind: 'create-failed',
    error: { name: 'NotShownYet', passing: true },
    seen: { shown: false, createdAt: null, look: 7 },
  });
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(10_000);
});

test.each([
  ['throttling', throttled, true],
  ['a failing IAM', awsError('ServiceFailureException', 'internal', 500), true],
  ['no answer', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), true],
  ['a refusal', refused, false],
  ['another invalid input', awsError('InvalidInputException', 'unknown service', 400), false],
])('says that %s may pass or not', async (_what, error, passing) => {
  const probe = await ensureRole(iamAnswering(error).iam, ROLE, 'auto');
  const create = await ensureRole(iamAnswering(absent, error).iam, ROLE, 'auto');

  expect(probe).toMatchObject({ kind: 'probe-failed', error: { message: error.message, passing } });
  expect(create).toMatchObject({ kind: 'create-failed', error: { message: error.message, passing } });
  expect([probe.seen, create.seen]).toEqual([undefined, { shown: false, createdAt: null, look: 1 }]);
});

test.each([
  ['throttling', throttled, false],
  ['a refusal', refused, false],
  ['a failing IAM', awsError('ServiceFailureException', 'internal', 500), true],
  ['no answer', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), true],
])('says whether after %s the role may have been created nevertheless', async (_what, error, mayBeDone) => {
  await expect(ensureRole(iamAnswering(absent, error).iam, ROLE, 'auto')).resolves.toMatchObject({
    error: { mayBeDone },
  });
});

test('only looks in observe', async () => {
  const { iam, asked } = iamAnswering(absent);

  const seen = { shown: false, createdAt: null, look: 1 };
  await expect(ensureRole(iam, ROLE, 'observe')).resolves.toEqual({ role: ROLE, kind: 'would-create', seen });
  expect(asked).toHaveLength(1);
});

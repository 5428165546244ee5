import { CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { HUB } from '../../sandbox/organization/accounts';
import { type Identity, roleSession } from '../../sandbox/organization/identity';
import { Sandbox } from '../../sandbox/sandbox';
import { appOf } from './local-aws';
import { allow, policy } from './small-organization';

const probe = roleSession(HUB.account, 'Probe', 'run');
const other = roleSession(HUB.account, 'Other', 'run', { allowed: ['sts:AssumeRole'] });
const abroad = roleSession('333344445555', 'Probe', 'run', { allowed: ['sts:AssumeRole'] });

const roleFor = (AWS: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: { Path: '/canary/', AssumeRolePolicyDocument: policy(allow('sts:AssumeRole', { Principal: { AWS } })) },
});
const template: Template = {
  Resources: { Canary: roleFor(probe.caller.arn), Shared: roleFor(HUB.account), Foreign: roleFor('333344445555') },
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await Sandbox.open(appOf(template), { faults: new FaultPlan([]) });
});
afterAll(() => sandbox.close());

const roleArn = (part: string) => [...sandbox.deployment.roles.keys()].find((arn) => arn.includes(part)) ?? '';
const assume = (who: Identity, role: string, RoleSessionName = 'canary') =>
  new STSClient({ region: 'us-east-1', ...sandbox.admit(who) }).send(
    new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName }),
  );

test.each<[string, Identity, string]>([
  ['whom the role trusts by name', probe, 'Canary'],
  ['who may, of an account that the role trusts', other, 'Shared'],
  ['who may, of another account that the role trusts', abroad, 'Foreign'],
])('somebody %s may be the role', async (_, who, role) => {
  const { Credentials, AssumedRoleUser } = await assume(who, role);

  expect(AssumedRoleUser?.Arn).toMatch(new RegExp(`^arn:aws:sts::${HUB.account}:assumed-role/.*${role}.*/canary$`));
  expect(Credentials).toMatchObject({ SecretAccessKey: expect.any(String), Expiration: expect.any(Date) });
});

test.each<[string, Identity, string]>([
  ['who may, but whom the role does not trust', other, 'Canary'],
  ['whose account is trusted, but who may not', probe, 'Shared'],
  ['of another account', abroad, 'Shared'],
])('somebody %s may not', async (_, who, role) => {
  await expect(assume(who, role)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`is not authorized to perform: sts:AssumeRole on resource: ${roleArn(role)}`),
  });
});

test('calls with the credentials are those of a session of the role', async () => {
  const { Credentials: given } = await assume(probe, 'Canary', 'every-six-hours');
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken,
  };
  const { endpoint } = sandbox.admit(probe);
  const settings = { region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 };
  const { Arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  const status = new CloudTrailClient(settings).send(new GetTrailStatusCommand({ Name: 'trailmend-canary' }));

  await expect(status).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(Arn).toMatch(/:assumed-role\/.*\/every-six-hours$/);
  expect(sandbox.journal.of('event').at(-1)?.envelope).toMatchObject({
    region: 'eu-west-1',
    detail: {
      eventName: 'GetTrailStatus',
      errorMessage: expect.stringContaining(`trail/trailmend-canary because no identity-based policy`),
      userIdentity: {
        type: 'AssumedRole',
        arn: Arn,
        accessKeyId: credentials.accessKeyId,
        sessionContext: { sessionIssuer: { arn: roleArn('Canary') } },
      },
    },
  });
});

test('a name that no session can have is refused', async () => {
  await expect(assume(probe, 'Canary', 'a b')).rejects.toMatchObject({ name: 'ValidationError' });
});

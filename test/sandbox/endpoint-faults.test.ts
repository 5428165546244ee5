import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { openLocalAws, ROLE } from './local-aws';

const { open, settings, getRole, createRole } = openLocalAws();

describe('an answer that is made to fail', () => {
  test('may be throttled, broken or refused, once', async () => {
    await open(['iam:GetRole=throttle', 'iam:GetRole=error', 'iam:GetRole=refuse']);

    await expect(getRole()).rejects.toMatchObject({ name: 'Throttling' });
    await expect(getRole()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    await expect(getRole()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(getRole()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('may get lost after the work is done', async () => {
    const sandbox = await open(['iam:CreateServiceLinkedRole=lost']);

    await expect(createRole()).rejects.toThrow();
    expect(sandbox.organization.roles.has(ROLE)).toBe(true);
  });

  test('may be stale', async () => {
    await open(['iam:GetRole=stale']);
    await createRole();

    await expect(getRole()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    expect((await getRole()).Role?.RoleName).toBe(ROLE);
  });

  test('may never come', async () => {
    await open(['iam:GetRole=timeout']);
    const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
    const client = new IAMClient({ ...settings(), requestHandler });

    await expect(client.send(new GetRoleCommand({ RoleName: ROLE }))).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

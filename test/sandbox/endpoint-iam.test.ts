import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  ListAWSServiceAccessForOrganizationCommand,
  OrganizationsClient,
  paginateListDelegatedAdministrators,
} from '@aws-sdk/client-organizations';
import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import { admin, delegate, nobody, openLocalAws, ROLE } from './local-aws';

const { open, settings, iam, getRole, createRole } = openLocalAws();
const organizations = () => new OrganizationsClient(settings());

describe('IAM', () => {
  test('creates a service-linked role once', async () => {
    await open();

    await expect(getRole()).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: { httpStatusCode: 404 },
    });
    const { Role } = await createRole();
    expect(Role?.Arn).toBe(`arn:aws:iam::${HUB.account}:role/aws-service-role/cloudtrail.amazonaws.com/${ROLE}`);
    expect((await getRole()).Role?.CreateDate).toBeInstanceOf(Date);
    await expect(createRole()).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: `Service role name ${ROLE} has been taken in this account, please try a different suffix.`,
    });
  });

  test('refuses a suffix and a service it does not know', async () => {
    await open();

    await expect(createRole({ CustomSuffix: 'x' })).rejects.toThrow('Custom suffix is not allowed');
    await expect(createRole({ AWSServiceName: 'nobody.amazonaws.com' })).rejects.toThrow('Invalid service name');
  });

  test('words a refusal as AWS does', async () => {
    await open();

    await expect(iam(nobody).send(new GetRoleCommand({ RoleName: ROLE }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: iam:GetRole on resource: role ${ROLE} because no identity-based policy allows the iam:GetRole action`,
    });
  });
});

test('STS says who calls', async () => {
  const sandbox = await open();
  const { endpoint } = sandbox.admit(delegate);
  const authorization = `AWS4-HMAC-SHA256 Credential=${delegate.accessKeyId}/20261120/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0`;

  const body = new URLSearchParams({ Action: 'GetCallerIdentity' });
  const answer = await (await fetch(endpoint, { method: 'POST', headers: { authorization }, body })).text();

  expect(answer).toMatch(`<Account>${DELEGATED_ADMINISTRATOR}</Account><Arn>${delegate.caller.shownAs}</Arn>`);
});

describe('Organizations', () => {
  test('pages through delegated administrators', async () => {
    const sandbox = await open();
    sandbox.organization.delegatedAdministrators.add('333344445555');
    const pages = paginateListDelegatedAdministrators(
      { client: organizations() },
      { ServicePrincipal: 'cloudtrail.amazonaws.com' },
    );

    const ids: string[][] = [];
    for await (const page of pages) ids.push((page.DelegatedAdministrators ?? []).map(({ Id = '' }) => Id));

    expect(ids).toEqual([[DELEGATED_ADMINISTRATOR], ['333344445555']]);
  });

  test('describes the organization and its trusted services', async () => {
    await open();
    const { Organization } = await organizations().send(new DescribeOrganizationCommand({}));
    const trusted = await organizations().send(new ListAWSServiceAccessForOrganizationCommand({}));

    expect(Organization).toMatchObject({ Id: 'o-examplesandbox', MasterAccountId: HUB.account, FeatureSet: 'ALL' });
    expect(trusted.EnabledServicePrincipals?.[0]?.ServicePrincipal).toBe('cloudtrail.amazonaws.com');
  });
});

test('an operation that the sandbox does not know fails loudly', async () => {
  const sandbox = await open();

  await expect(iam().send(new ListRolesCommand({}))).rejects.toThrow('The sandbox does not know iam:ListRoles');
  expect(sandbox.journal.of('defect')).toHaveLength(1);
});

test('an unknown access key is no caller', async () => {
  const sandbox = await open();
  const { endpoint } = sandbox.admit(admin);
  const client = new IAMClient({
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'AKIAX', secretAccessKey: 'x' },
  });

  await expect(client.send(new GetRoleCommand({ RoleName: ROLE }))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
});

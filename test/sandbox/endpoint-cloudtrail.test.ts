import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import type { Identity } from '../../sandbox/organization/identity';
import { admin, delegate, member, nobody, openLocalAws } from './local-aws';

const { open, settings, createRole } = openLocalAws();
const cloudTrail = (who: Identity) => new CloudTrailClient(settings(who));

describe('CloudTrail', () => {
  const createTrail = (who: Identity, input = {}) =>
    cloudTrail(who).send(
      new CreateTrailCommand({ Name: 'org', S3BucketName: 'b', IsOrganizationTrail: true, ...input }),
    );

  test('creates an organization trail only when everything is in place', async () => {
    const sandbox = await open();

    await expect(createTrail(member)).rejects.toMatchObject({ name: 'NotOrganizationMasterAccountException' });
    sandbox.organization.trustedServices.clear();
    await expect(createTrail(delegate)).rejects.toMatchObject({ name: 'CloudTrailAccessNotEnabledException' });
    sandbox.organization.trustedServices.add('cloudtrail.amazonaws.com');
    await expect(createTrail(delegate)).rejects.toMatchObject({ name: 'NoManagementAccountSLRExistsException' });
    await createRole();
    const { TrailARN } = await createTrail(delegate);
    expect(TrailARN).toBe(`arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/org`);
    await expect(createTrail(delegate)).rejects.toMatchObject({ name: 'TrailAlreadyExistsException' });
  });

  test('asks for the right to pass the role of a trail', async () => {
    await open();
    const CloudWatchLogsRoleArn = 'arn:aws:iam::333344445555:role/logs';

    await expect(createTrail(member, { IsOrganizationTrail: false, CloudWatchLogsRoleArn })).rejects.toThrow(
      `not authorized to perform: iam:PassRole on resource: ${CloudWatchLogsRoleArn} because no identity-based policy`,
    );
  });

  test('shows an account its own trails, and an organization trail to all', async () => {
    const sandbox = await open();
    sandbox.organization.addTrail({
      name: 'org',
      account: HUB.account,
      region: 'us-east-1',
      bucket: 'b',
      ofOrganization: true,
    });
    const namesFor = async (who: Identity) =>
      (await cloudTrail(who).send(new DescribeTrailsCommand({}))).trailList?.map(({ TrailARN }) =>
        TrailARN?.split(':').slice(4).join(':'),
      );

    expect([await namesFor(admin), await namesFor(member)]).toEqual([
      [`${HUB.account}:trail/audit`, `${HUB.account}:trail/org`],
      [`${member.caller.account}:trail/audit`, `${HUB.account}:trail/org`],
    ]);
  });

  test('refuses a look at the trail of another account, and at none at all', async () => {
    await open();
    const status = (Name: string, who: Identity) => cloudTrail(who).send(new GetTrailStatusCommand({ Name }));
    const audit = `arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/audit`;

    expect((await status('audit', admin)).IsLogging).toBe(true);
    await expect(status(audit, member)).rejects.toThrow('because no resource-based policy allows');
    await expect(status('org', member)).rejects.toMatchObject({ name: 'TrailNotFoundException' });
  });

  test('records what people do, without parameters when they are denied', async () => {
    const sandbox = await open();
    await createTrail(delegate).catch(() => {});
    await cloudTrail(nobody)
      .send(new DescribeTrailsCommand({}))
      .catch(() => {});

    const details = sandbox.journal.of('event').map(({ envelope }) => envelope.detail);
    expect(details).toMatchObject([
      {
        errorCode: 'NoManagementAccountSLRExistsException',
        requestParameters: { name: 'org', s3BucketName: 'b', isOrganizationTrail: true },
        recipientAccountId: DELEGATED_ADMINISTRATOR,
        readOnly: false,
      },
      { errorCode: 'AccessDeniedException', requestParameters: null, readOnly: true },
    ]);
  });
});

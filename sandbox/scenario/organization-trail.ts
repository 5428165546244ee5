import { CloudTrailClient, CloudTrailServiceException, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { DELEGATED_ADMINISTRATOR, HUB } from '../organization/accounts';
import { type Identity, roleSession } from '../organization/identity';
import type { Sandbox } from '../sandbox';
import type { Scene } from './scene';

const CREATE = { allowed: ['cloudtrail:*', 's3:*'] };
/** The delegated administrator. */
export const kim = roleSession(DELEGATED_ADMINISTRATOR, 'SecurityEngineer', 'kim', CREATE);
const alex = roleSession(HUB.account, 'PlatformEngineer', 'alex', CREATE);

const ROLE = 'AWSServiceRoleForCloudTrail';

/** The headline: the trail that could not be created is created in the end. Played for real, through the SDK. */
export const missingRole: Scene = {
  title: 'The delegated administrator cannot create the organization trail',
  play: async (sandbox) => {
    if (sandbox.organization.roles.delete(ROLE)) {
      sandbox.journal.add({ kind: 'remark', text: `Somebody has deleted ${ROLE} meanwhile.` });
    }
    await createTrail(sandbox, kim, 'organization-trail');
    await sandbox.settle();
    sandbox.clock.advanceMinutes(3);
    sandbox.journal.add({ kind: 'remark', text: 'Kim reads the notice and tries again.' });
    await createTrail(sandbox, kim, 'organization-trail');
  },
};

/** Trailmend never changes the organization: it says what to switch on. */
export const trustedAccessOff: Scene = {
  title: 'Somebody has switched off trusted access for CloudTrail',
  play: async (sandbox) => {
    sandbox.organization.trustedServices.delete('cloudtrail.amazonaws.com');
    await createTrail(sandbox, alex, 'second-organization-trail');
    sandbox.organization.trustedServices.add('cloudtrail.amazonaws.com');
  },
};

/** Somebody creates an organization trail, or is refused. */
export async function createTrail(sandbox: Sandbox, who: Identity, name: string): Promise<void> {
  const cloudTrail = new CloudTrailClient({ region: HUB.region, ...sandbox.admit(who) });
  const command = new CreateTrailCommand({
    Name: name,
    S3BucketName: 'example-organization-logs',
    IsOrganizationTrail: true,
    IsMultiRegionTrail: true,
  });
  try {
    const { TrailARN } = await cloudTrail.send(command);
    sandbox.journal.add({ kind: 'remark', text: `The organization has its trail: ${TrailARN}` });
  } catch (error) {
    // The refusal is the story: CloudTrail has recorded it, and the timeline shows the record.
    if (!(error instanceof CloudTrailServiceException)) throw error;
  } finally {
    cloudTrail.destroy();
  }
}

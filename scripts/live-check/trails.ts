import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Caller } from './aws';
import { unlessGone } from './changes';
import { NotChecked } from './fact';
import type { Look } from './look';

/** Trails of a run by name: the member's own, and the organization's. */
const MEMBER_TRAIL = 'trailmend-live-check';
const ORGANIZATION_TRAIL = 'trailmend-live-check-organization';

/** What is created, by whom, and what it is called among the changes. */
type NewTrail = { readonly name: string; readonly as: Caller; readonly ofOrganization: boolean };

/** ARNs of the trails of the member account itself that log. */
async function ownTrailsOfMember({ aws, member, region }: Look): Promise<string[]> {
  const client = aws.client(CloudTrailClient, member, region);
  const { trailList = [] } = await client.send(new DescribeTrailsCommand());
  const own = trailList.filter((trail) => trail.IsOrganizationTrail !== true).map(({ TrailARN = '' }) => TrailARN);
  const logging = await Promise.all(
    own.map(async (Name) => (await client.send(new GetTrailStatusCommand({ Name }))).IsLogging === true),
  );
  return own.filter((_, at) => logging[at]);
}

/**
 * Sees that nobody relies on an organization trail, which the missing role would harm.
 * @throws NotChecked naming the trail
 */
export async function requireNoOrganizationTrail({ aws, management, region }: Look): Promise<void> {
  const { trailList = [] } = await aws.client(CloudTrailClient, management, region).send(new DescribeTrailsCommand());
  const trail = trailList.find(({ IsOrganizationTrail }) => IsOrganizationTrail === true);
  if (trail !== undefined) {
    throw new NotChecked(`there is an organization trail, ${trail.TrailARN}: delete it where nobody needs it`);
  }
}

/** Sees that the member account has a trail of its own that logs. */
export async function bringMemberTrail(look: Look): Promise<void> {
  if ((await ownTrailsOfMember(look)).length === 0) {
    await createTrail(look, { name: MEMBER_TRAIL, as: look.member, ofOrganization: false });
  }
}

/** Leaves the organization trail as the only one of the member account. */
export async function bringOrganizationTrail(look: Look): Promise<void> {
  await look.changes.undo(labelOf({ name: MEMBER_TRAIL, as: look.member }));
  const [own] = await ownTrailsOfMember(look);
  if (own !== undefined) {
    throw new NotChecked(`the member account has a trail of its own, ${own}, which would deliver as well: stop it`);
  }
  // Until CloudTrail sees the role, it says that there is none.
  const made = await look.waits.until('CloudTrail to take the organization trail', 3, () =>
    createTrail(look, { name: ORGANIZATION_TRAIL, as: look.management, ofOrganization: true }).catch(nullIfNoRole),
  );
  if (made === null) {
    throw new NotChecked('CloudTrail still missed its role three minutes after it was created');
  }
}

async function createTrail(look: Look, trail: NewTrail): Promise<true> {
  const { bucket, region } = look;
  if (bucket === null) {
    throw new NotChecked('a trail is needed, and no bucket is named for it: --bucket');
  }
  const { name: Name, ofOrganization: IsOrganizationTrail } = trail;
  const client = look.aws.client(CloudTrailClient, trail.as, region);
  const input = { Name, IsOrganizationTrail, S3BucketName: bucket, IsMultiRegionTrail: true };
  await look.changes.make({
    what: labelOf(trail),
    byHand: `aws cloudtrail delete-trail --name ${Name} --region ${region}`,
    make: () => client.send(new CreateTrailCommand(input)).catch(unlessThere),
    undo: () => unlessGone(client.send(new DeleteTrailCommand({ Name }))),
  });
  await client.send(new StartLoggingCommand({ Name }));
  return true;
}

function labelOf({ name, as }: Pick<NewTrail, 'name' | 'as'>): string {
  return `trail ${name} in the ${as.name}`;
}

/** A trail of this name is from a run that was killed: it is used, and removed at the end. */
function unlessThere(error: Error): void {
  if (error.name !== 'TrailAlreadyExistsException') {
    throw error;
  }
}

function nullIfNoRole(error: Error): null {
  if (!/^NoManagementAccountSLRExists|^InsufficientDependencyServiceAccessPermission/.test(error.name)) {
    throw error;
  }
  return null;
}

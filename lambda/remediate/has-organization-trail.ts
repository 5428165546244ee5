import { type CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';

/** Whether an organization trail exists that this Region knows of: one created here, or a multi-Region one. */
export async function hasOrganizationTrail(cloudTrail: CloudTrailClient): Promise<boolean> {
  const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  return trailList.some(({ IsOrganizationTrail }) => IsOrganizationTrail === true);
}

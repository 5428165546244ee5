import type { Verdict } from '../check';
import { each } from '../each';
import type { DeployedLook } from '../of-deployment';
import { type AccountSeen, many } from '../saw';
import { aboutHub, lookAt, notChecked } from '../verdict';
import { takenBy } from './trail';

/**
 * In a Region where no organization trail takes all that is heard, a member is heard only if it has a trail of its own,
 * which nobody sees from the management account; the trail of that account alone does nothing for members. So it is not
 * known, unless there is no organization trail and every member was heard there.
 * @param heard accounts and Regions from which something came lately
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export async function unknownMembers(
  members: readonly AccountSeen[],
  heard: readonly { readonly account: string; readonly region: string }[],
  look: DeployedLook,
): Promise<Verdict[]> {
  const places = new Set(heard.map(({ account, region }) => `${account} ${region}`));
  const regions = members.length === 0 ? [] : look.expectation.regions;
  const verdicts = await each(regions, (region) => {
    const unheard = members.filter(({ account }) => !places.has(`${account} ${region}`));
    return lookAt(aboutHub('accounts', look, subjectOf(region)), () => verdictsOf(unheard, region, look));
  });
  return verdicts.flat();
}

async function verdictsOf(unheard: readonly AccountSeen[], region: string, look: DeployedLook): Promise<Verdict[]> {
  const trails = (await look.aws.trails(region)).filter(({ isOrganizationTrail }) => isOrganizationTrail);
  const { saw, mend } = await takenBy(trails, look.expectation.homeRegion, look.aws);
  // What was heard may have come through an organization trail that has stopped since.
  if (saw.kind === 'trail-logs' || (trails.length === 0 && unheard.length === 0)) {
    return [];
  }
  const arns = trails.map(({ arn }) => arn);
  const unknown = { kind: 'members-unknown', region, trails: arns, accounts: many(unheard) } as const;
  return [notChecked(aboutHub('accounts', look, subjectOf(region)), unknown, mend)];
}

function subjectOf(region: string): string {
  return `members ${region}`;
}

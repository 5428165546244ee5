import { CLOUDTRAIL } from '../../denial/ties';
import type { Check, CheckId, Look, Verdict } from '../check';
import { word } from '../commands';
import { aboutHub, failed, notChecked, ok } from '../verdict';

/** StackSets' own name in the organization's list of trusted services. */
const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

/**
 * CloudTrail may act in the organization. Whoever creates an organization trail with the CLI or an SDK is refused without it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-an-organizational-trail-by-using-the-aws-cli.html
 */
export const trustedAccess: Check = {
  id: 'trusted-access',
  run: async (look) => [
    await trusted('trusted-access', CLOUDTRAIL, look, [
      `aws organizations enable-aws-service-access --service-principal ${CLOUDTRAIL}`,
    ]),
  ],
};

/**
 * StackSets may act in the organization, so that members get forwarders. Looked at before deployment as well: the
 * stack of the members fails without it. Whether members are to be heard is not known then, so its absence is no failure.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
export const stackSetsAccess: Check = {
  id: 'stack-sets-access',
  run: async (look) => {
    const { expectation, here } = look;
    if (expectation !== null && expectation.organizationalUnits.length === 0) {
      const saw = { kind: 'not-asked-for', setting: 'organizationalUnits' } as const;
      return [notChecked(aboutHub('stack-sets-access', look), saw)];
    }
    const region = word(expectation?.homeRegion ?? here.region);
    const mend = [`aws cloudformation activate-organizations-access --region ${region}`];
    const verdict = await trusted('stack-sets-access', STACK_SETS, look, mend);
    const isForMembersOnly = expectation === null && verdict.status === 'failed';
    return [
      isForMembersOnly ? notChecked(verdict, { kind: 'needed-for-members', service: STACK_SETS }, mend) : verdict,
    ];
  },
};

async function trusted(check: CheckId, service: string, look: Look, mend: readonly string[]): Promise<Verdict> {
  const about = aboutHub(check, look);
  if ((await look.aws.organization()) === null) {
    return notChecked(about, { kind: 'not-in-organization' });
  }
  return (await look.aws.trustedServices()).includes(service)
    ? ok(about, { kind: 'service-trusted', service })
    : failed(about, { kind: 'service-not-trusted', service }, mend);
}

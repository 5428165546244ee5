import { partitionOfRegion } from '../../denial/arn';
import { CLOUDTRAIL } from '../../denial/ties';
import { rolesNeededBy, type ServiceLinkedRole } from '../../plan/service-linked-roles';
import type { Check, Look, Verdict } from '../check';
import { each } from '../each';
import { aboutHub, failed, lookAt, notChecked, ok } from '../verdict';

/**
 * The service-linked roles of CloudTrail are there as soon as they are needed: enabling trusted access, or registering a
 * delegated administrator through Organizations, creates none of them. The first is needed then; the second serves enriched
 * events only, so it is shown and not missed.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_troubleshoot.html
 */
export const roles: Check = {
  id: 'roles',
  run: async (look) => {
    if ((await look.aws.organization()) === null) {
      return [notChecked(aboutHub('roles', look), { kind: 'not-in-organization' })];
    }
    const partition = look.expectation?.partition ?? partitionOfRegion(look.here.region);
    return each(rolesNeededBy('RegisterOrganizationDelegatedAdmin', partition), (role) =>
      lookAt(aboutHub('roles', look, role.name), () => verdictOf(role, look)),
    );
  },
};

async function verdictOf({ name, service }: ServiceLinkedRole, look: Look): Promise<Verdict> {
  const about = aboutHub('roles', look, name);
  if (await look.aws.hasRole(name)) {
    return ok(about, { kind: 'role-there', role: name });
  }
  const because = service === CLOUDTRAIL ? await whyNeeded(look) : null;
  return because === null
    ? ok(about, { kind: 'role-not-needed', role: name })
    : failed(about, { kind: 'role-missing', role: name, because }, [
        `aws iam create-service-linked-role --aws-service-name ${service}`,
      ]);
}

async function whyNeeded({ aws }: Look): Promise<'trusted-access' | 'delegated-administrator' | null> {
  if ((await aws.delegatedAdministrators()).length > 0) {
    return 'delegated-administrator';
  }
  return (await aws.trustedServices()).includes(CLOUDTRAIL) ? 'trusted-access' : null;
}

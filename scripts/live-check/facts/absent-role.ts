import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { answer, type Fact } from '../fact';
import type { Look } from '../look';
import { type Refusal, refusalOf, told } from '../refusal';
import { readerWith } from '../sessions';

/** A role that does not exist, named like a service-linked one. */
const NAME = 'AWSServiceRoleForTrailmendLiveCheck';

export const absentRole: Fact = {
  id: 'absent-role',
  stage: 'deployed',
  question:
    'By which ARN does IAM authorize `GetRole` of a service-linked role that does not exist: with its path, or by its bare name?',
  expected:
    'Who may read the role by its bare name gets `NoSuchEntity`; who may read it by its path only is refused (so the policy of Trailmend names both).',
  calls: 'Management account: iam:CreateRole, iam:PutRolePolicy, sts:AssumeRole with session policies, iam:GetRole',
  changes: 'Role `trailmend-live-check-reader`, which may read roles',
  undo: 'The role is deleted.',
  minutes: 4,
  run: async (look) => {
    const byName = await askedByName(look);
    const byPath = await asked(look, `role/aws-service-role/livecheck.amazonaws.com/${NAME}`);
    return answer(
      byName.name.startsWith('NoSuchEntity') && byPath.name.startsWith('AccessDenied'),
      `allowed by bare name: ${told(byName)}; allowed by path only: ${told(byPath)}`,
    );
  },
};

/** Asked until IAM has heard of the reader's right; what still is refused then, is. */
async function askedByName(look: Look): Promise<Refusal> {
  const ask = () => asked(look, `role/${NAME}`);
  const heard = await look.waits.until('IAM to know the right of the reader', 2, async () => {
    const refusal = await ask();
    return refusal.name.startsWith('AccessDenied') ? null : refusal;
  });
  return heard ?? ask();
}

/** What IAM says to somebody who may read exactly this role. */
async function asked(look: Look, role: string): Promise<Refusal> {
  const Resource = `arn:${look.partition}:iam::${look.management.account}:${role}`;
  const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:GetRole', Resource } };
  const reader = await readerWith(look, policy);
  return refusalOf(look.aws.client(IAMClient, reader, look.region).send(new GetRoleCommand({ RoleName: NAME })));
}

import { arnParts, isPlainArn } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { parameterText } from '../denial/ties';

/** The kinds of IAM entity that permissions are given to. */
type Kind = 'user' | 'role' | 'group';

/**
 * What an administrator with the rights runs in place of a refused grant: attach the policy that was asked for, else the
 * AWS managed policy for reading; create the entity first where that was refused. None where the call only edits a policy.
 * `<…>` is for the reader to fill in.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html#grant-custom-permissions-for-cloudtrail-users
 */
export function grantCommands(denial: Denial): string[] {
  const action = denial.action ?? '';
  const [, verb = '', entity = ''] = /^iam:(Attach|Put|Create)(User|Role|Group)/.exec(action) ?? [];
  const kind = entity.toLowerCase() as Kind;
  const name = nameOf(denial, kind);
  if (action === 'iam:AddUserToGroup') {
    return [`aws iam add-user-to-group --group-name ${nameOf(denial, 'group')} --user-name <name>`];
  }
  if (verb === '') {
    return [];
  }
  const trust = kind === 'role' ? ' --assume-role-policy-document file://<trust-policy.json>' : '';
  const create = verb === 'Create' ? [`aws iam create-${kind} --${kind}-name ${name}${trust}`] : [];
  return [...create, `aws iam attach-${kind}-policy --${kind}-name ${name} --policy-arn ${policyOf(denial)}`];
}

function nameOf({ resource }: Denial, kind: Kind): string {
  const entity = resource !== null && isPlainArn(resource) ? arnParts(resource)?.resource : undefined;
  return entity?.startsWith(`${kind}/`) ? entity.slice(entity.lastIndexOf('/') + 1) : '<name>';
}

function policyOf({ parameters, partition }: Denial): string {
  const asked = parameterText(parameters, 'policyArn');
  return asked !== null && isPlainArn(asked) ? asked : `arn:${partition}:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess`;
}

import { arnParts, isPlainArn } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { parameterText } from '../denial/ties';

/** The kinds of IAM entity that permissions are attached to. */
type Kind = 'user' | 'role' | 'group';

/**
 * What an administrator with the rights runs to let somebody in: the entity, where it was to be created, and the AWS
 * managed policy to attach. Read-only access unless the request named another policy. `<…>` is for the reader to fill in.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html#grant-custom-permissions-for-cloudtrail-users
 */
export function grantCommands(denial: Denial): string[] {
  const kind = kindOf(denial);
  const name = nameOf(denial, kind);
  const create = denial.action?.startsWith('iam:Create') === true && /(?:User|Role|Group)$/.test(denial.action);
  const trust = kind === 'role' ? ' --assume-role-policy-document file://<trust-policy.json>' : '';
  return [
    ...(create ? [`aws iam create-${kind} --${kind}-name ${name}${trust}`] : []),
    `aws iam attach-${kind}-policy --${kind}-name ${name} --policy-arn ${policyOf(denial)}`,
  ];
}

function kindOf({ action, resource }: Denial): Kind {
  const subject = `${action ?? ''} ${arnParts(resource)?.resource ?? ''}`.toLowerCase();
  return subject.includes('role') ? 'role' : subject.includes('group') ? 'group' : 'user';
}

function nameOf({ resource }: Denial, kind: Kind): string {
  const entity = resource !== null && isPlainArn(resource) ? arnParts(resource)?.resource : undefined;
  return entity?.startsWith(`${kind}/`) ? entity.slice(entity.lastIndexOf('/') + 1) : '<name>';
}

function policyOf({ parameters, partition }: Denial): string {
  const asked = parameterText(parameters, 'policyArn');
  return asked !== null && isPlainArn(asked) ? asked : `arn:${partition}:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess`;
}

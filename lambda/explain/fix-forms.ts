import type { Denial } from '../denial/denial';
import type { AttachTo } from './identity';
import { document, type Statement } from './policy';

/** One statement in the forms in which its owner can merge it; null where the owner has no such form. */
export type FixForms = {
  readonly json: string;
  readonly cli: string | null;
  readonly terraform: string | null;
  readonly cdk: string | null;
};

/** The forms of `statement` for what it is attached to. */
export function fixForms(statement: Statement, attachTo: AttachTo, { action }: Denial): FixForms {
  const sid = sidOf(action ?? 'Access');
  const policy = document({ Sid: sid, ...statement });
  const forms = { json: JSON.stringify(policy, null, 2) };
  const { kind, name } = attachTo;
  // IAM's own names fit a shell word and a string literal; anything else is not written into code.
  if (name === null || !/^[\w+=,.@-]+$/.test(name)) {
    return { ...forms, cli: null, terraform: null, cdk: null };
  }
  switch (kind) {
    case 'user':
    case 'role':
      return { ...forms, ...principalForms(kind, name, sid, policy, statement) };
    case 'permission-set':
      return { ...forms, ...permissionSetForms(name, policy) };
    default:
      return { ...forms, cli: null, terraform: null, cdk: null };
  }
}

function principalForms(kind: 'user' | 'role', name: string, sid: string, policy: object, statement: Statement) {
  const inline = JSON.stringify(policy);
  const construct = kind === 'user' ? 'User.fromUserName' : 'Role.fromRoleName';
  return {
    cli: `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name ${sid} --policy-document '${inline}'`,
    terraform: [
      `resource "aws_iam_${kind}_policy" "${terraformName(sid)}" {`,
      `  name   = "${sid}"`,
      `  ${kind}   = "${name}"`,
      `  policy = jsonencode(${indented(JSON.stringify(policy, null, 2))})`,
      '}',
    ].join('\n'),
    cdk: [
      `iam.${construct}(this, '${sid}', '${name}').addToPrincipalPolicy(`,
      `  iam.PolicyStatement.fromJson(${indented(JSON.stringify(statement, null, 2))}),`,
      ');',
    ].join('\n'),
  };
}

/** A permission set has one inline policy; these forms set it as a whole. */
const MERGE = '# Replaces the inline policy of the permission set: merge the statement into the one that is there.';

/** @see https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetcustom.html */
function permissionSetForms(name: string, policy: object) {
  const inline = JSON.stringify(policy);
  return {
    cli: [
      MERGE,
      `aws sso-admin put-inline-policy-to-permission-set --instance-arn <instance> --permission-set-arn <arn of ${name}> --inline-policy '${inline}'`,
      'aws sso-admin provision-permission-set --instance-arn <instance> --permission-set-arn <arn> --target-type ALL_PROVISIONED_ACCOUNTS',
    ].join('\n'),
    terraform: [
      MERGE,
      `resource "aws_ssoadmin_permission_set_inline_policy" "${terraformName(name)}" {`,
      `  instance_arn       = aws_ssoadmin_permission_set.${terraformName(name)}.instance_arn`,
      `  permission_set_arn = aws_ssoadmin_permission_set.${terraformName(name)}.arn`,
      `  inline_policy      = jsonencode(${indented(JSON.stringify(policy, null, 2))})`,
      '}',
    ].join('\n'),
    cdk: [
      MERGE.replace('#', '//'),
      `// In the sso.CfnPermissionSet of ${name}:`,
      `inlinePolicy: ${JSON.stringify(policy, null, 2)},`,
    ].join('\n'),
  };
}

/** `cloudtrail:StopLogging` → `AllowCloudtrailStopLogging`: a Sid, and a policy name that says what it is. */
function sidOf(action: string): string {
  const words = action.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return `Allow${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function terraformName(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .replace(/^(?=\d)/, '_');
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

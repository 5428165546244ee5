import type { Denial } from '../../../lambda/denial/denial';
import { fixForms } from '../../../lambda/explain/fix-forms';
import type { PolicyDocument, Statement } from '../../../lambda/explain/policy';
import type { Identity } from './identities';

/** The document of a statement's forms, and what is wrong with the forms. */
export function readForms(
  statement: Statement,
  identity: Identity,
  denial: Denial,
): { document: PolicyDocument; violations: string[] } {
  const { json, cli, terraform, cdk } = fixForms(statement, identity.attachTo, denial);
  const document: PolicyDocument = JSON.parse(json);
  const { Sid, ...rest } = document.Statement[0] ?? statement;
  const inCli = /'(\{[^'\n]*\})'/.exec(cli ?? '')?.[1];
  const inTerraform = /jsonencode\((\{.*\})\)\n\}$/s.exec(terraform ?? '')?.[1];
  const inCdk = /(?:fromJson\(|inlinePolicy: )(\{.*\})(?:\),\n\);|,)$/s.exec(cdk ?? '')?.[1];
  const of = identity.attachTo.kind === 'permission-set' ? document : statement;
  return {
    document,
    violations: [
      ...(document.Statement.length === 1 && same(rest, statement) ? [] : ['JSON has another statement']),
      ...(Sid && cdk?.includes('addToPrincipalPolicy') && !cdk.includes(`'${Sid}'`) ? ['CDK has no id'] : []),
      ...(cli === null || same(parsed(inCli), document) ? [] : [`AWS CLI: ${cli}`]),
      ...(terraform === null || same(parsed(inTerraform), document) ? [] : [`Terraform: ${terraform}`]),
      ...(cdk === null || same(parsed(inCdk), of) ? [] : [`CDK: ${cdk}`]),
      ...ofCode(identity, { cli, terraform, cdk }),
    ],
  };
}

/** What could break out of a form, or names what IAM does not let be changed. */
function ofCode({ attachTo }: Identity, forms: Readonly<Record<'cli' | 'terraform' | 'cdk', string | null>>): string[] {
  const { cli, terraform, cdk } = forms;
  const texts = Object.values(forms).filter((text) => text !== null);
  const roleForm = texts.some((text) => /put-role-policy|aws_iam_role_policy|fromRoleName/.test(text));
  const lines = attachTo.kind === 'permission-set' ? 2 : 1;
  const names = Array.from((terraform ?? '').matchAll(/^resource "\w+" "(.*)" \{$|permission_set\.(.*)\.\w+$/gm));
  return [
    ...(texts.length > 0 && attachTo.kind === 'unknown' ? ['code for nobody'] : []),
    ...(roleForm && attachTo.kind !== 'role' ? [`a form for a role, though it is a ${attachTo.kind}`] : []),
    ...(texts.some((text) => /\p{C}/u.test(text.replaceAll('\n', ''))) ? ['control characters'] : []),
    ...(texts.some((text) => /[$%]\{/.test(text)) ? ['an interpolation'] : []),
    ...(cli !== null && cli.split('\n').length !== lines ? [`${cli.split('\n').length} commands`] : []),
    ...(cli !== null && !cli.split('\n').every((line) => line.startsWith('aws ')) ? ['no aws command'] : []),
    ...(cdk !== null && /'[^'\n]*\n/.test(cdk.replaceAll(/'[^'\n]*'/g, '')) ? ['an open quote in CDK'] : []),
    ...names
      .map(([, own, other]) => own ?? other ?? '')
      .filter((name) => !/^[A-Za-z_][\w-]*$/.test(name))
      .map((name) => `Terraform does not take the name ${name}`),
  ];
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function same(left: unknown, right: unknown): boolean {
  return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

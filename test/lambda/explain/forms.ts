import type { Denial } from '../../../lambda/denial/denial';
import { fixForms } from '../../../lambda/explain/fix-forms';
import type { AttachTo } from '../../../lambda/explain/identity';
import type { PolicyDocument, Statement } from '../../../lambda/explain/policy';

/** A name as IAM takes it, and an identifier of Terraform. */
const NAME = '[\\w+=,.@-]+';
const IDENTIFIER = '[A-Za-z_]\\w*';

/** A line for the reader, which shells and Terraform skip. */
const REMARK = '(?:# [\\w ,.:-]+\n)?';

/** What stands before the forms of a permission set. */
const WARNING = /^(?:#|\/\/) Replaces the inline policy of the permission set: [\w ]+\.\n/;

/** Where the policy is in each form, and what alone may stand around it; `JSON` marks the place. */
const SHAPES = {
  cli: {
    policy: /'(\{[^'\n]*\})'/,
    around: new RegExp(`^${REMARK}(?:aws(?: ${NAME}| <[\\w +=,.@-]+>| 'JSON')+\n?)+$`),
  },
  terraform: {
    policy: /jsonencode\((\{.*\})\)\n\}$/s,
    around: new RegExp(
      `^${REMARK}resource "\\w+" "${IDENTIFIER}" \\{\n(?:  \\w+ += (?:"${NAME}"|\\w+\\.${IDENTIFIER}\\.arn|\\w+\\.${IDENTIFIER}\\.instance_arn|jsonencode\\(JSON\\))\n)+\\}$`,
    ),
  },
  cdk: {
    policy: /(?:fromJson\(|inlinePolicy: )(\{.*\})(?:\),\n\);|,)$/s,
    around: new RegExp(
      `^(?:iam\\.\\w+\\.\\w+\\(this, '\\w+', '${NAME}'\\)\\.addToPrincipalPolicy\\(\n  iam\\.PolicyStatement\\.fromJson\\(JSON\\),\n\\);|// [\\w .]+ of ${NAME}:\ninlinePolicy: JSON,)$`,
    ),
  },
} as const;

/** The document of a statement's forms, and what is wrong with the forms. */
export function readForms(
  statement: Statement,
  attachTo: AttachTo,
  denial: Denial,
): { document: PolicyDocument; violations: string[] } {
  const forms = fixForms(statement, attachTo, denial);
  const document: PolicyDocument = JSON.parse(forms.json);
  const { Sid, ...rest } = document.Statement[0] ?? statement;
  const texts = [forms.cli, forms.terraform, forms.cdk].filter((text) => text !== null);
  const ofIam = texts.some((text) => /aws iam |aws_iam_|iam\.\w+\.from/.test(text));
  const inIam = attachTo.kind === 'user' || attachTo.kind === 'role';
  const inCdk = inIam ? statement : document;
  return {
    document,
    violations: [
      ...(Sid !== undefined && document.Statement.length === 1 && same(rest, statement) ? [] : ['another statement']),
      ...ofShape('cli', forms.cli, document),
      ...ofShape('terraform', forms.terraform, document),
      ...ofShape('cdk', forms.cdk, inCdk),
      ...(texts.length > 0 && attachTo.kind === 'unknown' ? ['code for nobody'] : []),
      ...(ofIam && !inIam ? [`a form for IAM, though it is a ${attachTo.kind}`] : []),
    ],
  };
}

function ofShape(form: keyof typeof SHAPES, text: string | null, expected: object): string[] {
  if (text === null) {
    return [];
  }
  const { policy, around } = SHAPES[form];
  const code = text.replace(WARNING, '');
  const found = policy.exec(code)?.[1] ?? '';
  return around.test(code.replace(found, 'JSON')) && same(parsed(found), expected)
    ? []
    : [`${form}: ${text.slice(0, 200)}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function same(left: unknown, right: unknown): boolean {
  return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

import type { Denial } from '../denial/denial';
import { deliveryOf } from '../explain/delivery';
import type { Explanation } from '../explain/explain';
import type { Fix } from '../explain/fix';
import { fixForms } from '../explain/fix-forms';
import { FULL_ACCESS } from '../explain/managed-policy';
import type { StepFacts, Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { whoOf } from './describe-denial';
import type { Line } from './layout';

/** Who can change what refused the call. */
export function ownerText({ owner }: Explanation, { attachTo }: Fix, texts: Texts): string {
  return texts.owners[owner](shown(attachTo.name));
}

/** The one next step, in words. */
export function stepText({ step, effect }: Explanation, fix: Fix, denial: Denial, texts: Texts): string {
  const facts: StepFacts = {
    who: whoOf(denial, texts),
    principal: shown(denial.caller.principal),
    action: shown(denial.action ?? denial.operation),
    resource: denial.resource === null ? texts.theResource : shown(denial.resource),
    account: shown(denial.account),
    name: shown(fix.attachTo.name),
    effect,
    isService: denial.caller.type === 'AWSService',
    delivery: deliveryOf(denial),
  };
  return texts.steps[step](facts);
}

/**
 * The lines of a fix: the commands to run, the statement with the policy that covers it, the whole policies.
 * @param everyForm also as AWS CLI, Terraform and CDK; a mail has room for one
 */
export function fixLines(fix: Fix, denial: Denial, texts: Texts, everyForm: boolean): Line[] {
  const { labels } = texts;
  const { allowStatement, commands, policies } = fix;
  const run = commands.length === 0 ? [] : [{ label: labels.run, text: commands.join('\n') }];
  const statement = allowStatement === null ? [] : statementLines(fix, denial, texts, everyForm);
  const room = everyForm ? policies.length : 2;
  const whole = policies.slice(0, room).map(({ purpose, document }) => ({
    label: labels.policy,
    text: `${texts.purposes[purpose]}\n${JSON.stringify(document, null, 2)}`,
  }));
  const left = policies.length - whole.length;
  const others = left === 0 ? [] : [{ label: labels.policy, text: texts.fix.otherWays(left) }];
  return [...run, ...statement, ...whole, ...others];
}

function statementLines(fix: Fix, denial: Denial, texts: Texts, everyForm: boolean): Line[] {
  const { allowStatement, attachTo, certain, managedPolicy } = fix;
  if (allowStatement === null) {
    return [];
  }
  const target =
    attachTo.kind === 'permission-set' ? texts.who.permissionSet(shown(attachTo.name), null) : whoOf(denial, texts);
  const wider =
    managedPolicy === null
      ? []
      : [
          managedPolicy === FULL_ACCESS
            ? texts.fix.managedPolicyWithFullAccess(managedPolicy)
            : texts.fix.managedPolicy(managedPolicy),
        ];
  const { cli, terraform, cdk } = fixForms(allowStatement, attachTo, denial);
  const forms = everyForm ? { 'AWS CLI': cli, Terraform: terraform, CDK: cdk } : {};
  const warning = attachTo.kind === 'permission-set' && everyForm ? [texts.fix.replaces] : [];
  const json = JSON.stringify(allowStatement, null, 2);
  return [
    { label: texts.labels.fix, text: [texts.fix.attach(target, certain), json, ...wider, ...warning].join('\n') },
    ...Object.entries(forms).flatMap(([label, text]) => (text === null ? [] : [{ label, text, verbatim: true }])),
  ];
}

import type { Finding } from './classify';
import { explain } from './explain/explain';
import { fixForms } from './explain/fix-forms';
import { whatHappened, why } from './notice/describe-denial';
import { ownerText, stepText } from './notice/describe-fix';
import type { Texts } from './texts/texts';

type Explained = ReturnType<typeof explain>;

/** What `fix` is when there is no denial. */
const NO_FIX = {
  allowStatement: null,
  certain: false,
  managedPolicy: null,
  attachTo: { kind: 'unknown', name: null },
  forms: null,
  policies: [],
  commands: [],
} as const;

/**
 * A finding as others read it: the contract of `trailmend explain --json`, which notices share. Names and shape are
 * stable; absent values are null.
 * @param explained what `explain` said of it, where that is known already
 */
export function findingJson(finding: Finding, texts: Texts, explained?: Explained) {
  const { case: id, severity, plan, incidentKey, docs } = finding;
  return {
    case: id,
    severity,
    ...denialJson(finding, texts, explained),
    plan: { ...plan, ...('roles' in plan ? { roles: plan.roles.map(({ name }) => name) } : {}) },
    incidentKey,
    docs: texts.guide + docs,
  };
}

function denialJson({ case: id, denial }: Finding, texts: Texts, explained?: Explained) {
  if (denial === null) {
    return { denial: null, explanation: null, fix: NO_FIX };
  }
  const { account, region, service, operation, action, resource, errorCode, eventId } = denial;
  const { principal, type: principalType } = denial.caller;
  const { explanation, fix } = explained ?? explain(id, denial);
  const { layer, effect, policyArn, evidence } = explanation;
  return {
    denial: { principal, principalType, account, region, service, operation, action, resource, errorCode, eventId },
    explanation: {
      layer,
      effect,
      policyArn,
      evidence,
      owner: ownerText(explanation, fix, texts),
      nextStep: stepText(explanation, fix, denial, texts),
      summary: texts.summary(whatHappened(denial, texts), why(id, denial, explanation, texts)),
    },
    fix: { ...fix, forms: fix.allowStatement && fixForms(fix.allowStatement, fix.attachTo, denial) },
  };
}

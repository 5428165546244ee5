import type { PolicyPurpose } from '../../../lambda/explain/case-policies';
import type { explain } from '../../../lambda/explain/explain';
import type { Statement } from '../../../lambda/explain/policy';
import type { Identity } from './identities';
import type { PolicyKind } from './policy-grammar';

/** Layers that no Allow given to the caller can lift. */
const ABOVE = /^(?:permissions-boundary|session-policy|service-control|resource-control|vpc-endpoint|role-trust)/;

/** What each whole policy is put on. */
export const KINDS: Readonly<Record<PolicyPurpose, PolicyKind>> = {
  'config-reads': 'identity',
  'logs-role-administration': 'identity',
  'logs-role-permissions': 'identity',
  'logs-role-trust': 'trust',
  'bucket-policy': 'resource',
  'topic-policy': 'resource',
  'key-policy': 'key',
  'sharing-bucket-policy': 'resource',
  'sharing-role-permissions': 'identity',
  'sharing-role-trust': 'trust',
  'sharing-role-trust-third-party': 'trust',
};

/** Whole policies for the caller itself; the others are for resources and roles. */
const FOR_CALLER: readonly PolicyPurpose[] = ['config-reads', 'logs-role-administration'];

/** What an explanation offers that Trailmend promises never to offer, in words. */
export function brokenPromises({ explanation, fix }: ReturnType<typeof explain>, identity: Identity): string[] {
  const { allowStatement, policies, attachTo } = fix;
  const { layer, effect, evidence } = explanation;
  const given = [
    ...(allowStatement ? ['a statement'] : []),
    ...policies.filter(({ purpose }) => FOR_CALLER.includes(purpose)).map(({ purpose }) => purpose),
  ];
  const offered = new Set([
    ...given,
    ...policies.map(({ purpose }) => purpose.replace(/^(sharing)-.*/, '$1 policies')),
  ]);
  const refused = effect === 'explicit-deny' || (evidence === 'stated' && ABOVE.test(layer));
  const { kind, name } = attachTo;
  const sameTarget = kind === identity.attachTo.kind && name === identity.attachTo.name;
  const passes = allowStatement?.Action === 'iam:PassRole';
  const passedTo = allowStatement?.Condition?.StringEquals?.['iam:PassedToService'];
  return [
    ...(refused ? [...offered].map((offer) => `${offer}, though no Allow can lift this`) : []),
    ...(identity.canBeGiven ? [] : given.map((offer) => `${offer} for a caller who cannot be given permissions`)),
    ...(sameTarget ? [] : [`attached to ${kind} ${name}, not to ${identity.attachTo.kind} ${identity.attachTo.name}`]),
    ...(passes && passedTo !== 'cloudtrail.amazonaws.com' ? [`PassRole to ${passedTo}`] : []),
    ...(JSON.stringify(fix).includes('AWSCloudTrailReadOnlyAccess') ? ['the retired policy name'] : []),
    ...policies.flatMap(({ purpose, document }) => document.Statement.flatMap((one) => looseEnds(purpose, one))),
  ];
}

/** What a whole policy leaves open though its purpose says otherwise. */
function looseEnds(purpose: PolicyPurpose, { Action, Resource, Condition = {} }: Statement): string[] {
  const values: Record<string, string> = Object.assign({}, ...Object.values(Condition));
  const trail = values['aws:SourceArn'];
  const context = values['kms:EncryptionContext:aws:cloudtrail:arn'];
  const owner = (arn: string | undefined) => arn?.split(':')[4];
  const bound = ['bucket-policy', 'topic-policy', 'key-policy'].includes(purpose);
  const roles = [Resource ?? []].flat().filter((arn) => arn.includes(':role/') && arn.includes('*'));
  const wide = roles.filter((arn) => !arn.endsWith(':role/service-role/CloudTrail*'));
  return [
    ...(bound && !trail?.includes(':trail/') ? [`${purpose} not bound to a trail`] : []),
    ...(context !== undefined && owner(context) !== owner(trail)
      ? [`${purpose} for trails of ${owner(context)} and of ${owner(trail)} at once: it never matches`]
      : []),
    ...wide.map((arn) => `${purpose} allows ${Action} on ${arn}`),
  ];
}

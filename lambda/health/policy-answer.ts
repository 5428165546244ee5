import { asObject, type JsonObject } from '../denial/json';
import { conditionsMatch } from './policy-conditions';
import { likes, type Match, unclear } from './policy-match';

/** Who asks: a role by its ARN, an AWS service, or any account of an organization. */
export type Asker =
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'anybody' };

/** One call, as a resource's policy judges it. */
export type PolicyRequest = {
  readonly asker: Asker;
  readonly action: string;
  readonly resource: string;
  /** What is known of the call, by condition key in small letters; of all other keys nothing is known. */
  readonly context: Readonly<Record<string, string>>;
};

/** What a policy answers. */
export type PolicyAnswer =
  | { readonly kind: 'allowed' }
  /** By the statement of this Sid. */
  | { readonly kind: 'denied'; readonly sid: string | null }
  | { readonly kind: 'not-allowed' }
  /** Something in it is not understood here; `why` names it as the policy does. */
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * What the policy of a resource says to a call of its own account, as far as the few forms go that Trailmend's own policies
 * have. Whatever else could decide makes the answer unclear: never allowed by guessing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function policyAnswer(policy: string, request: PolicyRequest): PolicyAnswer {
  const statements = statementsOf(policy);
  if (statements === null) {
    return { kind: 'unclear', why: 'JSON' };
  }
  const judged = statements.map((statement) => ({ statement, match: statementMatches(statement, request) }));
  const denies = judged.filter(({ statement }) => statement.Effect === 'Deny');
  const allows = judged.filter(({ statement }) => statement.Effect !== 'Deny');
  const denying = denies.find(({ match }) => match === true);
  if (denying) {
    const { Sid } = denying.statement;
    return { kind: 'denied', sid: typeof Sid === 'string' ? Sid : null };
  }
  if (denies.every(({ match }) => match === false) && allows.some(({ match }) => match === true)) {
    return { kind: 'allowed' };
  }
  const doubt = [...denies, ...allows].map(({ match }) => match).find((match) => typeof match === 'object');
  return doubt ? { kind: 'unclear', why: doubt.why } : { kind: 'not-allowed' };
}

function statementsOf(policy: string): JsonObject[] | null {
  try {
    const statements = [asObject(JSON.parse(policy))?.Statement].flat().map(asObject);
    return statements.includes(null) ? null : (statements as JsonObject[]);
  } catch {
    return null;
  }
}

function statementMatches(statement: JsonObject, request: PolicyRequest): Match {
  const negated = ['NotPrincipal', 'NotAction', 'NotResource'].find((name) => name in statement);
  if (negated !== undefined) {
    return unclear(negated);
  }
  const matches = [
    anyOf(statement.Action, (pattern) => likes(pattern.toLowerCase(), request.action.toLowerCase())),
    anyOf(statement.Resource, (pattern) => likes(pattern, request.resource)),
    principalMatches(statement.Principal, request.asker, statement.Effect === 'Deny'),
    conditionsMatch(statement.Condition, request.context),
  ];
  return matches.includes(false) ? false : (matches.find((match) => typeof match === 'object') ?? true);
}

function principalMatches(principal: unknown, asker: Asker, isDeny: boolean): Match {
  const { AWS = [], Service = [] } = principal === '*' ? { AWS: '*' } : (asObject(principal) ?? {});
  const identities = [AWS].flat();
  if (identities.includes('*')) {
    return true;
  }
  switch (asker.kind) {
    case 'service':
      return [Service].flat().includes(asker.name);
    case 'anybody':
      // One who is denied is one of those who should be let in.
      return isDeny && identities.length > 0 ? unclear('Principal') : false;
    case 'role':
      return roleMatches(identities, asker.arn, isDeny);
  }
}

/** A policy that names the account leaves an Allow to the account's own policies, but denies everybody in it. */
function roleMatches(identities: readonly unknown[], role: string, isDeny: boolean): Match {
  const account = role.split(':')[4] ?? '';
  if (identities.includes(role)) {
    return true;
  }
  const isLeft = identities.some((identity) => identity === account || String(identity).endsWith(`::${account}:root`));
  return isLeft ? isDeny || unclear(`Principal ${account}`) : false;
}

function anyOf(values: unknown, fits: (value: string) => boolean): boolean {
  return [values].flat().some((value) => typeof value === 'string' && fits(value));
}

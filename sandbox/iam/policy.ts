import { iamGlob, matchesGlob } from '../glob';
import { type Conditions, meetsConditions, type RequestContext } from './conditions';
import { type Caller, grantFor, type PrincipalElement } from './principal';

/** One statement of a policy, its lists always arrays. */
export type Statement = {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: { readonly patterns: readonly string[]; readonly inverted: boolean };
  readonly resources: { readonly patterns: readonly string[]; readonly inverted: boolean } | null;
  readonly principal: PrincipalElement | null;
  readonly conditions: Conditions;
  /** The statement as its policy has it. */
  readonly source: Readonly<Record<string, unknown>>;
};

/** A policy as AWS shows it, in JSON. */
export function policyText(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(({ source }) => source) });
}

/** Who asks to do what with what, and the condition keys that hold meanwhile. */
export type AccessRequest = {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
};

/**
 * What a policy says to a request. `delegated`: it allows the caller's whole account, so that the account's own
 * identity policies decide.
 */
export type Effect = 'denied' | 'allowed' | 'delegated' | 'silent';

/** What `statements` say to `request`. A deny outweighs every allow. */
export function evaluate(statements: readonly Statement[], request: AccessRequest): Effect {
  let effect: Effect = 'silent';
  for (const statement of statements) {
    const grant = statement.principal ? grantFor(statement.principal, request.caller) : 'direct';
    if (grant === 'none' || !applies(statement, request)) continue;
    if (statement.effect === 'Deny') return 'denied';
    if (grant === 'direct') effect = 'allowed';
    else if (effect === 'silent') effect = 'delegated';
  }
  return effect;
}

function applies({ actions, resources, conditions }: Statement, request: AccessRequest): boolean {
  const action = request.action.toLowerCase();
  const named = actions.patterns.some((pattern) => matchesGlob(iamGlob(pattern.toLowerCase()), action));
  if (named === actions.inverted) return false;
  if (resources) {
    const covered = resources.patterns.some((pattern) => matchesGlob(iamGlob(pattern), request.resource));
    if (covered === resources.inverted) return false;
  }
  return meetsConditions(conditions, request.context);
}

import type { Statement } from './policy';

/** A role or user that calls AWS, with the policies attached to it. */
export type IdentityCaller = {
  readonly kind: 'identity';
  /** ARN of the role or user; policies name it. */
  readonly arn: string;
  /** ARN as AWS's messages show the caller: that of the session when it is a role. */
  readonly shownAs: string;
  readonly account: string;
  /** Id of the organization that the account is in. */
  readonly organization: string | null;
  readonly statements: readonly Statement[];
};

/** Whoever calls AWS: a role or user, or an AWS service that acts by itself. */
export type Caller = IdentityCaller | { readonly kind: 'service'; readonly service: string };

/** The `Principal` of a statement: everybody, or lists of AWS principals and services. */
export type PrincipalElement = '*' | { readonly aws: readonly string[]; readonly services: readonly string[] };

/** Whether a statement speaks of the caller itself, of its whole account, or of somebody else. */
export function grantFor(principal: PrincipalElement, caller: Caller): 'direct' | 'account' | 'none' {
  if (principal === '*' || principal.aws.includes('*')) return 'direct';
  if (caller.kind === 'service') return principal.services.includes(caller.service) ? 'direct' : 'none';
  if (principal.aws.includes(caller.arn) || principal.aws.includes(caller.shownAs)) return 'direct';
  return principal.aws.some((value) => accountOf(value) === caller.account) ? 'account' : 'none';
}

/** The account that `111122223333` or `arn:aws:iam::111122223333:root` stands for; null for any other principal. */
function accountOf(principal: string): string | null {
  const match = /^(?:arn:[a-z-]+:iam::(\d{12}):root|(\d{12}))$/.exec(principal);
  return match?.[1] ?? match?.[2] ?? null;
}

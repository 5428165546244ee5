/** IAM's policy grammar, as far as fixes use it. Single values are texts, several are arrays. */

/** A condition block: operator → key → value. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an identity-based policy. */
export type Statement = {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  /** Of resource-based and trust policies only. */
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Condition;
};

/** A whole policy document. */
export type PolicyDocument = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] };

/** A document of these statements. */
export function document(...statements: Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

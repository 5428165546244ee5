/**
 * The one place where text from outside becomes part of SQL. Names of databases and tables, accounts, Regions and locations
 * are only taken in forms that need no quoting; everything is quoted all the same.
 */

/** Forms of what may stand in a statement. */
export const FORMS = {
  /** @see https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
  name: /^[A-Za-z0-9_]{1,255}$/,
  account: /^\d{12}$/,
  region: /^[a-z]{2,8}(?:-[a-z]+){1,3}-\d{1,2}$/,
  /** `AWSLogs/` of one account's trail, or `AWSLogs/o-…/` of an organization's, behind any prefix. */
  archive: /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[\w!.*()=+@:,/-]+\/)?AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?$/,
} as const;

/** The same text. Throws when it is not of the form, which callers have made sure of. */
export function formed(form: keyof typeof FORMS, text: string): string {
  if (!FORMS[form].test(text)) {
    throw new Error(`${JSON.stringify(text)} is no ${form} and must not become part of SQL.`);
  }
  return text;
}

/** A text literal of a query. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name in a query. */
export function quoted(name: string): string {
  return `"${formed('name', name)}"`;
}

/** A name in a definition, which Athena hands to Hive. */
export function hiveQuoted(name: string): string {
  return `\`${formed('name', name)}\``;
}

/**
 * A condition that a text begins, ends or continues in this way. Codes and words of ours hold none of the characters that mean
 * something to LIKE, so nothing is escaped, which engines write differently.
 */
export function like(text: string, ...pieces: readonly string[]): string {
  const special = pieces.find((piece) => /[%_\\]/.test(piece));
  if (special !== undefined) {
    throw new Error(`${JSON.stringify(special)} would not mean itself in LIKE.`);
  }
  return `${text} LIKE ${literal(pieces.join('%'))}`;
}

/**
 * Text as a record may keep it: without credentials, and not endless. A record copies names that callers chose, AWS's error
 * messages and our own stacks. AWS quotes what it was sent when a signature is wrong, the session token included.
 */

/** Longest text that is kept whole, in characters: the longest ARN of AWS. */
const LONGEST = 2_048;

/** An access key id, of which the kind stays: it is no secret, but it leads to one. */
const KEY_ID = /\b(AKIA|ASIA)[A-Z0-9]{12,}/g;

/** A name that stands before a secret, and the secret. */
const NAMED_SECRET = /((?:security|session)-?token|secret-?(?:access-?)?key)(["']?\s*[:=]\s*["']?)[^\s"'&,;}]+/gi;

/** `text` without what looks like a credential, cut when it is too long. */
export function recordable<Text extends string | null>(text: Text): Text {
  if (text === null) {
    return text;
  }
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut.replace(KEY_ID, '$1[left out]').replace(NAMED_SECRET, '$1$2[left out]') as Text;
}

const ANY_RUN = Symbol('any run of characters');
const ANY_ONE = Symbol('any one character');

/** A pattern taken apart: literal characters and wildcards. */
export type Glob = readonly (string | symbol)[];

/** Reads a pattern of IAM, where `*` stands for any run of characters and `?` for exactly one; nothing can be escaped. */
export function iamGlob(pattern: string): Glob {
  return pattern.split('').map((char) => (char === '*' ? ANY_RUN : char === '?' ? ANY_ONE : char));
}

/** Reads a `wildcard` of EventBridge, where only `*` is special and a backslash escapes `*` and itself. */
export function eventBridgeGlob(pattern: string): Glob {
  const glob: (string | symbol)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    const escaped = char === '\\' && (next === '*' || next === '\\');
    if (char === '*' && glob.at(-1) === ANY_RUN) {
      throw new Error(`wildcard "${pattern}" has consecutive "*", which EventBridge refuses: write one`);
    }
    glob.push(escaped ? next : char === '*' ? ANY_RUN : char);
    if (escaped) at++;
  }
  return glob;
}

/** Whether the whole `text` matches. Goes back to the last `*` only, so that no pattern can make it slow. */
export function matchesGlob(glob: Glob, text: string): boolean {
  let at = 0;
  let part = 0;
  let lastRun = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (glob[part] === ANY_RUN) {
      lastRun = part++;
      resumeAt = at;
    } else if (glob[part] === ANY_ONE || glob[part] === text[at]) {
      part++;
      at++;
    } else if (lastRun >= 0) {
      part = lastRun + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (glob[part] === ANY_RUN) part++;
  return part === glob.length;
}

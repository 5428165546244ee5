/** Whether a part of a statement fits a call; an object when that cannot be said, with what is not understood. */
export type Match = boolean | { readonly why: string };

/** Not understood. */
export function unclear(why: string): Match {
  return { why };
}

/** Whether `text` is what `pattern` says, in which `*` stands for any text and `?` for one character. */
export function likes(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let mark = 0;
  let index = 0;
  while (index < text.length) {
    if (pattern[at] === '*') {
      star = at;
      mark = index;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      index = mark;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

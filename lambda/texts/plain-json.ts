/**
 * A value as JSON on one line. Characters that a terminal acts on, or that are not seen, are written as `\uXXXX`: JSON itself
 * escapes only some of them, and the texts in it come from outside.
 */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * A value as one line of JSON. Characters that a terminal acts on, or that are not seen, are written as `\uXXXX`: JSON itself
 * escapes only some of them, and the texts in it come from outside.
 */
export function jsonLine(value: object): string {
  const json = JSON.stringify(value);
  return `${json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

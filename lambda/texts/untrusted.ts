/**
 * Text from outside (names, messages, user agents) as it may be shown to people: on one line, without control,
 * direction or invisible characters, without links that a mail client would make clickable, and not endless.
 */

/** Longest untrusted text that is shown whole, in characters. ARNs end well before. */
const LONGEST = 600;

/** C0 and C1 controls, line and paragraph separators, zero-width and direction characters, byte-order mark. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** `text` on one line, without what a terminal acts on or nobody sees; links and length stay. */
export function onOneLine(text: string): string {
  return text.replace(UNSEEN, ' ').trim();
}

/** `text`, safe to show anywhere. Always shows something. */
export function shown(text: string | null): string {
  const unlinked = onOneLine(text ?? '')
    .replaceAll('://', '[:]//')
    .replace(/\bwww\./gi, 'www[.]');
  const characters = Array.from(unlinked);
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : unlinked || '-';
}
